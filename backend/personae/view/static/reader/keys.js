/**
 * The keyboard map: each feature brings its keys with the words that explain them, and `?` shows them all
 * (see help.js). A key is heard only alone, and never while somebody types or a dialog is open.
 *
 * @typedef {object} Key
 * @property {string} key  as `KeyboardEvent.key` names it
 * @property {string} says  what it does, for the map; "" when another key's words tell it
 * @property {(event: KeyboardEvent) => void} act
 * @property {string} [group]  the heading under which the map lists it
 */

/** @type {Key[]} */
const keys = [];

/** @param {Key} key */
export function onKey(key) {
  keys.push(key);
}

/** @returns {readonly Key[]} for the map, in the order in which features brought them */
export function allKeys() {
  return keys.filter((key) => key.says !== "");
}

/** @param {EventTarget | null} target */
function isTypedInto(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTypedInto(event.target) || document.querySelector("dialog[open]")) return;
  const key = keys.find((one) => one.key === event.key);
  key?.act(event);
});
