/**
 * Reading a page through its prototypes, where nothing that a page does can stand in the way.
 *
 * One of the classic scripts of the snapshot, see snapshot.js: what it declares, those after it use. `var`,
 * because a page may get them twice.
 */

var HTML = "http://www.w3.org/1999/xhtml";

/**
 * A form's own fields shadow its properties (`<input name="attributes">`), so properties are read
 * through the prototypes, where no page can put anything in the way.
 * @param {object} prototype
 * @param {string} name
 * @returns {(node: object) => any}
 */
var getter = (prototype, name) => {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (!get) throw new Error(`no ${name} in this browser`);
  return Function.prototype.call.bind(get);
};

/** @type {(node: object) => number} */
var nodeType = getter(Node.prototype, "nodeType");

/** @type {(node: object) => Node | null} */
var parentNode = getter(Node.prototype, "parentNode");

/** @type {(node: object) => Node | null} */
var lastChild = getter(Node.prototype, "lastChild");

/** @type {(node: object) => Node | null} */
var previousSibling = getter(Node.prototype, "previousSibling");

/** @type {(node: object) => string} */
var baseURI = getter(Node.prototype, "baseURI");

/** @type {(node: object) => Document} */
var ownerDocument = getter(Node.prototype, "ownerDocument");

/** @type {(node: object) => string} */
var localName = getter(Element.prototype, "localName");

/** @type {(node: object) => string | null} */
var namespace = getter(Element.prototype, "namespaceURI");

/** @type {(node: object) => ShadowRoot | null} */
var shadowRoot = getter(Element.prototype, "shadowRoot");

/** @type {(node: object) => string} */
var outerHTML = getter(Element.prototype, "outerHTML");

/** @type {(node: object) => string} */
var innerHTML = getter(Element.prototype, "innerHTML");

/** @type {(node: object) => string} */
var contentType = getter(Document.prototype, "contentType");

/** @type {(node: object) => string} */
var readyState = getter(Document.prototype, "readyState");

/** @type {(node: object) => string} */
var designMode = getter(Document.prototype, "designMode");

/** @type {(node: object) => Element | null} */
var documentElement = getter(Document.prototype, "documentElement");

/** @type {(node: object) => HTMLElement | null} */
var bodyOf = getter(Document.prototype, "body");

/** @type {(node: object) => Window | null} */
var viewOf = getter(Document.prototype, "defaultView");

var { checkVisibility, getAttribute, getAttributeNames, hasAttribute, querySelector, querySelectorAll } =
  Element.prototype;

var { createTreeWalker } = Document.prototype;
