/**
 * The page as the reader's browser has it, as one string of HTML.
 *
 * Injected by `scripting.executeScript`, which hands on what the last expression gives. A classic
 * script, because injected files cannot be modules. Injected after just-selection.js it takes down
 * what is selected, and nothing else of the body.
 *
 * It writes the string while walking the live tree and never touches that tree: nothing is cloned
 * into it, set on it or measured by changing it. What the string holds:
 *
 *   - `<html data-personae-snapshot="1">`, then `<meta charset>` and `<base href>` of the document;
 *   - elements that the browser does not render stand empty and carry `data-personae-hidden=""`:
 *     computed `display: none`, or skipped because of `content-visibility: hidden`
 *     (`hidden="until-found"`). Text that is covered, clipped, blurred, transparent or
 *     `visibility: hidden` is rendered, so it stays as it is; so does the content of a closed
 *     `<details>`, which a click shows;
 *   - open shadow roots in place of their hosts' children, slots filled with what is assigned;
 *   - frames of the same origin that show text of some length, as a `<div>` in their place;
 *   - images with the source that the browser chose, and the size at which it shows them.
 *
 * Left out: scripts (JSON-LD stays), styles, style sheets, comments, templates, event handlers,
 * what was typed or chosen in a form, data: URIs above 2 KB, blob: URLs, all other frames, and all
 * of `<noscript>` but its images (its text is not rendered).
 *
 * Large pages are mostly plain. So the browser writes the content of an element in one piece, and only
 * what needs one of these steps is cut out of it and written by hand.
 */
