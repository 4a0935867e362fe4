/**
 * The story as a reader goes through it: paragraph by paragraph. A block is what directly holds text (a
 * paragraph, a heading, an item) or stands for itself (a figure, a table, code).
 */

import { goAlong, passed, stretch, view } from "./scroll_axis.js";

const WHOLE = "figure, .scroll, pre";
const HOLDERS = "p, li, h2, h3, h4, h5, h6, blockquote, dt, dd, div:not(.story), section";
const LINE = 0.4; // of the window: where eyes rest

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

/**
 * Where in the window the reader reads, along the way: at the beginning of the page at the window's edge, below
 * the bar, then some way on.
 */
export function readingLine() {
  const { start, end } = view();
  const line = end * LINE;
  return start + (line - start) * Math.min(1, passed() / Math.max(line, 1));
}

/**
 * @param {HTMLElement} block
 * @returns {boolean} false when it is folded, and so has no place
 */
export function isShown(block) {
  return block.checkVisibility();
}

/**
 * @param {HTMLElement[]} among  in reading order; those that are not shown are passed over
 * @param {number} [line]  along the way
 * @returns {number} the index of the one at the line, else of the last before it, else -1
 */
export function indexAt(among, line = readingLine()) {
  let index = -1;
  for (const [i, block] of among.entries()) {
    if (!isShown(block)) continue;
    if (stretch(block).start > line) break;
    index = i;
  }
  return index;
}

/**
 * Bring a block to where the reader reads.
 * @param {Element} block
 */
export function bring(block) {
  const { start, end } = stretch(block);
  const seen = view();
  const room = seen.end - seen.start;
  const before = end - start > room * 0.6 ? 0.12 : 0.25;
  goAlong(passed() + start - seen.start - room * before);
}
