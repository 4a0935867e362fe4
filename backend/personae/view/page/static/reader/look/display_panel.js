/** The panel of settings: how the page looks, what it marks, what it loads. A change shows at once. */

import { addTool } from "../shared/toolbar.js";
import { announce, element, required, saveFile } from "../shared/dom.js";
import { toggleByKey } from "../shared/focus.js";
import { showKeys } from "../shared/keyboard_help.js";
import { onKey } from "../shared/keys.js";
import { controlPanel, makePanel } from "../shared/panels.js";
import {
  exported,
  isChosen,
  maxLength,
  numericSetting,
  range,
  setAll,
  setSetting,
  setting,
  valuesOf,
} from "../shared/settings.js";
import { message } from "../shared/messages.js";

const LETTERS = "M1.5 13 5.6 3l4.1 10M2.9 9.8h5.4M14.3 8.2V13m0-2.4a2 2 0 1 1-4 0 2 2 0 0 1 4 0";
/**
 * For each order in which vertical lines follow each other, as the server writes it: the setting for such scripts.
 * @type {Readonly<Record<string, string>>}
 */
const LINES = { rl: "lines", lr: "mongolianLines" };
/** @type {(() => void)[]} what brings each control up to date, after a change from elsewhere */
const refreshers = [];

/**
 * One of several: a row of radio buttons.
 * @param {string} name
 * @param {string} legend
 * @param {Record<string, string>} labels  value -> its name
 */
function choices(name, legend, labels) {
  const row = element("fieldset", { class: `choices ${name}` }, element("legend", {}, legend));
  for (const [value, label] of Object.entries(labels)) {
    const input = element("input", { type: "radio", name, value, onchange: () => setSetting(name, value) });
    refreshers.push(() => (input.checked = setting(name) === value));
    row.append(element("label", { "data-value": value }, input, element("span", {}, label)));
  }
  return row;
}

/**
 * A number, in steps. Without a choice it shows what the page has.
 * @param {string} name
 * @param {string} label
 * @param {number} step
 * @param {number} usual  where it stands when nobody chose
 */
function slider(name, label, step, usual) {
  const [min, max] = range(name);
  const input = element("input", { type: "range", min, max, step });
  input.addEventListener("input", () => setSetting(name, input.valueAsNumber === usual ? null : input.valueAsNumber));
  refreshers.push(() => (input.valueAsNumber = isChosen(name) ? numericSetting(name) : usual));
  return element("label", { class: "slider" }, element("span", {}, label), input);
}

/**
 * Yes or no.
 * @param {string} name
 * @param {string} label
 * @param {string} on  the value when it is ticked
 * @param {string} off
 */
function toggle(name, label, on, off) {
  const input = element("input", { type: "checkbox" });
  input.addEventListener("change", () => setSetting(name, input.checked ? on : off));
  refreshers.push(() => (input.checked = setting(name) === on));
  return element("label", { class: "toggle" }, input, element("span", {}, label));
}

/**
 * Let a control load the page anew: what it sets shapes the page on the server.
 * @template {HTMLElement} Control
 * @param {Control} control
 */
function reloads(control) {
  control.addEventListener("change", () => location.reload());
  return control;
}

/**
 * Return what a language calls itself, as it begins a line.
 * @param {string} code  BCP 47
 */
