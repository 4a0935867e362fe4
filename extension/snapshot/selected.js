/**
 * What a reader selected.
 *
 * One of the classic scripts of the snapshot, see snapshot.js: what it declares, those after it use. `var`,
 * because a page may get them twice.
 */

/**
 * What lies between two points of the page, in the order in which it is drawn.
 * @typedef {{ node: Node, offset: number, where: "in" | "before" | "after" }} Point  offset: only in text
 */
var Selected = class {
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
