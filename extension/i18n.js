/**
 * Put the catalogue's texts into a page of ours: `data-i18n="key"` fills an element's text,
 * `data-i18n-placeholder="key"` that attribute. Each text is plain; markup stays in the page.
 */

/**
 * @param {string} key
 * @param {...string} values  what stands at $1, $2
 */
export function message(key, ...values) {
  return chrome.i18n.getMessage(key, values);
}

/** @param {Document} document  with its templates */
export function localise(document) {
  document.documentElement.lang = message("language_tag");
  document.documentElement.dir = message("language_direction");
  const templates = [...document.querySelectorAll("template")].map(({ content }) => content);
  for (const root of [document, ...templates]) {
    for (const element of root.querySelectorAll("[data-i18n]")) {
      element.textContent = message(element.getAttribute("data-i18n") ?? "");
    }
    for (const element of root.querySelectorAll("[data-i18n-placeholder]")) {
      element.setAttribute("placeholder", message(element.getAttribute("data-i18n-placeholder") ?? ""));
    }
  }
}
