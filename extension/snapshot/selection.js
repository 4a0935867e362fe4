/**
 * What a reader selected.
 *
 * One of the classic scripts of the snapshot, see snapshot.js: what it declares, those after it use. `var`,
 * because a page may get them twice.
 */

/**
 * What lies between two points of the page, in the order in which it is drawn.
 * @typedef {{ node: Node, offset: number, where: "in" | "before" | "after" }} Point  offset: only in text
 * @typedef {Point & { around: Set<Node> }} Ahead  with its node and all that this is drawn in
 */
var Selected = class {
  /**
   * @param {AbstractRange} range
   * @param {Element} body  whose content is walked
   */
  constructor(range, body) {
    const [start, end] = [
      Selected.point(range.startContainer, range.startOffset),
      Selected.point(range.endContainer, range.endOffset),
    ].map((point) => ({ ...point, around: Selected.around(point.node) }));
    /** Elements around a point: the only ones to enter before the first. */
    this.around = new Set([...start.around, ...end.around]);
    // "Select all" begins before the body.
    const begun = start.where === "before" && (start.node === body || !start.around.has(body));
    /** @type {Ahead[]} */
    this.ahead = begun ? [end] : [start, end];
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
   * @returns {Set<Node>} itself and what it is drawn in, with slots
   */
  static around(node) {
    /** @type {Set<Node>} */
    const found = new Set();
    for (let at = /** @type {Node | null} */ (node); at !== null; ) {
      found.add(at);
      at = /** @type {Text} */ (at).assignedSlot ?? parentNode(at) ?? /** @type {ShadowRoot} */ (at).host ?? null;
    }
    return found;
  }

  get begun() {
    return this.ahead.length === 1;
  }

  get ended() {
    return this.ahead.length === 0;
  }

  /** @param {Node} node  to be written next */
  reach(node) {
    if (!this.around.has(node)) return;
    this.ahead = this.ahead.filter((point) => point.node !== node || point.where !== "before");
  }

  /** @param {Node} node  written, or passed over with all the points in it */
  leave(node) {
    if (this.around.has(node)) this.ahead = this.ahead.filter(({ around }) => !around.has(node));
  }

  /**
   * @param {Text} text
   * @returns {string} what of it lies between the points
   */
  part(text) {
    const here = this.ahead.filter(({ node, where }) => node === text && where === "in");
    const bounds = here.map(({ offset }) => offset).sort((one, other) => one - other);
    if (this.begun) bounds.unshift(0);
    const [from, to] = bounds;
    return from === undefined ? "" : text.data.slice(from, to);
  }
};
/** @typedef {InstanceType<typeof Selected>} Selected */

/**
 * @param {Document | ShadowRoot} tree
 * @returns {ShadowRoot[]} all open ones in it, nested ones too
 */
var openRoots = (tree) =>
  Array.from(tree.querySelectorAll("*"), (element) => shadowRoot(element)).flatMap((root) =>
    root === null ? [] : [root, ...openRoots(root)],
  );

/**
 * @param {Document} page
 * @returns {AbstractRange[]} what is selected in it; in a frame of it when the reader went there last
 */
var selectedIn = (page) => {
  const frames = Array.from(page.querySelectorAll("iframe, frame"));
  frames.sort((one, other) => Number(other === page.activeElement) - Number(one === page.activeElement));
  const inner = () => frames.map(documentIn).flatMap((one) => (one ? [selectedIn(one)] : []));
  const inFrame = page.activeElement !== null && frames[0] === page.activeElement;
  const candidates = inFrame ? [...inner(), rangesOf(page)] : [rangesOf(page), ...inner()];
  return candidates.find((ranges) => ranges.length > 0) ?? [];
};

/** @param {Document} page */
var rangesOf = (page) => {
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
