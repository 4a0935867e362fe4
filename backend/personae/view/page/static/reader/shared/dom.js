/** Small pieces of page, made without a string of HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element. Attributes named `on…` are listeners; false, null and undefined leave one out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/**
 * A line drawing of 16 by 16.
 * @param {string} path
 */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/**
 * A button that shows a drawing and says its name.
 * @param {string} label
 * @param {string} path
 * @param {(event: MouseEvent) => void} act
 */
export function iconButton(label, path, act) {
  return element("button", { type: "button", "aria-label": label, title: label, onclick: act }, icon(path));
}

/**
 * Give something to the reader as a file.
 * @param {BlobPart} content
 * @param {string} type  MIME
 * @param {string} name
 */
export function saveFile(content, type, name) {
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Say something to who cannot see it appear, and show it for a moment to who can.
 * @param {string} text
 */
export function say(text) {
  // What stands outside of a modal dialog is neither seen nor heard.
  const place = document.querySelector("dialog[open]") ?? document.body;
  let line = place.querySelector(":scope > .said");
  if (!line) {
    line = element("p", { class: "said", role: "status" });
    place.append(line);
  }
  line.classList.remove("fresh");
  // A screen reader hears what changes after the line is there.
  requestAnimationFrame(() => {
    line.textContent = text;
    line.classList.add("fresh");
  });
}
