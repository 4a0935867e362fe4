/**
 * The keys of the page: each feature brings its keys with the words that explain them, and `?` shows them all
 * (see keyboard_help.js). A key counts only without modifiers, and never while somebody types or a dialog is open.
 *
 * @typedef {object} Key
 * @property {string} key  as `KeyboardEvent.key` names it
 * @property {string} description  what it does, for the help; "" when another key's description covers it
 * @property {(event: KeyboardEvent) => void} act
 * @property {string} [group]  the heading under which the help lists it
 */

/** @type {Key[]} */
const keys = [];

/** @param {Key} key */
export function onKey(key) {
  keys.push(key);
}

/** @returns {readonly Key[]} for the help, in the order in which features brought them */
export function allKeys() {
  return keys.filter((key) => key.description !== "");
}

/** @param {EventTarget | null} target */
function isTypedInto(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/**
 * Signs by the key's place on a keyboard with Latin letters: without Shift, with Shift.
 * @type {Readonly<Record<string, string>>}
 */
const SIGNS = { Slash: "/?", Period: ".>", Comma: ",<", BracketLeft: "[{", BracketRight: "]}", Minus: "-_", Equal: "=+" };

/** A letter, digit or sign of another script: Arabic's question mark too, which counts as common to several. */
const FOREIGN = /^[^\p{Script_Extensions=Latin}\p{Script_Extensions=Common}]$/u;

/**
 * Return what a key would be on a keyboard with Latin letters, when what it is means nothing here: it is of another
 * script, or a digit that takes Shift.
 * @param {KeyboardEvent} event
 * @returns {string} "" when that is not known
 */
function byPlace({ key, code, shiftKey }) {
  const digit = /^Digit([0-9])$/.exec(code);
  if (digit && !shiftKey) return digit[1];
  if (!FOREIGN.test(key)) return "";
  const letter = /^Key([A-Z])$/.exec(code);
  if (letter) return shiftKey ? letter[1] : letter[1].toLowerCase();
  return SIGNS[code]?.[shiftKey ? 1 : 0] ?? "";
}

/** @param {KeyboardEvent} event */
function isWithoutModifiers(event) {
  if (event.metaKey || event.isComposing) return false;
  // On many keyboards brackets are typed with AltGr, which may come as Ctrl and Alt, or with Option.
  const isTyped = event.key === "[" || event.key === "]";
  return isTyped || !(event.ctrlKey || event.altKey);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !isWithoutModifiers(event)) return;
  if (isTypedInto(event.target) || document.querySelector("dialog[open]")) return;
  /** @param {string} name */
  const named = (name) => keys.find(({ key }) => key === name);
  (named(event.key) ?? named(byPlace(event)))?.act(event);
});
