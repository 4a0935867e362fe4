/**
 * The keys of the page: each feature brings its keys with the words that explain them, and `?` shows them all
 * (see keyboard_help.js). A key counts only without modifiers, and never while somebody types or a dialog is open.
 *
 * A key that types a character can be changed, and all of them can be switched off (WCAG 2.1.4): whoever dictates
 * would press a dozen with each word. The digits go with the others, and cannot be changed.
 *
 * @typedef {object} Key
 * @property {string} key  as `KeyboardEvent.key` names it, unless the reader chose another
 * @property {string} description  what it does, for the help; "" when another key's description covers it
 * @property {(event: KeyboardEvent) => void} act
 * @property {string} [group]  the heading under which the help lists it
 */

import { onSetting, setSetting, setting } from "./settings.js";

/** @type {Key[]} */
const keys = [];
/** @type {Map<string, string>} usual key -> the one that the reader chose instead */
let chosen = read(setting("keys"));

/**
 * @param {string} stored  JSON: usual key -> chosen key
 * @returns {Map<string, string>}
 */
function read(stored) {
  try {
    const pairs = Object.entries(JSON.parse(stored || "{}"));
    return new Map(pairs.filter(([, key]) => typeof key === "string" && isCharacter(key)));
  } catch {
    return new Map(); // a file that nobody of ours wrote
  }
}

onSetting("keys", (stored) => {
  chosen = read(stored);
});

/**
 * Return whether a key types a character.
 * @param {string} name
 */
function isCharacter(name) {
  return [...name].length === 1 && name.trim() !== "";
}

/** @param {Key} key */
export function onKey(key) {
  keys.push(key);
}

/** @returns {readonly Key[]} for the help, in the order in which features brought them */
export function allKeys() {
  return keys.filter((key) => key.description !== "");
}

/** Return whether the keys that type a character do anything. */
export function areCharactersOn() {
  return setting("shortcuts") === "on";
}

/**
 * Return what to press.
 * @param {Key} key
 */
export function pressed({ key }) {
  return chosen.get(key) ?? key;
}

/** @param {Key} key */
export function isChangeable({ key }) {
  return isCharacter(key) && !/[0-9]/.test(key);
}

/**
 * Return whether a key works as things are.
 * @param {Key} key
 */
export function works(key) {
  return areCharactersOn() || !isCharacter(key.key);
}

/**
 * Choose what to press for something.
 * @param {Key} key
 * @param {string} name  a character
 * @returns {Key | null} what has that key already: then nothing changes
 */
export function changeKey(key, name) {
  const other = keys.find((one) => one !== key && pressed(one) === name);
  if (other) return other;
  const changed = new Map(chosen);
  if (name === key.key) changed.delete(key.key);
  else changed.set(key.key, name);
  setSetting("keys", changed.size > 0 ? JSON.stringify(Object.fromEntries(changed)) : null);
  return null;
}

/** Take back all that was chosen. */
export function takeUsualKeys() {
  setSetting("keys", null);
}

/** Return whether any key was changed. */
export function areKeysChanged() {
  return chosen.size > 0;
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
  // On many keyboards brackets and other signs are typed with AltGr, which may come as Ctrl and Alt, or with Option.
  const isTyped = event.key === "[" || event.key === "]" || event.getModifierState("AltGraph");
  return isTyped || !(event.ctrlKey || event.altKey);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !isWithoutModifiers(event)) return;
  if (isTypedInto(event.target) || document.querySelector("dialog[open]")) return;
  /** @param {string} name */
  const named = (name) => keys.find((key) => pressed(key) === name && works(key));
  (named(event.key) ?? named(byPlace(event)))?.act(event);
});
