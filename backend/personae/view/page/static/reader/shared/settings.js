/**
 * What the reader chose, kept in this browser. apply_settings.js knows the settings and what each does to the page;
 * here they are read, changed and remembered.
 */

const { SETTINGS, stored, valid, apply } = globalThis.personaeSettings;
const KEY = "personae.settings";
/** What the server must know to write the page: see service/interface.py. */
const COOKIE = "personae_view";

/** @type {Record<string, string | number>} */
let chosen = stored;
/** @type {[string, (value: any) => void][]} */
const listeners = [];

/**
 * @param {string} name
 * @returns {any} the reader's choice, or what it is without one
 */
export function setting(name) {
  const { values, value } = SETTINGS[name];
  return chosen[name] ?? (values ? values[0] : (value ?? ""));
}

/** @param {string} name */
export function range(name) {
  return SETTINGS[name].range;
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
 * @param {Record<string, any>} settings
 */
export function setAll(settings) {
  const before = chosen;
  chosen = valid(settings);
  apply(chosen);
  remember();
  for (const [name, listener] of listeners) if (before[name] !== chosen[name]) listener(setting(name));
}

/**
 * Call when a setting changes.
 * @param {string} name
 * @param {(value: any) => void} listener
 */
export function onSetting(name, listener) {
  listeners.push([name, listener]);
}

/** The choices, as a file holds them. */
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