function ownName(code) {
  const name = new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

function languages() {
  const select = element("select");
  select.addEventListener("change", () => setSetting("language", select.value));
  for (const code of valuesOf("language")) {
    const name = code ? ownName(code) : message("display_language_browser");
    select.append(element("option", { value: code, lang: code || null }, name));
  }
  refreshers.push(() => (select.value = setting("language")));
  return element("label", { class: "field" }, element("span", {}, message("display_language")), reloads(select));
}

function customCSS() {
  const area = element("textarea", { rows: 5, maxlength: maxLength("css"), spellcheck: "false", autocapitalize: "off" });
  area.setAttribute("aria-label", message("display_css"));
  area.addEventListener("change", () => setSetting("css", area.value.trim() ? area.value : null));
  refreshers.push(() => (area.value = setting("css")));
  return element(
    "details",
    { class: "css" },
    element("summary", {}, message("display_css")),
    element("p", {}, message("display_css_hint")),
    area,
  );
}

/** What is about keys: filled when it unfolds, and anew after a change from elsewhere. */
function shortcuts() {
  const part = element("div");
  const fold = element("details", { class: "shortcuts" }, element("summary", {}, message("keys_title")), part);
  const fill = async () => {
    if (fold.open) (await import("../shared/key_settings.js")).putKeySettings(part);
  };
  fold.addEventListener("toggle", fill);
  refreshers.push(fill);
  return fold;
}

/** @param {File} file */
async function load(file) {
  let settings = null;
  try {
    settings = JSON.parse(await file.text());
  } catch {
    // Announced below.
  }
  if (settings?.personae !== "settings") {
    announce(message("display_import_failed"));
    return;
  }
  replaceAll(settings);
  announce(message("display_imported"));
}

function files() {
  const picker = element("input", { type: "file", accept: "application/json,.json", hidden: true });
  picker.addEventListener("change", () => {
    if (picker.files?.length) load(picker.files[0]);
    picker.value = "";
  });
  /**
   * @param {string} label
   * @param {() => void} act
   */
  const plain = (label, act) => element("button", { type: "button", onclick: act }, label);
  return element(
    "p",
    { class: "row" },
    plain(message("keys_title"), showKeys),
    plain(message("display_export"), () => saveFile(exported(), "application/json", "personae-settings.json")),
    plain(message("display_import"), () => picker.click()),
    plain(message("display_reset"), () => replaceAll({})),
    picker,
  );
}

/**
 * How the lines run, where the article's script has both ways; else nothing.
 * @returns {HTMLElement[]}
 */
function lines() {
  const name = LINES[document.documentElement.dataset.vertical ?? ""];
  const labels = { horizontal: message("lines_horizontal"), vertical: message("lines_vertical") };
  return name ? [choices(name, message("display_lines"), labels)] : [];
}

/**
 * What can be refined in the article's script. East Asian ones hyphenate nothing and have one kind of figures, and
 * Chinese and Japanese lines always end evenly.
 * @returns {HTMLElement[]}
 */
function detailsOfSetting() {
  const isEastAsian = document.documentElement.dataset.vertical === "rl";
  const isAlwaysEven = isEastAsian && !/^ko\b/.test(required(".story").lang);
  if (isAlwaysEven) return [];
  const toggles = [toggle("align", message("display_justify"), "justify", "start")];
  if (!isEastAsian) {
    toggles.push(toggle("hyphens", message("display_hyphens"), "on", "off"));
    toggles.push(toggle("figures", message("display_figures"), "old", "lining"));
  }
  return [element("div", { class: "toggles" }, ...toggles)];
}

/** @param {number} step  of the text's size; at its least and most nothing happens */
function resize(step) {
  const [least, most] = range("scale");
  const wanted = Math.round((numericSetting("scale") + step) * 100) / 100;
  setSetting("scale", Math.min(Math.max(wanted, least), most));
}

/**
 * What a property of the page is when nobody chose.
 * @param {string} name
 */
function usual(name) {
  const { style } = document.documentElement;
  const chosen = style.getPropertyValue(name);
  style.removeProperty(name);
  const value = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name));
  if (chosen) style.setProperty(name, chosen);
  return value;
}

/**
 * Replace all settings; what the server must know takes a new page to show.
 * @param {unknown} settings
 */
function replaceAll(settings) {
  const forServer = () => [setting("language"), setting("pictures")].join();
  const before = forServer();
  setAll(settings);
  if (forServer() === before) refresh();
  else location.reload();
}

function refresh() {
  for (const one of refreshers) one();
}

export function start() {
  const panel = makePanel(
    message("display_title"),
    choices("theme", message("display_theme"), {
      auto: message("theme_auto"),
      light: message("theme_light"),
      sepia: message("theme_sepia"),
      dark: message("theme_dark"),
      black: message("theme_black"),
    }),
    choices("font", message("display_font"), {
      literata: "Literata",
      system: message("font_system"),
      sans: message("font_sans"),
      dyslexic: message("font_dyslexic"),
    }),
    ...lines(),
    element(
      "div",
      { class: "sliders" },
      slider("scale", message("display_size"), 0.05, 1),
      slider("leading", message("display_leading"), 0.02, usual("--leading")),
      slider("width", message("display_width"), 0.05, 1),
      slider("tracking", message("display_tracking"), 0.01, 0),
    ),
    ...detailsOfSetting(),
    choices("marks", message("display_marks"), {
      calm: message("marks_calm"),
      full: message("marks_full"),
      off: message("marks_off"),
    }),
    element(
      "div",
      { class: "toggles" },
      toggle("markPerson", message("mark_people"), "on", "off"),
      toggle("markOrganization", message("mark_organizations"), "on", "off"),
      toggle("markCountry", message("mark_countries"), "on", "off"),
    ),
    choices("focusLine", message("display_focus"), {
      off: message("focus_off"),
      line: message("focus_line"),
      paragraph: message("focus_paragraph"),
    }),
    reloads(
      choices("pictures", message("display_pictures"), {
        show: message("pictures_show"),
        ask: message("pictures_ask"),
        off: message("pictures_off"),
      }),
    ),
    languages(),
    shortcuts(),
    customCSS(),
    files(),
  );
  panel.classList.add("display");
  panel.addEventListener("beforetoggle", refresh);
  const button = addTool(30, message("display_title"), LETTERS, () => {});
  controlPanel(button, panel);
  const group = message("keys_page");
  onKey({ key: "s", group, description: message("display_title"), act: () => toggleByKey(panel) });
  onKey({ key: "+", group, description: message("key_larger"), act: () => resize(0.05) });
  onKey({ key: "-", group, description: message("key_smaller"), act: () => resize(-0.05) });
}
