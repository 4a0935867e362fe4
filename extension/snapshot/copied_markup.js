/**
 * Copying what the browser writes of plain elements, in pieces as large as they go.
 *
 * One of the classic scripts of the snapshot, see snapshot.js: what it declares, those after it use. `var`,
 * because a page may get them twice.
 */

var OutOfStep = class extends Error {};

/**
 * The content of an element as the browser writes it, gone through tag by tag beside the elements
 * themselves. Pieces of it are put out as they are, up to what must be cut, changed or written by hand.
 *
 * Relies on "<" and ">" standing for nothing but tags and comments, see `tagsStandOut`.
 */
var Copy = class {
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
      if (!this.#settle(output, !STEPS.has(tag))) return null;
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
   * Asks whether the chain is rendered. The last of it, when it and its content are, vouches for all around it.
   * @param {Output} output
   * @param {boolean} [holdsText]  whether text may stand in the last of it; a picture has none to skip
   * @returns {boolean} false when an element of it is not: that is put out and passed over
   */
  #settle(output, holdsText = true) {
    const { chain, opened } = this;
    if (chain.length === 0) return true;
    const last = chain[chain.length - 1];
    if (!checkVisibility.call(last) || (holdsText && hidesContent(getComputedStyle(last)))) {
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
};
/** @typedef {InstanceType<typeof Copy>} Copy */

/**
 * Chromium up to 137 writes "<" in the value of an attribute as it is.
 * @returns {boolean} whether every "<" that this browser writes begins a tag or a comment
 */
var tagsStandOut = () => {
  const probe = document.implementation.createHTMLDocument("").body;
  probe.title = "<>";
  return probe.outerHTML.includes("&lt;&gt;");
};
