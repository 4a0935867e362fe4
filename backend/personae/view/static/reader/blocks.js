/**
 * The story as a reader goes through it: paragraph by paragraph. A block is what directly holds text (a
 * paragraph, a heading, an item) or stands for itself (a figure, a table, code).
 */

const WHOLE = "figure, .scroll, pre";
const HOLDERS = "p, li, h2, h3, h4, h5, h6, blockquote, dt, dd, div:not(.story), section";
const LINE = 0.4; // of the window's height: where eyes rest

const story = document.querySelector(".story");

/** @returns {HTMLElement[]} in reading order; without removed blocks that the reader put back */
export function blocks() {
  const found = new Set();
  const walker = document.createTreeWalker(story, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isText = node.nodeType === Node.TEXT_NODE && node.data.trim() !== "";
    if (!isText && node.nodeName !== "FIGURE") continue;
    const block = blockOf(node);
    if (block) found.add(block);
  }
  return [...found];
}

/**
 * @param {Node} node
 * @returns {HTMLElement | null} the block that holds it
 */
export function blockOf(node) {
  const element = node instanceof Element ? node : node.parentElement;
  if (!element || !story.contains(element)) return null;
  const block = element.closest(WHOLE) ?? element.closest(HOLDERS);
  return block && story.contains(block) && !block.closest(".put-back") ? block : null;
}

/** Where the bar ends, from the top of the window in CSS pixels. */
export function barHeight() {
  return document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
}

/**
 * Where in the window the reader reads, in CSS pixels from its top: at the beginning of the page below the
 * bar, then some way down.
 */
export function readingLine() {
  const line = innerHeight * LINE;
  const top = barHeight();
  return top + (line - top) * Math.min(1, scrollY / Math.max(line, 1));
}

/**
 * @param {HTMLElement[]} among  in reading order
 * @param {number} [line]  from the top of the window
 * @returns {number} the index of the one at the line, else of the last above it, else -1
 */
export function indexAt(among, line = readingLine()) {
  let index = -1;
  for (const [i, block] of among.entries()) {
    if (block.getBoundingClientRect().top > line) break;
    index = i;
  }
  return index;
}

/**
 * Bring a block to where the reader reads.
 * @param {Element} block
 */
export function bring(block) {
  const { top, height } = block.getBoundingClientRect();
  const room = innerHeight - barHeight();
  const above = height > room * 0.6 ? 0.12 : 0.25;
  scrollTo({ top: scrollY + top - barHeight() - room * above });
}
