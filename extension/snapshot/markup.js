/**
 * Tags and attributes as they are written.
 *
 * One of the classic scripts of the snapshot, see snapshot.js: what it declares, those after it use. `var`,
 * because a page may get them twice.
 */

var MAX_DATA_URI = 2048;

/** @param {string} text */
var escapeText = (text) =>
  /[&<>]/.test(text) ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;") : text;

/** @param {string} value */
var escapeValue = (value) => (/[&<>"]/.test(value) ? escapeText(value).replaceAll('"', "&quot;") : value);

/** @param {string} url */
var unusable = (url) => /^\s*blob:/i.test(url) || (url.length > MAX_DATA_URI && /\bdata:/i.test(url));

/**
 * What a reader typed or chose, and what would run or weigh.
 * @param {string} tag
 * @param {string} name
 * @param {string} value
 */
var leftOutAttribute = (tag, name, value) =>
  LEFT_OUT_NAMES.test(name) ||
  (tag === "input" && (name === "value" || name === "checked")) ||
  (tag === "option" && (name === "value" || name === "selected")) ||
  (value.includes(":") && (/^\s*javascript:/i.test(value) || unusable(value)));

/**
 * Read by name: objects for attributes would cost half of the whole walk.
 * @param {string} tag
 * @param {Element} element
 * @param {string | null} base  what its addresses resolve against, null for the page's own base
 * @returns {Map<string, string>}
 */
var keptAttributes = (tag, element, base = null) => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  for (const name of getAttributeNames.call(element)) {
    const value = getAttribute.call(element, name) ?? "";
    if (leftOutAttribute(tag, name, value)) continue;
    if (base === null) kept.set(name, value);
    else if (ADDRESSES.test(name)) kept.set(name, absolute(value, base));
    else if (name !== "srcset") kept.set(name, value); // the image names the source that was chosen
  }
  return kept;
};

/**
 * @param {string} address
 * @param {string} base
 */
var absolute = (address, base) => (address.startsWith("#") ? address : (URL.parse(address, base)?.href ?? address));

/**
 * The source that the browser chose and the size at which it shows it. A lazy image that still
 * waits keeps its own attributes (`data-src` and the like) for the backend to resolve.
 * @param {HTMLImageElement} image
 * @param {Map<string, string>} kept
 */
var resolveImage = (image, kept) => {
  const chosen = image.currentSrc || image.src;
  if (chosen && !unusable(chosen)) kept.set("src", chosen);
  const { width, height } = image;
  const [shownWidth, shownHeight] = width > 1 && height > 1 ? [width, height] : [image.naturalWidth, image.naturalHeight];
  if (shownWidth > 0 && shownHeight > 0) {
    kept.set("width", String(shownWidth));
    kept.set("height", String(shownHeight));
  }
};

/**
 * A `<noscript>` is not shown where scripts run: it is text, or elements when a script made it. Of it only the
 * images stay, which lazy loaders put there; parsing it in a document of its own loads and runs nothing.
 * @param {Element} element
 * @param {string | null} base
 */
var imagesOf = (element, base) => {
  const markup = innerHTML(element);
  if (!/<img\b/i.test(markup)) return "";
  const images = new DOMParser().parseFromString(markup, "text/html").images;
  const written = Array.from(images, (image) => startTag("img", keptAttributes("img", image, base)));
  return `<noscript>${written.join("")}</noscript>`;
};

/**
 * @param {string} tag
 * @param {Map<string, string>} kept
 */
var startTag = (tag, kept) => {
  let written = `<${tag}`;
  for (const [name, value] of kept) written += ` ${name}="${escapeValue(value)}"`;
  return `${written}>`;
};

/**
 * An element that is not rendered. What it holds is dropped by the backend, so it is not even sent.
 * @param {string} tag
 * @param {Map<string, string>} kept
 */
var emptied = (tag, kept) => {
  const start = startTag(tag, kept.set("data-personae-hidden", ""));
  return VOID.has(tag) ? start : `${start}</${tag}>`;
};

/**
 * "<\/" is the same string to JSON, and cannot end the element.
 * @param {Element} script
 */
var structuredData = (script) =>
  JSON_LD.test(getAttribute.call(script, "type") ?? "")
    ? `<script type="application/ld+json">${(script.textContent ?? "").replaceAll("</", "<\\/")}</script>`
    : "";
