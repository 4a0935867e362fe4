/**
 * Writing nodes, one after the other, by copying where that is enough.
 *
 * One of the classic scripts of the snapshot, see snapshot.js: what it declares, those after it use. `var`,
 * because a page may get them twice.
 */

/**
 * @typedef {object} Place
 * @property {boolean} folded  inside a closed `<details>`
 * @property {boolean} inHead
 * @property {string | null} base  what addresses resolve against, in a frame with a base of its own
 * @property {boolean} copies  whether content may be copied, not only written by hand
 * @typedef {{ node: Node, parent: Node | null, place: Place }} Visit
 * @typedef {{ end: string }} End
 * @typedef {{ leave: Node }} Leave
 */

/** @type {Place} */
var OUTSIDE = { folded: false, inHead: false, base: null, copies: false };

var COPYING = { ...OUTSIDE, copies: true };

/**
 * @param {Visit[]} nodes  nodes to write, last first
 * @param {Output} output
 * @param {Selected | null} selected  what to write of it; null for all
 */
var write = (nodes, output, selected) => {
  // A stack of our own: pages nest deeper than the engine's call stack goes.
  /** @type {(Visit | End | Leave | Copy)[]} */
  const stack = [...nodes];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    if (visit instanceof Copy) {
      const node = visit.advance(output);
      if (node !== null) stack.push(visit, { node, parent: visit.parentOf(node), place: COPYING });
      continue;
    }
    if ("end" in visit) {
      output.close(visit.end);
      continue;
    }
    if ("leave" in visit) {
      selected?.leave(visit.leave);
      continue;
    }
    if (selected?.ended) continue;
    const { node, parent, place } = visit;
    if (selected) {
      selected.reach(node);
      // However much of it is written: no point in it is still to come after it.
      stack.push({ leave: node });
    }
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
    if (isHTML && tag === "noscript" && scriptsRun(element)) {
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
      stack.push({ end: "</div>" });
      for (const child of drawnChildren(story, "body")) stack.push({ node: child, parent: story, place: inside });
      continue;
    }
    if (parent === null) kept.set("data-personae-snapshot", "1");
    // Places, not elements of the page: what fills a slot, or is shown for want of scripts, stands there by itself.
    const isPlace = isHTML && (tag === "slot" || tag === "noscript");
    const written = tag === "frameset" || tag === "frame" ? "div" : tag;
    if (selected && SHOWS_ITSELF.has(tag)) output.put(startTag(written, kept));
    else if (VOID.has(tag) && output.waiting.length > 0) continue;
    else if (isHTML && VOID.has(tag)) output.put(startTag(written, kept));
    else if (!isPlace) output.open(startTag(written, kept));
    if (isHTML && VOID.has(tag)) continue;
    if (tag === "head") output.put(`<meta charset="utf-8"><base href="${escapeValue(baseURI(document))}">`);
    if (!isPlace) stack.push({ end: `</${written}>` });
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
