/**
 * What the reader chose, kept in this browser. apply_settings.js knows the settings and what each does to the page;
 * here they are read, changed and remembered.
 */

const { SETTINGS, stored, valid, apply } = globalThis.personaeSettings;
const KEY = "personae.settings";
/** What the server must know to write the page: see service/http/view_preferences.py. */
const COOKIE = "personae_view";

let chosen = stored;
/** @type {[string, (value: string) => void][]} */
const listeners = [];

/**
 * Return the value of a setting that is a word or a text.
 * @param {string} name
 * @returns {string} the reader's choice, or what it is without one
 */
export function setting(name) {
  return String(chosen[name] ?? SETTINGS[name].values?.[0] ?? "");
}

/**
 * Return the value of a setting that is a number.
 * @param {string} name
 * @returns {number} the reader's choice, or what it is without one; NaN where only the style sheet knows that
 */
export function numericSetting(name) {
  return Number(chosen[name] ?? SETTINGS[name].value ?? Number.NaN);
}

/**
 * Return all values of a setting that is a word, the first without a choice.
 * @param {string} name
 * @returns {readonly string[]}
 */
export function valuesOf(name) {
  return SETTINGS[name].values ?? [];
}

/**
 * Return the least and the greatest value of a setting that is a number.
 * @param {string} name
 * @returns {readonly [number, number]}
 */
export function range(name) {
  return SETTINGS[name].range ?? [0, 0];
}

/**
 * Return how many UTF-16 units a setting that is a text may have.
 * @param {string} name
 */
export function maxLength(name) {
  return SETTINGS[name].text ?? 0;
}

/** @param {string} name */
export function isChosen(name) {
  return name in chosen;
}

/**
 * Choose; null takes the choice back.
 * @param {string} name
 * @param {string | number | null} value
 */
export function setSetting(name, value) {
  setAll({ ...chosen, [name]: value });
}

/**
 * Replace all choices, such as by an imported file; what is not valid is left out.
 * @param {unknown} settings
 */
export function setAll(settings) {
  const before = chosen;
  chosen = valid(settings);
  apply(chosen);
  remember();
  for (const [name, listener] of listeners) if (before[name] !== chosen[name]) listener(setting(name));
}

/**
 * Call a listener when a setting that is a word or a text changes.
 * @param {string} name
 * @param {(value: string) => void} listener
 */
export function onSetting(name, listener) {
  listeners.push([name, listener]);
}

/** Return the choices, as a file holds them. */
export function exported() {
  return JSON.stringify({ personae: "settings", ...chosen }, null, 2);
}

function remember() {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Storage is forbidden or full: the choice holds for this page.
  }
  const cookie = `${chosen.language ?? ""}.${chosen.pictures ?? ""}`;
  const age = cookie === "." ? 0 : 31_536_000;
  document.cookie = `${COOKIE}=${cookie}; path=/; max-age=${age}; samesite=lax`;
}

addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  try {
    setAll(JSON.parse(event.newValue ?? "{}")); // chosen in another tab
  } catch (error) {
    console.info(error);
  }
});
