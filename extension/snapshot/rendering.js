/**
 * What the browser draws of an element, and what is in it as drawn.
 *
 * One of the classic scripts of the snapshot, see snapshot.js: what it declares, those after it use. `var`,
 * because a page may get them twice.
 */

var HTML_TYPES = /^(?:text\/html|application\/xhtml\+xml|text\/plain)$/i;

/** CSS pixels and rendered characters; a frame with less is a counter, a button or an advert. */
var LEAST_FRAME = { width: 200, height: 100, characters: 200 };

/** @param {Element} element */
var styleOf = (element) => (viewOf(ownerDocument(element)) ?? window).getComputedStyle(element);

/** @param {Element} element */
var scriptsRun = (element) => !(viewOf(ownerDocument(element)) ?? window).matchMedia("(scripting: none)").matches;

/** Boxes whose content is shown whatever `content-visibility` says. */
var CONTENT_SHOWS = /^(?:inline|contents|ruby.*|(?:inline-)?table|table-(?!cell).*)$/;

/** @param {CSSStyleDeclaration} style */
var hidesContent = (style) => style.contentVisibility === "hidden" && !CONTENT_SHOWS.test(style.display);

/**
 * @param {Element} element
 * @param {Node} parent  its parent as drawn
 * @param {boolean} folded  it stands in a closed `<details>`, whose content a click shows
 * @returns {boolean} whether the browser leaves the element out of what it draws
 */
var notRendered = (element, parent, folded) => {
  const style = styleOf(element);
  if (hidesContent(style)) return true;
  if (checkVisibility.call(element)) return false;
  if (style.display === "none") return true;
  // No box of its own: `display: contents`, or inside something whose content is skipped.
  return (
    !folded && nodeType(parent) === Node.ELEMENT_NODE && hidesContent(styleOf(/** @type {Element} */ (parent)))
  );
};

/** @param {Element} element */
var editable = (element) =>
  /^(?:|true|plaintext-only)$/i.test(getAttribute.call(element, "contenteditable") ?? "false");

/**
 * A comment being written is nobody's business. A whole page that is editable is still a page.
 * @param {Element} element
 * @param {string} tag
 */
var typedInto = (element, tag) => tag !== "html" && tag !== "body" && editable(element);

/**
 * The document of a frame that the page's own scripts may read, and so we. One that is editable as a whole is an
 * editor, and holds a draft.
 * @param {Element} frame
 * @returns {Document | null}
 */
var documentIn = (frame) => {
  const inner = /** @type {HTMLIFrameElement} */ (frame).contentDocument;
  const root = inner && documentElement(inner);
  const body = inner && bodyOf(inner);
  if (!root || !body || !HTML_TYPES.test(contentType(inner))) return null;
  return designMode(inner) === "on" || editable(root) || editable(body) ? null : inner;
};

/**
 * @param {Element} frame  `<iframe>` or `<frame>`
 * @returns {HTMLElement | null} its body, when it can be part of a story
 */
var storyIn = (frame) => {
  const inner = documentIn(frame);
  const body = inner && bodyOf(inner);
  if (!body) return null;
  const { width, height } = frame.getBoundingClientRect();
  if (width < LEAST_FRAME.width || height < LEAST_FRAME.height) return null;
  if (localName(body) === "frameset") return body;
  return body.innerText.trim().length < LEAST_FRAME.characters ? null : body;
};

/**
 * The children as they are drawn: the shadow tree's for a host, the assigned nodes for a slot.
 * @param {Element} element
 * @param {string} tag
 * @returns {Node[]} last first
 */
var drawnChildren = (element, tag) => {
  if (tag === "slot" && namespace(element) === HTML) {
    const assigned = /** @type {HTMLSlotElement} */ (element).assignedNodes();
    if (assigned.length > 0) return assigned.reverse();
  }
  const children = [];
  for (let child = lastChild(shadowRoot(element) ?? element); child; child = previousSibling(child)) {
    children.push(child);
  }
  return children;
};
