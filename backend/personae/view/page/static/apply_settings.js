/**
 * The reader's settings, put on the page before it is drawn, so that nothing flashes: a classic script in the
 * head that waits for nothing. settings.js changes them; only this file knows what a setting does to the page.
 */
"use strict";

var personaeSettings = (() => {
  const root = document.documentElement;

  /**
   * One setting, by what it may be.
   * @typedef {object} Setting
   * @property {readonly string[]} [values]  of a word: the first without a choice
   * @property {boolean} [isForServer]  the server writes the page by it: nothing is to be done here
   * @property {readonly [number, number]} [range]  of a number: the least and the greatest
   * @property {number | null} [value]  of a number: what it is without a choice; null: as the style sheet has it
   * @property {string} [property]  of a number: the property of the style sheet that takes it
   * @property {string} [unit]  of a number, in that property
   * @property {number} [text]  of a text: how many UTF-16 units it may have
   *
   * What the reader chose, by the setting's name; without what nobody chose.
   * @typedef {Record<string, string | number>} Choices
   */

  /** @type {Readonly<Record<string, Setting>>} */
  const SETTINGS = {
    theme: { values: ["auto", "light", "sepia", "dark", "black"] },
    font: { values: ["literata", "system", "sans", "dyslexic"] },
    scale: { range: [0.7, 2], value: 1, property: "--scale" },
    leading: { range: [1.3, 2.2], value: null, property: "--leading" },
    width: { range: [0.6, 1.4], value: 1, property: "--width" },
    tracking: { range: [-0.02, 0.16], value: 0, property: "--tracking", unit: "em" },
    align: { values: ["start", "justify"] },
    hyphens: { values: ["on", "off"] },
    lines: { values: ["horizontal", "vertical"] },
    mongolianLines: { values: ["vertical", "horizontal"] },
    figures: { values: ["lining", "old"] },
    marks: { values: ["calm", "full", "off"] },
    markPerson: { values: ["on", "off"] },
    markOrganization: { values: ["on", "off"] },
    markCountry: { values: ["on", "off"] },
    focusLine: { values: ["off", "line", "paragraph"] },
    pictures: { values: ["show", "ask", "off"], isForServer: true },
    language: { values: ["", ...(root.dataset.languages ?? "").split(" ")], isForServer: true },
    shortcuts: { values: ["on", "off"] }, // whether keys that type a character do anything
    keys: { text: 2000 }, // JSON: usual key -> the chosen one
    css: { text: 20_000 },
    rate: { range: [0.5, 3], value: 1 }, // of speech
    voices: { text: 2000 }, // JSON: primary language -> voiceURI
  };

  /**
   * Return the settings that a stored or imported object holds, each of them valid; what is not is left out.
   * @param {any} given
   * @returns {Choices}
   */
  function valid(given) {
    /** @type {Choices} */
    const choices = {};
    for (const [name, { values, range, text }] of Object.entries(SETTINGS)) {
      const value = given?.[name];
      if (values ? values.includes(value) && value !== values[0] : false) choices[name] = value;
      if (range && typeof value === "number" && value >= range[0] && value <= range[1]) choices[name] = value;
      if (text && typeof value === "string" && value.trim() && value.length <= text) choices[name] = value;
    }
    return choices;
  }

  /** @type {CSSStyleSheet | null} the reader's own */
  let sheet = null;

  /**
   * Show the page by the reader's choices.
   * @param {Choices} choices
   */
  function apply(choices) {
    for (const [name, { values, isForServer, property, unit = "" }] of Object.entries(SETTINGS)) {
      const value = choices[name];
      if (values && !isForServer) {
        const attribute = `data-${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
        if (value === undefined) root.removeAttribute(attribute);
        else root.setAttribute(attribute, String(value));
      }
      if (property && value === undefined) root.style.removeProperty(property);
      else if (property) root.style.setProperty(property, `${value}${unit}`);
    }
    const css = String(choices.css ?? "");
    if (!sheet && css) {
      sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
    sheet?.replaceSync(css);
  }

  /** @type {Choices} */
  let stored = {};
  try {
    stored = valid(JSON.parse(localStorage.getItem("personae.settings") ?? "{}"));
  } catch {
    // Storage is forbidden, or holds what nobody of ours wrote: the page is as it comes.
  }
  apply(stored);
  return { SETTINGS, stored, valid, apply };
})();
