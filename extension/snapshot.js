/**
 * The page as the reader's browser has it, as one string of HTML.
 *
 * Injected by `scripting.executeScript`, which hands on what the last expression gives. A classic
 * script, because injected files cannot be modules.
 *
 * It writes the string while walking the live tree and never touches that tree: nothing is cloned
 * into it, set on it or measured by changing it. What the string holds:
 *
 *   - `<html data-personae-snapshot="1">`, then `<meta charset>` and `<base href>` of the document;
 *   - elements that the browser does not render carry `data-personae-hidden=""`: computed
 *     `display: none`, or skipped because of `content-visibility: hidden` (`hidden="until-found"`).
 *     Text that is covered, clipped, blurred, transparent or `visibility: hidden` is rendered, so
 *     it stays as it is; so does the content of a closed `<details>`, which a click away;
 *   - open shadow roots in place of their hosts' children, slots filled with what is assigned;
 *   - images with the source that the browser chose, and the size at which it shows them.
 *
 * Left out: scripts (JSON-LD stays), styles, style sheets, comments, templates, event handlers,
 * what was typed or chosen in a form, data: URIs above 2 KB, blob: URLs, and all of `<noscript>`
 * but its images (its text is not rendered).
 */
(/** @returns {Promise<import("./reading.js").Snapshot>} */ async () => {
  /** Characters of HTML above which a page is not sent. */
  const MAX_CHARACTERS = 20_000_000;
  const MAX_DATA_URI = 2048;
  const WAIT_FOR_PARSER_MS = 5000;

  const HTML = "http://www.w3.org/1999/xhtml";
  const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
  /** Never written, with all they hold. */
  const LEFT_OUT = new Set(["style", "template", "base"]);
  /** Written without what they hold: it is shown in place of the element only where that fails, or was typed. */
  const WITHOUT_CONTENT = new Set(["iframe", "canvas", "textarea", "noembed", "noframes"]);
  /** Never rendered by nature, yet they say what the page is. */
  const METADATA = new Set(["head", "title", "meta", "link", "script", "noscript", "source", "track", "param", "area"]);
  const LINKS_TO_KEEP = /\b(?:canonical|alternate|amphtml|author|license|icon|image_src|next|prev|shortlink)\b/i;
  const PRAGMAS_TO_KEEP = /^content-language$/i;
  const LEFT_OUT_NAMES = /^(?:on[a-z]+|data-personae-.*|srcdoc|nonce)$/;
  const JSON_LD = /^\s*application\/ld\+json\b/i;

  /**
   * A form's own fields shadow its properties (`<input name="attributes">`), so properties are read
   * through the prototypes, where no page can put anything in the way.
   * @param {object} prototype
   * @param {string} name
   * @returns {(node: object) => any}
   */
  const getter = (prototype, name) => {
    const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
    if (!get) throw new Error(`no ${name} in this browser`);
    return (node) => get.call(node);
  };
  /** @type {(node: object) => number} */
  const nodeType = getter(Node.prototype, "nodeType");
  /** @type {(node: object) => Node | null} */
  const lastChild = getter(Node.prototype, "lastChild");
  /** @type {(node: object) => Node | null} */
  const previousSibling = getter(Node.prototype, "previousSibling");
  /** @type {(node: object) => string} */
  const baseURI = getter(Node.prototype, "baseURI");
  /** @type {(node: object) => string} */
  const localName = getter(Element.prototype, "localName");
  /** @type {(node: object) => string | null} */
  const namespace = getter(Element.prototype, "namespaceURI");
  /** @type {(node: object) => ShadowRoot | null} */
  const shadowRoot = getter(Element.prototype, "shadowRoot");
  /** @type {(node: object) => string} */
  const contentType = getter(Document.prototype, "contentType");
  /** @type {(node: object) => string} */
  const readyState = getter(Document.prototype, "readyState");
  /** @type {(node: object) => Element | null} */
  const documentElement = getter(Document.prototype, "documentElement");

  const { checkVisibility, getAttribute, getAttributeNames, hasAttribute } = Element.prototype;

  /** @param {string} text */
  const escapeText = (text) =>
    /[&<>]/.test(text) ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;") : text;

  /** @param {string} value */
  const escapeValue = (value) => (/[&<>"]/.test(value) ? escapeText(value).replaceAll('"', "&quot;") : value);

  /** @param {string} url */
  const unusable = (url) => /^\s*blob:/i.test(url) || (url.length > MAX_DATA_URI && /\bdata:/i.test(url));

  /**
   * What a reader typed or chose, and what would run or weigh.
   * @param {string} tag
   * @param {string} name
   * @param {string} value
   */
  const leftOutAttribute = (tag, name, value) =>
    LEFT_OUT_NAMES.test(name) ||
    (tag === "input" && (name === "value" || name === "checked")) ||
    (tag === "option" && (name === "value" || name === "selected")) ||
    (value.includes(":") && (/^\s*javascript:/i.test(value) || unusable(value)));

  /**
   * Read by name: objects for attributes would cost half of the whole walk.
   * @param {string} tag
   * @param {Element} element
   * @returns {Map<string, string>}
   */
  const keptAttributes = (tag, element) => {
    /** @type {Map<string, string>} */
    const kept = new Map();
    for (const name of getAttributeNames.call(element)) {
      const value = getAttribute.call(element, name) ?? "";
      if (!leftOutAttribute(tag, name, value)) kept.set(name, value);
    }
    return kept;
  };

  /**
   * The source that the browser chose and the size at which it shows it. A lazy image that still
   * waits keeps its own attributes (`data-src` and the like) for the backend to resolve.
   * @param {HTMLImageElement} image
   * @param {Map<string, string>} kept
   */
  const resolveImage = (image, kept) => {
    const chosen = image.currentSrc || image.src;
    if (chosen && !unusable(chosen)) kept.set("src", chosen);
    const [width, height] =
      image.width > 1 && image.height > 1 ? [image.width, image.height] : [image.naturalWidth, image.naturalHeight];
    if (width > 0 && height > 0) {
      kept.set("width", String(width));
      kept.set("height", String(height));
    }
  };

  /**
   * @param {Element} element
   * @param {Node} parent  its parent as drawn
   * @param {boolean} folded  it stands in a closed `<details>`, whose content a click shows
   * @returns {boolean} whether the browser leaves the element out of what it draws
   */
  const notRendered = (element, parent, folded) => {
    const visible = checkVisibility.call(element);
    if (visible && !hasAttribute.call(element, "hidden")) return false;
    const style = getComputedStyle(element);
    if (style.display === "none") return true;
    if (style.contentVisibility === "hidden") return true;
    // No box of its own: `display: contents`, or inside something whose content is skipped.
    return (
      !visible &&
      !folded &&
      nodeType(parent) === Node.ELEMENT_NODE &&
      getComputedStyle(/** @type {Element} */ (parent)).contentVisibility === "hidden"
    );
  };

  /**
   * A `<noscript>` is text to a browser that runs scripts. Of it only the images stay, which lazy
   * loaders put there; parsing it in a document of its own loads and runs nothing.
   * @param {Element} element
   */
  const imagesOf = (element) => {
    const markup = element.textContent ?? "";
    if (!/<img\b/i.test(markup)) return "";
    const images = new DOMParser().parseFromString(markup, "text/html").images;
    const written = Array.from(images, (image) => startTag("img", keptAttributes("img", image)));
    return `<noscript>${written.join("")}</noscript>`;
  };

  /**
   * @param {string} tag
   * @param {Map<string, string>} kept
   */
  const startTag = (tag, kept) => {
    let written = `<${tag}`;
    for (const [name, value] of kept) written += ` ${name}="${escapeValue(value)}"`;
    return `${written}>`;
  };

  /**
   * @typedef {{ hidden: boolean, folded: boolean, inHead: boolean }} Place
   *   hidden: inside a flagged element; folded: inside a closed `<details>`.
   * @typedef {{ node: Node, parent: Node | null, place: Place }} Visit
   */

  /**
   * The children as they are drawn: the shadow tree's for a host, the assigned nodes for a slot.
   * @param {Element} element
   * @param {string} tag
   * @returns {Node[]} last first
   */
  const drawnChildren = (element, tag) => {
    if (tag === "slot" && element instanceof HTMLSlotElement) {
      const assigned = element.assignedNodes();
      if (assigned.length > 0) return assigned.reverse();
    }
    const children = [];
    for (let child = lastChild(shadowRoot(element) ?? element); child; child = previousSibling(child)) {
      children.push(child);
    }
    return children;
  };

  /**
   * @param {Element} root
   * @returns {string | null} null when it grows beyond the limit
   */
  const write = (root) => {
    /** @type {string[]} */
    const parts = ["<!doctype html>"];
    let length = 0;
    const put = (/** @type {string} */ part) => {
      parts.push(part);
      length += part.length;
    };
    // A stack of our own: pages nest deeper than the engine's call stack goes.
    /** @type {(Visit | string)[]} */
    const stack = [{ node: root, parent: null, place: { hidden: false, folded: false, inHead: false } }];
    for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
      if (length > MAX_CHARACTERS) return null;
      if (typeof visit === "string") {
        put(visit);
        continue;
      }
      const { node, parent, place } = visit;
      const type = nodeType(node);
      if (type === Node.TEXT_NODE || type === Node.CDATA_SECTION_NODE) put(escapeText(/** @type {Text} */ (node).data));
      if (type !== Node.ELEMENT_NODE) continue;

      const element = /** @type {Element} */ (node);
      const tag = localName(element);
      const isHTML = namespace(element) === HTML;
      if (isHTML && LEFT_OUT.has(tag)) continue;
      if (isHTML && tag === "noscript") {
        put(imagesOf(element));
        continue;
      }
      if (tag === "script") {
        if (!isHTML || !JSON_LD.test(element.getAttribute("type") ?? "")) continue;
        // "<\/" is the same string to JSON, and cannot end the element.
        put(`<script type="application/ld+json">${(element.textContent ?? "").replaceAll("</", "<\\/")}</script>`);
        continue;
      }
      const kept = keptAttributes(tag, element);
      if (isHTML && tag === "link" && !LINKS_TO_KEEP.test(kept.get("rel") ?? "") && !kept.has("itemprop")) continue;
      if (isHTML && tag === "meta") {
        if (kept.has("charset")) continue;
        if (kept.has("http-equiv") && !PRAGMAS_TO_KEEP.test(kept.get("http-equiv") ?? "")) continue;
      }
      if (tag === "img" && element instanceof HTMLImageElement) resolveImage(element, kept);

      const inHead = place.inHead || tag === "head";
      const judged = !place.hidden && !inHead && parent !== null && !METADATA.has(tag) && (isHTML || tag === "svg");
      const hides = judged && notRendered(element, parent, place.folded);
      if (hides) {
        if (!isHTML) continue; // a sheet of icons
        kept.set("data-personae-hidden", "");
      }
      if (parent === null) kept.set("data-personae-snapshot", "1");

      // A slot is a place, not an element of the page: what fills it stands there by itself.
      const transparent = tag === "slot" && !hides;
      if (!transparent) put(startTag(tag, kept));
      if (isHTML && VOID.has(tag)) continue;
      if (tag === "head") put(`<meta charset="utf-8"><base href="${escapeValue(baseURI(document))}">`);
      if (!transparent) stack.push(`</${tag}>`);
      if (isHTML && (WITHOUT_CONTENT.has(tag) || typedInto(element, tag))) continue;

      const folds = tag === "details" && !kept.has("open");
      const within =
        hides || folds || inHead ? { hidden: place.hidden || hides, folded: place.folded || folds, inHead } : place;
      const children = drawnChildren(element, tag);
      const first = children.at(-1);
      // The parser drops a line feed that begins a <pre>; a second one keeps the first.
      if ((tag === "pre" || tag === "listing") && first?.nodeValue?.startsWith("\n")) put("\n");
      for (const child of children) stack.push({ node: child, parent: element, place: within });
    }
    return parts.join("");
  };

  /**
   * A comment being written is nobody's business. A whole page that is editable is still a page.
   * @param {Element} element
   * @param {string} tag
   */
  const typedInto = (element, tag) =>
    tag !== "html" &&
    tag !== "body" &&
    /^(?:|true|plaintext-only)$/i.test(getAttribute.call(element, "contenteditable") ?? "false");

  try {
    if (readyState(document) === "loading") {
      await new Promise((resolve) => {
        document.addEventListener("DOMContentLoaded", resolve, { once: true });
        setTimeout(resolve, WAIT_FOR_PARSER_MS);
      });
    }
    const type = contentType(document);
    const root = documentElement(document);
    if (!root || namespace(root) !== HTML || !/^(?:text\/html|application\/xhtml\+xml|text\/plain)$/i.test(type)) {
      return { trouble: "not_html", detail: type };
    }
    const html = write(root);
    if (html === null) return { trouble: "page_too_large", detail: String(MAX_CHARACTERS / 1_000_000) };
    return { html, url: location.href };
  } catch (error) {
    return { trouble: "snapshot_failed", detail: String(error) };
  }
})();
