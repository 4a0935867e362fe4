/** The panel of settings: how the page looks, what it marks, what it loads. A change shows at once. */

import { addTool } from "../shared/toolbar.js";
import { element, saveFile, say } from "../shared/dom.js";
import { toggleByKey } from "../shared/focus.js";
import { showKeys } from "../shared/keyboard_help.js";
import { onKey } from "../shared/keys.js";
import { makePanel, opens } from "../shared/panels.js";
import { exported, isChosen, range, setAll, setSetting, setting } from "../shared/settings.js";
import { words } from "../shared/messages.js";

const LETTERS = "M1.5 13 5.6 3l4.1 10M2.9 9.8h5.4M14.3 8.2V13m0-2.4a2 2 0 1 1-4 0 2 2 0 0 1 4 0";
const MOST_CSS = 20_000;
/** For each order in which vertical lines follow each other, as the server tells it: the setting for such scripts. */
const LINES = { rl: "lines", lr: "mongolianLines" };
/** Refresh what every control shows, after a change from elsewhere. */
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
  refreshers.push(() => (input.valueAsNumber = isChosen(name) ? setting(name) : usual));
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

/** What shapes the page on the server: it takes a new page to show. */
function reloads(control) {
  control.addEventListener("change", () => location.reload());
  return control;
}

function languages() {
  const select = element("select", { onchange: () => setSetting("language", select.value) });
  const names = { en: "English", de: "Deutsch", fr: "Français", es: "Español", ar: "العربية" };
  select.append(element("option", { value: "" }, words("display_language_browser")));
  for (const [code, name] of Object.entries(names)) select.append(element("option", { value: code, lang: code }, name));
  refreshers.push(() => (select.value = setting("language")));
  return element("label", { class: "field" }, element("span", {}, words("display_language")), reloads(select));
}

function customCSS() {
  const area = element("textarea", { rows: 5, maxlength: MOST_CSS, spellcheck: "false", autocapitalize: "off" });
  area.setAttribute("aria-label", words("display_css"));
  area.addEventListener("change", () => setSetting("css", area.value.trim() ? area.value : null));
  refreshers.push(() => (area.value = setting("css")));
  return element(
    "details",
    { class: "css" },
    element("summary", {}, words("display_css")),
    element("p", {}, words("display_css_hint")),
    area,
  );
}

async function load(file) {
  let read = null;
  try {
    read = JSON.parse(await file.text());
  } catch {
    // Said below.
  }
  if (read?.personae !== "settings") {
    say(words("display_import_failed"));
    return;
  }
  replaceAll(read);
  say(words("display_imported"));
}

function files() {
  const picker = element("input", { type: "file", accept: "application/json,.json", hidden: true });
  picker.addEventListener("change", () => {
    if (picker.files?.length) load(picker.files[0]);
    picker.value = "";
  });
  const plain = (label, act) => element("button", { type: "button", onclick: act }, label);
  return element(
    "p",
    { class: "row" },
    plain(words("keys_title"), showKeys),
    plain(words("display_export"), () => saveFile(exported(), "application/json", "personae-settings.json")),
    plain(words("display_import"), () => picker.click()),
    plain(words("display_reset"), () => replaceAll({})),
    picker,
  );
}

/**
 * How the lines run, where the article's script has both ways; else nothing.
 * @returns {HTMLElement[]}
 */
function lines() {
  const name = LINES[document.documentElement.dataset.vertical ?? ""];
  const labels = { horizontal: words("lines_horizontal"), vertical: words("lines_vertical") };
  return name ? [choices(name, words("display_lines"), labels)] : [];
}

/**
 * What can be refined in the article's script. East Asian ones hyphenate nothing and have one kind of figures, and
 * Chinese and Japanese lines always end evenly.
 * @returns {HTMLElement[]}
 */
function detailsOfSetting() {
  const isEastAsian = document.documentElement.dataset.vertical === "rl";
  const isAlwaysEven = isEastAsian && !/^ko\b/.test(document.querySelector(".story").lang);
  if (isAlwaysEven) return [];
  const toggles = [toggle("align", words("display_justify"), "justify", "start")];
  if (!isEastAsian) {
    toggles.push(toggle("hyphens", words("display_hyphens"), "on", "off"));
    toggles.push(toggle("figures", words("display_figures"), "old", "lining"));
  }
  return [element("div", { class: "toggles" }, ...toggles)];
}

/** @param {number} step  of the text's size; at its least and most nothing happens */
function resize(step) {
  const [least, most] = range("scale");
  const wanted = Math.round((setting("scale") + step) * 100) / 100;
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
 * Take other settings for all that there are; what the server must know takes a new page to show.
 * @param {Record<string, any>} settings
 */
function replaceAll(settings) {
  const told = () => [setting("language"), setting("pictures")].join();
  const before = told();
  setAll(settings);
  if (told() === before) refresh();
  else location.reload();
}

function refresh() {
  for (const one of refreshers) one();
}

export function start() {
  const panel = makePanel(
    words("display_title"),
    choices("theme", words("display_theme"), {
      auto: words("theme_auto"),
      light: words("theme_light"),
      sepia: words("theme_sepia"),
      dark: words("theme_dark"),
      black: words("theme_black"),
    }),
    choices("font", words("display_font"), {
      literata: "Literata",
      system: words("font_system"),
      sans: words("font_sans"),
      dyslexic: words("font_dyslexic"),
    }),
    ...lines(),
    element(
      "div",
      { class: "sliders" },
      slider("scale", words("display_size"), 0.05, 1),
      slider("leading", words("display_leading"), 0.02, usual("--leading")),
      slider("width", words("display_width"), 0.05, 1),
      slider("tracking", words("display_tracking"), 0.01, 0),
    ),
    ...detailsOfSetting(),
    choices("marks", words("display_marks"), {
      full: words("marks_full"),
      quiet: words("marks_quiet"),
      off: words("marks_off"),
    }),
    element(
      "div",
      { class: "toggles" },
      toggle("markPerson", words("mark_people"), "on", "off"),
      toggle("markOrganization", words("mark_organizations"), "on", "off"),
      toggle("markCountry", words("mark_countries"), "on", "off"),
    ),
    choices("focusLine", words("display_focus"), {
      off: words("focus_off"),
      line: words("focus_line"),
      paragraph: words("focus_paragraph"),
    }),
    reloads(
      choices("pictures", words("display_pictures"), {
        show: words("pictures_show"),
        ask: words("pictures_ask"),
        off: words("pictures_off"),
      }),
    ),
    languages(),
    customCSS(),
    files(),
  );
  panel.classList.add("display");
  panel.addEventListener("beforetoggle", refresh);
  const button = addTool(30, words("display_title"), LETTERS, () => {});
  opens(button, panel);
  onKey({ key: "s", group: words("keys_page"), says: words("display_title"), act: () => toggleByKey(panel) });
  for (const [key, step, says] of [
    ["+", 0.05, words("key_larger")],
    ["-", -0.05, words("key_smaller")],
  ]) {
    onKey({
      key,
      says,
      group: words("keys_page"),
      act: () => resize(step),
    });
  }
}
