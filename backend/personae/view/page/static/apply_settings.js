/**
 * The reader's settings, put on the page before it is drawn, so that nothing flashes: a classic script in the
 * head that waits for nothing. settings.js changes them; only this file knows what a setting does to the page.
 */
"use strict";

(() => {
  const root = document.documentElement;

  /** What each setting is when nobody chose; `[least, most]` where it is a number. */
  const SETTINGS = {
    theme: { values: ["auto", "light", "sepia", "dark", "black"] },
    font: { values: ["literata", "system", "sans", "dyslexic"] },
    scale: { range: [0.7, 2], value: 1 },
    leading: { range: [1.3, 2.2], value: null },
    width: { range: [0.6, 1.4], value: 1 },
    tracking: { range: [-0.02, 0.16], value: 0 },
    align: { values: ["start", "justify"] },
    hyphens: { values: ["on", "off"] },
    lines: { values: ["horizontal", "vertical"] },
    mongolianLines: { values: ["vertical", "horizontal"] },
    figures: { values: ["lining", "old"] },
    marks: { values: ["full", "quiet", "off"] },
    markPerson: { values: ["on", "off"] },
    markOrganization: { values: ["on", "off"] },
    markCountry: { values: ["on", "off"] },
    focusLine: { values: ["off", "line", "paragraph"] },
    pictures: { values: ["show", "ask", "off"] },
    language: { values: ["", "en", "de", "fr", "es", "ar"] },
    css: { text: 20_000 },
    rate: { range: [0.5, 3], value: 1 }, // of speech
    voices: { text: 2000 }, // JSON: primary language -> voiceURI
  };
  const PROPERTIES = { scale: "--scale", leading: "--leading", width: "--width", tracking: "--tracking" };
  const ATTRIBUTES = [
    "theme",
    "font",
    "align",
    "hyphens",
    "lines",
    "mongolianLines",
    "figures",
    "marks",
    "markPerson",
    "markOrganization",
    "markCountry",
    "focusLine",
  ];

  /** The settings that a stored or imported object holds, each of them valid; what is not is left out. */
  function valid(given) {
    const kept = {};
    for (const [name, { values, range, text }] of Object.entries(SETTINGS)) {
      const value = given?.[name];
      if (values ? values.includes(value) && value !== values[0] : false) kept[name] = value;
      if (range && typeof value === "number" && value >= range[0] && value <= range[1]) kept[name] = value;
      if (text && typeof value === "string" && value.trim() && value.length <= text) kept[name] = value;
    }
    return kept;
  }

  let sheet = null;

  function apply(settings) {
    for (const name of ATTRIBUTES) {
      const attribute = `data-${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
      if (name in settings) root.setAttribute(attribute, settings[name]);
      else root.removeAttribute(attribute);
    }
    for (const [name, property] of Object.entries(PROPERTIES)) {
      if (!(name in settings)) root.style.removeProperty(property);
      else root.style.setProperty(property, `${settings[name]}${name === "tracking" ? "em" : ""}`);
    }
    if (!sheet && settings.css) {
      sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
    sheet?.replaceSync(settings.css ?? "");
  }

  let stored = {};
  try {
    stored = valid(JSON.parse(localStorage.getItem("personae.settings") ?? "{}"));
  } catch {
    // Storage is forbidden, or holds what nobody of ours wrote: the page is as it comes.
  }
  apply(stored);
  globalThis.personaeSettings = { SETTINGS, stored, valid, apply };
})();