(/** @returns {Promise<import("./reading.js").Snapshot>} */ async () => {
  /** Characters of HTML above which a page is not sent. */
  const MAX_CHARACTERS = 20_000_000;
  const MAX_DATA_URI = 2048;
  const WAIT_FOR_PARSER_MS = 5000;
  /** CSS pixels and rendered characters; a frame with less is a counter, a button or an advert. */
  const LEAST_FRAME = { width: 200, height: 100, characters: 200 };

  const HTML = "http://www.w3.org/1999/xhtml";
  /** @param {string} tags */
  const setOf = (tags) => new Set(tags.split(" "));
  const VOID = setOf("area base br col embed hr img input link meta param source track wbr");
  /** Never written, with all they hold. */
  const LEFT_OUT = setOf("style template base");
  /** Written without what they hold: it is shown in place of the element only where that fails, or was typed. */
  const WITHOUT_CONTENT = setOf("iframe frame canvas textarea noembed noframes");
  /** Never rendered by nature, yet they say what the page is. */
  const METADATA = setOf("head title meta link script noscript source track param area");
  /** Never copied from what the browser writes, besides hosts of shadow trees. */
  const BY_HAND = setOf(
    "html head body frameset frame iframe script style template noscript noembed noframes xmp plaintext canvas " +
      "textarea base link meta input option pre listing slot details",
  );
  /** Steps on the way through a copy; all other elements need none by their name. */
  const STEPS = new Set([...BY_HAND, ...VOID, "svg", "math"]);
  /** In a selection these stand for themselves, without text in them. */
  const SHOWS_ITSELF = setOf("img hr video audio canvas iframe embed object");
  const LINKS_TO_KEEP = /\b(?:canonical|alternate|amphtml|author|license|icon|image_src|next|prev|shortlink)\b/i;
  const PRAGMAS_TO_KEEP = /^content-language$/i;
  const LEFT_OUT_NAMES = /^(?:on[a-z]+|data-personae-.*|srcdoc|nonce)$/i;
  /** What the browser writes in a start tag that is not to be copied as it is; in text it means nothing. */
  const SIGNS = / on[a-z]+="| data-personae-| srcdoc="| nonce="| hidden="| contenteditable="|javascript:|blob:|data:/gi;
  /** What cannot be copied with a drawing or a formula that holds it. */
  const NOT_DRAWING = /<(?:!|svg|script|style|foreignObject)/i;
  const NOT_FORMULA = /<(?!\/|m(?!ath)|semantics|annotation[ >])/;
  const ADDRESSES = /^(?:href|src|poster|cite|data-src)$/;
  const JSON_LD = /^\s*application\/ld\+json\b/i;
  const HTML_TYPES = /^(?:text\/html|application\/xhtml\+xml|text\/plain)$/i;

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
    return Function.prototype.call.bind(get);
  };
  /** @type {(node: object) => number} */
  const nodeType = getter(Node.prototype, "nodeType");
  /** @type {(node: object) => Node | null} */
  const parentNode = getter(Node.prototype, "parentNode");
  /** @type {(node: object) => Node | null} */
  const lastChild = getter(Node.prototype, "lastChild");
  /** @type {(node: object) => Node | null} */
  const previousSibling = getter(Node.prototype, "previousSibling");
  /** @type {(node: object) => string} */
  const baseURI = getter(Node.prototype, "baseURI");
  /** @type {(node: object) => Document} */
  const ownerDocument = getter(Node.prototype, "ownerDocument");
  /** @type {(node: object) => string} */
  const localName = getter(Element.prototype, "localName");
  /** @type {(node: object) => string | null} */
  const namespace = getter(Element.prototype, "namespaceURI");
  /** @type {(node: object) => ShadowRoot | null} */
  const shadowRoot = getter(Element.prototype, "shadowRoot");
  /** @type {(node: object) => string} */
  const outerHTML = getter(Element.prototype, "outerHTML");
  /** @type {(node: object) => string} */
  const innerHTML = getter(Element.prototype, "innerHTML");
  /** @type {(node: object) => string} */
  const contentType = getter(Document.prototype, "contentType");
  /** @type {(node: object) => string} */
  const readyState = getter(Document.prototype, "readyState");
  /** @type {(node: object) => Element | null} */
  const documentElement = getter(Document.prototype, "documentElement");
  /** @type {(node: object) => HTMLElement | null} */
  const bodyOf = getter(Document.prototype, "body");
  /** @type {(node: object) => Window | null} */
  const viewOf = getter(Document.prototype, "defaultView");

  const { checkVisibility, getAttribute, getAttributeNames, hasAttribute, querySelector, querySelectorAll } =
    Element.prototype;
  const { createTreeWalker } = Document.prototype;

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
   * @param {string | null} base  what its addresses resolve against, null for the page's own base
   * @returns {Map<string, string>}
   */
  const keptAttributes = (tag, element, base = null) => {
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
  const absolute = (address, base) => (address.startsWith("#") ? address : (URL.parse(address, base)?.href ?? address));

  /**
   * The source that the browser chose and the size at which it shows it. A lazy image that still
   * waits keeps its own attributes (`data-src` and the like) for the backend to resolve.
   * @param {HTMLImageElement} image
   * @param {Map<string, string>} kept
   */
  const resolveImage = (image, kept) => {
    const chosen = image.currentSrc || image.src;
    if (chosen && !unusable(chosen)) kept.set("src", chosen);
    const { width, height } = image;
    const [shownWidth, shownHeight] = width > 1 && height > 1 ? [width, height] : [image.naturalWidth, image.naturalHeight];
    if (shownWidth > 0 && shownHeight > 0) {
      kept.set("width", String(shownWidth));
      kept.set("height", String(shownHeight));
    }
  };

  /** @param {Element} element */
  const styleOf = (element) => (viewOf(ownerDocument(element)) ?? window).getComputedStyle(element);

  /**
   * @param {Element} element
   * @param {Node} parent  its parent as drawn
   * @param {boolean} folded  it stands in a closed `<details>`, whose content a click shows
   * @returns {boolean} whether the browser leaves the element out of what it draws
   */
  const notRendered = (element, parent, folded) => {
    const visible = checkVisibility.call(element);
    if (visible && !hasAttribute.call(element, "hidden")) return false;
    const style = styleOf(element);
    if (style.display === "none") return true;
    if (style.contentVisibility === "hidden") return true;
    // No box of its own: `display: contents`, or inside something whose content is skipped.
    return (
      !visible &&
      !folded &&
      nodeType(parent) === Node.ELEMENT_NODE &&
      styleOf(/** @type {Element} */ (parent)).contentVisibility === "hidden"
    );
  };

  /**
   * A `<noscript>` is text to a browser that runs scripts. Of it only the images stay, which lazy
   * loaders put there; parsing it in a document of its own loads and runs nothing.
   * @param {Element} element
   * @param {string | null} base
   */
  const imagesOf = (element, base) => {
    const markup = element.textContent ?? "";
    if (!/<img\b/i.test(markup)) return "";
    const images = new DOMParser().parseFromString(markup, "text/html").images;
    const written = Array.from(images, (image) => startTag("img", keptAttributes("img", image, base)));
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
   * "<\/" is the same string to JSON, and cannot end the element.
   * @param {Element} script
   */
  const structuredData = (script) =>
    JSON_LD.test(getAttribute.call(script, "type") ?? "")
      ? `<script type="application/ld+json">${(script.textContent ?? "").replaceAll("</", "<\\/")}</script>`
      : "";

  /**
   * A comment being written is nobody's business. A whole page that is editable is still a page.
   * @param {Element} element
   * @param {string} tag
   */
  const typedInto = (element, tag) =>
    tag !== "html" &&
    tag !== "body" &&
    /^(?:|true|plaintext-only)$/i.test(getAttribute.call(element, "contenteditable") ?? "false");

  /**
   * The document of a frame that the page's own scripts may read, and so we.
   * @param {Element} frame
   * @returns {Document | null}
   */
  const documentIn = (frame) => {
    const inner = /** @type {HTMLIFrameElement} */ (frame).contentDocument;
    return inner !== null && bodyOf(inner) !== null && HTML_TYPES.test(contentType(inner)) ? inner : null;
  };

  /**
   * @param {Element} frame  `<iframe>` or `<frame>`
   * @returns {HTMLElement | null} its body, when it can be part of a story
   */
  const storyIn = (frame) => {
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
  const drawnChildren = (element, tag) => {
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

  /**
   * An element that is not rendered. What it holds is dropped by the backend, so it is not even sent.
   * @param {string} tag
   * @param {Map<string, string>} kept
   */
  const emptied = (tag, kept) => {
    const start = startTag(tag, kept.set("data-personae-hidden", ""));
    return VOID.has(tag) ? start : `${start}</${tag}>`;
  };

  class TooLarge extends Error {}
  class OutOfStep extends Error {}

  /** What is written. In a selection a start tag waits until something stands after it. */
  class Output {
    /** @param {boolean} patient  whether start tags wait */
    constructor(patient) {
      this.patient = patient;
      /** @type {string[]} */
      this.parts = ["<!doctype html>"];
      this.length = 0;
      /** @type {string[]} */
      this.waiting = [];
    }

    /** @param {string} markup */
    put(markup) {
      if (this.waiting.length > 0) {
        for (const start of this.waiting) this.#add(start);
        this.waiting = [];
      }
      this.#add(markup);
    }

    /** @param {string} start */
    open(start) {
      if (this.patient) this.waiting.push(start);
      else this.#add(start);
    }

    /** @param {string} end */
    close(end) {
      if (this.waiting.pop() === undefined) this.#add(end);
    }

    /** @param {string} part */
    #add(part) {
      this.parts.push(part);
      this.length += part.length;
      if (this.length > MAX_CHARACTERS) throw new TooLarge();
    }
  }

  /**
   * The content of an element as the browser writes it, gone through tag by tag beside the elements
   * themselves. Pieces of it are put out as they are, up to what must be cut, changed or written by hand.
   *
   * Relies on "<" and ">" standing for nothing but tags and comments, see `tagsStandOut`.
   */
  class Copy {
    /**
     * @param {Element | ShadowRoot} of
     * @param {Element} parent  of the content as drawn: the host of a shadow tree
     */
    constructor(of, parent) {
      this.markup = of instanceof ShadowRoot ? of.innerHTML : innerHTML(of);
      this.parent = parent;
      this.walker = createTreeWalker.call(document, of, NodeFilter.SHOW_ELEMENT);
      /** The element whose start tag comes next. */
      this.next = /** @type {Element | null} */ (this.walker.nextNode());
      this.at = 0;
      /** The markup up to here is put out, or passed over. */
      this.done = 0;
      this.signs = this.markup.matchAll(SIGNS);
      this.sign = -1;
      /**
       * Elements, each in the one before, not yet known to be rendered, and where their tags begin.
       * @type {Element[]}
       */
      this.chain = [];
      /** @type {number[]} */
      this.opened = [];
    }

    /**
     * @param {Output} output
     * @returns {Element | null} an element to write by hand before going on; null at the end
     * @throws {OutOfStep} when markup and elements do not match
     */
    advance(output) {
      const { markup } = this;
      for (let open = markup.indexOf("<", this.at); open !== -1; open = markup.indexOf("<", this.at)) {
        const mark = markup[open + 1];
        if (mark === "/") {
          if (this.#settle(output)) this.at = open + 3;
        } else if (mark === "!") {
          if (this.#settle(output)) this.#leaveOutComment(open, output);
        } else if (mark === "?") {
          throw new OutOfStep(); // Browsers do not agree on how it ends.
        } else {
          const byHand = this.#start(open, output);
          if (byHand !== null) return byHand;
        }
      }
      if (this.next !== null) throw new OutOfStep();
      this.#putUpTo(markup.length, output);
      return null;
    }

    /**
     * Most start tags are copied with all around them, so this is the way of most elements.
     * @param {number} open  where the tag begins
     * @param {Output} output
     * @returns {Element | null} the element, when it is to be written by hand
     */
    #start(open, output) {
      const element = this.next;
      if (element === null) throw new OutOfStep();
      const tag = localName(element);
      const steps = STEPS.has(tag);
      if (shadowRoot(element) !== null || (steps && BY_HAND.has(tag))) return this.#byHand(element, open, output);
      const end = this.markup.indexOf(">", open) + 1;
      const signed = this.#signed(open, end);
      if (steps || signed) return this.#step(element, tag, signed, open, end, output);
      this.chain.push(element);
      this.opened.push(open);
      this.at = end;
      this.next = /** @type {Element | null} */ (this.walker.nextNode());
      return null;
    }

    /**
     * @param {Element} element
     * @param {string} tag
     * @param {boolean} signed  its tag is not to be copied
     * @param {number} open  where its tag begins
     * @param {number} end  where its tag ends
     * @param {Output} output
     * @returns {Element | null} the element, when it is to be written by hand
     */
    #step(element, tag, signed, open, end, output) {
      if (signed && (hasAttribute.call(element, "hidden") || hasAttribute.call(element, "contenteditable"))) {
        return this.#byHand(element, open, output);
      }
      if (tag !== "math" && !METADATA.has(tag)) {
        this.chain.push(element);
        this.opened.push(open);
        if (!this.#settle(output)) return null;
      }
      if (tag === "svg" || tag === "math") {
        const past = this.markup.indexOf(`</${tag}>`, end) + tag.length + "</>".length;
        const inside = this.markup.slice(end, past);
        if (this.#signed(open, past) || (tag === "svg" ? NOT_DRAWING : NOT_FORMULA).test(inside)) {
          return this.#byHand(element, open, output);
        }
        this.#pass(element, past);
        return null;
      }
      if (signed || tag === "img") {
        const kept = keptAttributes(tag, element);
        if (tag === "img") resolveImage(/** @type {HTMLImageElement} */ (element), kept);
        this.#putUpTo(open, output);
        output.put(startTag(tag, kept));
        this.done = end;
      }
      this.at = end;
      this.next = /** @type {Element | null} */ (this.walker.nextNode());
      return null;
    }

    /**
     * @param {Element} element
     * @param {number} open
     * @param {Output} output
     * @returns {Element | null} null when something around it is not rendered
     */
    #byHand(element, open, output) {
      if (!this.#settle(output)) return null;
      this.#cut(element, open, output);
      return element;
    }

    /**
     * @param {number} open  where a tag begins
     * @param {number} end
     * @returns {boolean} whether one of the signs stands between
     */
    #signed(open, end) {
      while (this.sign < open) this.sign = this.signs.next().value?.index ?? Infinity;
      return this.sign < end;
    }

    /**
     * @param {number} open
     * @param {Output} output
     */
    #leaveOutComment(open, output) {
      const end = this.markup.indexOf("-->", open + "<!--".length);
      if (end === -1) throw new OutOfStep();
      this.#putUpTo(open, output);
      this.done = this.at = end + "-->".length;
    }

    /**
     * @param {Element} element
     * @returns {Node} its parent as drawn
     */
    parentOf(element) {
      const parent = parentNode(element);
      return parent === null || parent === this.walker.root ? this.parent : parent;
    }

    /**
     * Asks whether the chain is rendered. The last of it, when it is, vouches for all around it.
     * @param {Output} output
     * @returns {boolean} false when an element of it is not: that is put out and passed over
     */
    #settle(output) {
      const { chain, opened } = this;
      if (chain.length === 0) return true;
      if (!checkVisibility.call(chain[chain.length - 1])) {
        for (const [index, element] of chain.entries()) {
          if (!notRendered(element, this.parentOf(element), false)) continue;
          const tag = localName(element);
          this.#cut(element, opened[index], output);
          if (tag !== "svg") output.put(emptied(tag, keptAttributes(tag, element)));
          chain.length = opened.length = 0;
          return false;
        }
      }
      chain.length = opened.length = 0;
      return true;
    }

    /**
     * @param {Element} element
     * @param {number} open
     * @param {Output} output
     */
    #cut(element, open, output) {
      this.#putUpTo(open, output);
      const markup = outerHTML(element);
      if (!this.markup.startsWith(markup, open)) throw new OutOfStep();
      this.#pass(element, open + markup.length);
      this.done = this.at;
    }

    /**
     * @param {Element} element
     * @param {number} past  where its markup ends
     */
    #pass(element, past) {
      this.at = past;
      this.walker.currentNode = element;
      let next = this.walker.nextSibling();
      while (next === null && this.walker.parentNode() !== null) next = this.walker.nextSibling();
      this.next = /** @type {Element | null} */ (next);
    }

    /**
     * @param {number} end
     * @param {Output} output
     */
    #putUpTo(end, output) {
      if (end > this.done) output.put(this.markup.slice(this.done, end));
    }
  }

  /**
   * Chromium up to 137 writes "<" in the value of an attribute as it is.
   * @returns {boolean} whether every "<" that this browser writes begins a tag or a comment
   */
  const tagsStandOut = () => {
    const probe = document.implementation.createHTMLDocument("").body;
    probe.title = "<>";
    return probe.outerHTML.includes("&lt;&gt;");
  };

  /**
   * What lies between two points of the page, in the order in which it is drawn.
   * @typedef {{ node: Node, offset: number, where: "in" | "before" | "after" }} Point  offset: only in text
   */
  class Selected {
    /**
     * @param {AbstractRange} range
     * @param {Element} body  whose content is walked
     */
    constructor(range, body) {
      this.points = [
        Selected.point(range.startContainer, range.startOffset),
        Selected.point(range.endContainer, range.endOffset),
      ];
      /** Elements around a point: the only ones to enter before the first. */
      this.around = new Set(this.points.flatMap(({ node }) => Selected.ancestors(node)));
      // "Select all" begins before the body.
      const [{ node, where }] = this.points;
      this.passed = where === "before" && !Selected.ancestors(node).slice(1).includes(body) ? 1 : 0;
    }

    /**
     * @param {Node} container
     * @param {number} offset
     * @returns {Point}
     */
    static point(container, offset) {
      if (nodeType(container) === Node.TEXT_NODE) return { node: container, offset, where: "in" };
      const child = container.childNodes[offset];
      return child ? { node: child, offset: 0, where: "before" } : { node: container, offset: 0, where: "after" };
    }

    /**
     * @param {Node} node
     * @returns {Node[]} itself and what it is drawn in, with slots
     */
    static ancestors(node) {
      const found = [];
      for (let at = /** @type {Node | null} */ (node); at !== null; ) {
        found.push(at);
        at = /** @type {Text} */ (at).assignedSlot ?? parentNode(at) ?? /** @type {ShadowRoot} */ (at).host ?? null;
      }
      return found;
    }

    get begun() {
      return this.passed === 1;
    }

    get ended() {
      return this.passed >= 2;
    }

    /**
     * @param {Node} node
     * @param {"before" | "after"} where
     */
    pass(node, where) {
      for (const point of this.points) if (point.node === node && point.where === where) this.passed += 1;
    }

    /**
     * @param {Text} text
     * @returns {string} what of it lies between the points
     */
    part(text) {
      const here = this.points.filter(({ node, where }) => node === text && where === "in");
      const bounds = here.map(({ offset }) => offset).sort((one, other) => one - other);
      if (this.begun) bounds.unshift(0);
      this.passed += here.length;
      const [from, to] = bounds;
      return from === undefined ? "" : text.data.slice(from, to);
    }
  }

  /**
   * @typedef {object} Place
   * @property {boolean} folded  inside a closed `<details>`
   * @property {boolean} inHead
   * @property {string | null} base  what addresses resolve against, in a frame with a base of its own
   * @property {boolean} copies  whether content may be copied, not only written by hand
   * @typedef {{ node: Node, parent: Node | null, place: Place }} Visit
   * @typedef {{ of: Node, end: string | null }} End  null for an element without tags of its own
   */

  /**
   * @param {Visit[]} nodes  nodes to write, last first
   * @param {Output} output
   * @param {Selected | null} selected  what to write of it; null for all
   */
  const write = (nodes, output, selected) => {
    // A stack of our own: pages nest deeper than the engine's call stack goes.
    /** @type {(Visit | End | Copy)[]} */
    const stack = [...nodes];
    for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
      if (visit instanceof Copy) {
        const node = visit.advance(output);
        if (node !== null) stack.push(visit, { node, parent: visit.parentOf(node), place: COPYING });
        continue;
      }
      if ("end" in visit) {
        selected?.pass(visit.of, "after");
        if (visit.end !== null) output.close(visit.end);
        continue;
      }
      if (selected?.ended) continue;
      const { node, parent, place } = visit;
      selected?.pass(node, "before");
      const type = nodeType(node);
      if (type === Node.TEXT_NODE || type === Node.CDATA_SECTION_NODE) {
        const text = selected ? selected.part(/** @type {Text} */ (node)) : /** @type {Text} */ (node).data;
        if (output.waiting.length === 0 || text.trim()) output.put(escapeText(text));
      }
      if (type !== Node.ELEMENT_NODE || selected?.ended) continue;

      const element = /** @type {Element} */ (node);
      if (selected && !selected.begun && !selected.around.has(element)) continue;
      const tag = localName(element);
      const isHTML = namespace(element) === HTML;
      if (LEFT_OUT.has(tag)) continue;
      if (isHTML && tag === "noscript") {
        const images = imagesOf(element, place.base);
        if (images) output.put(images);
        continue;
      }
      if (tag === "script") {
        // Beside a selection all of the page's stand together.
        if (isHTML && !selected) output.put(structuredData(element));
        continue;
      }
      const kept = keptAttributes(tag, element, place.base);
      if (isHTML && tag === "link" && !LINKS_TO_KEEP.test(kept.get("rel") ?? "") && !kept.has("itemprop")) continue;
      if (isHTML && tag === "meta") {
        if (kept.has("charset")) continue;
        if (kept.has("http-equiv") && !PRAGMAS_TO_KEEP.test(kept.get("http-equiv") ?? "")) continue;
      }
      if (isHTML && tag === "img") resolveImage(/** @type {HTMLImageElement} */ (element), kept);

      const inHead = place.inHead || tag === "head";
      const judged = !inHead && parent !== null && !METADATA.has(tag) && (isHTML || tag === "svg");
      if (judged && notRendered(element, parent, place.folded)) {
        // An <svg> is a sheet of icons.
        if (isHTML && !selected) output.put(emptied(tag, kept));
        continue;
      }
      if (selected && styleOf(element).userSelect === "none") continue;

      const story = isHTML && (tag === "iframe" || tag === "frame") ? storyIn(element) : null;
      if (story) {
        const base = baseURI(story) === baseURI(document) ? null : baseURI(story);
        const inside = { folded: false, inHead: false, base, copies: false };
        output.open("<div>");
        stack.push({ of: element, end: "</div>" });
        for (const child of drawnChildren(story, "body")) stack.push({ node: child, parent: story, place: inside });
        continue;
      }
      if (parent === null) kept.set("data-personae-snapshot", "1");
      // A slot is a place, not an element of the page: what fills it stands there by itself.
      const isPlace = isHTML && tag === "slot";
      const written = tag === "frameset" || tag === "frame" ? "div" : tag;
      if (selected && SHOWS_ITSELF.has(tag)) output.put(startTag(written, kept));
      else if (VOID.has(tag) && output.waiting.length > 0) continue;
      else if (isHTML && VOID.has(tag)) output.put(startTag(written, kept));
      else if (!isPlace) output.open(startTag(written, kept));
      if (isHTML && VOID.has(tag)) continue;
      if (tag === "head") output.put(`<meta charset="utf-8"><base href="${escapeValue(baseURI(document))}">`);
      stack.push({ of: element, end: isPlace ? null : `</${written}>` });
      if (isHTML && (WITHOUT_CONTENT.has(tag) || typedInto(element, tag))) continue;

      const folds = tag === "details" && !kept.has("open");
      const copies = place.copies && isHTML && !inHead && !folds;
      const within = folds || inHead ? { ...place, folded: place.folded || folds, inHead, copies } : place;
      const children = drawnChildren(element, tag);
      const first = children.at(-1);
      // The parser drops a line feed that begins a <pre>; a second one keeps the first.
      if (!selected && (tag === "pre" || tag === "listing") && first?.nodeValue?.startsWith("\n")) output.put("\n");
      const filled = isPlace && children.length > 0 && parentNode(children[0]) !== element;
      if (copies && !filled && parent !== null && children.length > 0) {
        stack.push(new Copy(shadowRoot(element) ?? element, element));
        continue;
      }
      for (const child of children) stack.push({ node: child, parent: element, place: within });
    }
  };

  /** @type {Place} */
  const OUTSIDE = { folded: false, inHead: false, base: null, copies: false };
  const COPYING = { ...OUTSIDE, copies: true };

  /**
   * @param {Element} root
   * @returns {string}
   * @throws {TooLarge}
   */
  const wholePage = (root) => {
    /** @param {Place} place */
    const written = (place) => {
      const output = new Output(false);
      write([{ node: root, parent: null, place }], output, null);
      return output.parts.join("");
    };
    // As XML the browser would write another syntax.
    if (!/^text\//i.test(contentType(document)) || !tagsStandOut()) return written(OUTSIDE);
    try {
      return written(COPYING);
    } catch (error) {
      // Nodes that only scripts can make, such as a comment with "-->" in it.
      if (error instanceof OutOfStep) return written(OUTSIDE);
      throw error;
    }
  };

  /**
   * @param {Document | ShadowRoot} tree
   * @returns {ShadowRoot[]} all open ones in it, nested ones too
   */
  const openRoots = (tree) =>
    Array.from(tree.querySelectorAll("*"), (element) => shadowRoot(element)).flatMap((root) =>
      root === null ? [] : [root, ...openRoots(root)],
    );

  /**
   * @param {Document} page
   * @returns {AbstractRange[]} what is selected in it; in a frame of it when the reader went there last
   */
  const selectedIn = (page) => {
    const frames = Array.from(page.querySelectorAll("iframe, frame"));
    frames.sort((one, other) => Number(other === page.activeElement) - Number(one === page.activeElement));
    const inner = () => frames.map(documentIn).flatMap((one) => (one ? [selectedIn(one)] : []));
    const inFrame = page.activeElement !== null && frames[0] === page.activeElement;
    const candidates = inFrame ? [...inner(), rangesOf(page)] : [rangesOf(page), ...inner()];
    return candidates.find((ranges) => ranges.length > 0) ?? [];
  };

  /** @param {Document} page */
  const rangesOf = (page) => {
    const selection = viewOf(page)?.getSelection() ?? null;
    if (selection === null) return [];
    // Newer than the type library: what is selected inside shadow trees.
    const composed = /** @type {any} */ (selection).getComposedRanges;
    /** @type {AbstractRange[]} */
    const ranges =
      selection.rangeCount === 1 && composed
        ? composed.call(selection, { shadowRoots: openRoots(page) })
        : Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index));
    return ranges.filter((range) => !range.collapsed);
  };

  /**
   * @param {Element} root
   * @returns {string | null} the page's head, and of its body the selection; null when there is none
   * @throws {TooLarge}
   */
  const justSelection = (root) => {
    const ranges = selectedIn(document);
    const body = ranges.length > 0 ? bodyOf(ownerDocument(ranges[0].startContainer)) : null;
    if (body === null) return null;
    const output = new Output(true);
    const html = keptAttributes("html", root).set("data-personae-snapshot", "1").set("data-personae-selection", "");
    output.put(startTag("html", html));
    output.patient = false;
    const head = querySelector.call(root, "head");
    if (head) write([{ node: head, parent: root, place: OUTSIDE }], output, null);
    output.patient = true;
    output.put("<body>");
    for (const script of querySelectorAll.call(root, "body script")) output.put(structuredData(script));
    const before = output.length;
    const base = baseURI(body) === baseURI(document) ? null : baseURI(body);
    for (const range of ranges) {
      const nodes = drawnChildren(body, "body").map((node) => ({ node, parent: body, place: { ...OUTSIDE, base } }));
      write(nodes, output, new Selected(range, body));
    }
    if (output.length === before) return null;
    output.put("</body></html>");
    return output.parts.join("");
  };

  try {
    if (readyState(document) === "loading") {
      await new Promise((resolve) => {
        document.addEventListener("DOMContentLoaded", resolve, { once: true });
        setTimeout(resolve, WAIT_FOR_PARSER_MS);
      });
    }
    const type = contentType(document);
    const root = documentElement(document);
    if (!root || namespace(root) !== HTML || !HTML_TYPES.test(type)) {
      return { trouble: "not_html", detail: type };
    }
    const onlySelection = Reflect.get(globalThis, "personaeJustSelection") === true;
    Reflect.deleteProperty(globalThis, "personaeJustSelection");
    const html = onlySelection ? justSelection(root) : wholePage(root);
    if (html === null) return { trouble: "nothing_selected", detail: "" };
    return { html, url: location.href };
  } catch (error) {
    if (error instanceof TooLarge) return { trouble: "page_too_large", detail: String(MAX_CHARACTERS / 1_000_000) };
    return { trouble: "snapshot_failed", detail: String(error) };
  }
})();
