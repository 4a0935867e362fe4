/** The page's elements: finding them, and making small pieces of page without a string of HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Return the first element that matches a selector, else null. Whoever looks for another kind of element than an
 * HTMLElement declares the type of the result.
 * @template {Element} [Kind=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {Kind | null}
 */
export function find(selector, within = document) {
  return within.querySelector(selector);
}

/**
 * Return an element that every reader page has.
 * @template {Element} [Kind=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {Kind}
 * @throws {Error} when there is none
 */
export function required(selector, within = document) {
  /** @type {Kind | null} */
  const found = within.querySelector(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

/**
 * Return all elements that match a selector, in the order of the page.
 * @template {Element} [Kind=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {Kind[]}
 */
export function findAll(selector, within = document) {
  /** @type {NodeListOf<Kind>} */
  const found = within.querySelectorAll(selector);
  return [...found];
}

/**
 * Return the nearest element that matches a selector, from an event's target outwards, else null.
 * @template {Element} [Kind=HTMLElement]
 * @param {EventTarget | null} target
 * @param {string} selector
 * @returns {Kind | null}
 */
export function closest(target, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}

/**
 * Return whether an element contains an event's target, or is it.
 * @param {Node} node
 * @param {EventTarget | null} target
 */
export function holds(node, target) {
  return target instanceof Node && node.contains(target);
}

/**
 * Return whether a click asks for nothing but what the link does by itself: no new tab, no download.
 * @param {MouseEvent} event
 */
export function isPlainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
}

/**
 * Make an element. Functions are listeners to what their name says after "on"; false, null and undefined leave an
 * attribute out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null | undefined | (() => void)>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), () => value());
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/**
 * Make a line drawing of 16 by 16.
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
 * Make a button that shows a drawing and has a name.
 * @param {string} label
 * @param {string} path
 * @param {() => void} act
 */
export function iconButton(label, path, act) {
  return element("button", { type: "button", "aria-label": label, title: label, onclick: act }, icon(path));
}

/**
 * Save something as a file on the reader's device.
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
 * Announce something to whoever cannot see it appear, and show it for a moment to whoever can.
 * @param {string} text
 * @param {{ href: string, label: string }} [link]  where it leads; then it stays until it is read at leisure
 */
export function announce(text, link) {
  // What stands outside of a modal dialog is neither seen nor heard.
  const place = find("dialog[open]") ?? document.body;
  const status = find(":scope > .said", place) ?? makeStatus(place);
  status.classList.remove("fresh");
  // A screen reader hears what changes after the line is there.
  requestAnimationFrame(() => {
    status.replaceChildren(text, ...(link ? [" ", element("a", { href: link.href }, link.label)] : []));
    status.classList.add("fresh");
  });
}

/** @param {Element} place */
function makeStatus(place) {
  const status = element("p", { class: "said", role: "status" });
  // What is no longer seen is not to be reached by the keyboard either.
  status.addEventListener("animationend", () => find("a", status)?.remove());
  place.append(status);
  return status;
}

/**
 * Announce what went wrong, in the words of the error.
 * @param {unknown} error
 */
export function announceError(error) {
  announce(error instanceof Error ? error.message : String(error));
}
