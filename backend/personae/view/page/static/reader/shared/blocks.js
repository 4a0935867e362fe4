/**
 * The story as a reader goes through it: paragraph by paragraph. A block is what directly holds text (a
 * paragraph, a heading, an item) or stands for itself (a figure, a table, code).
 */

import { closest, required } from "./dom.js";
import { extentOf, scrollPosition, scrollToPosition, visibleExtent } from "./scroll_axis.js";

const WHOLE = "figure, .scroll, pre";
const HOLDERS = "p, li, h2, h3, h4, h5, h6, blockquote, dt, dd, div:not(.story), section";
const LINE = 0.4; // of the window: where eyes rest

const story = required(".story");

/** @returns {HTMLElement[]} in reading order; without removed blocks that the reader put back */
export function blocks() {
  /** @type {Set<HTMLElement>} */
  const found = new Set();
  const walker = document.createTreeWalker(story, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isText = node instanceof Text && node.data.trim() !== "";
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
  const block = closest(element, WHOLE) ?? closest(element, HOLDERS);
  return block && story.contains(block) && !block.closest(".put-back") ? block : null;
}

/**
 * Return where in the window the reader reads, along the axis of scrolling: at the beginning of the page at the
 * window's edge, below the bar, then some way on.
 */
export function readingLine() {
  const { start, end } = visibleExtent();
  const line = end * LINE;
  return start + (line - start) * Math.min(1, scrollPosition() / Math.max(line, 1));
}

/**
 * @param {HTMLElement} block
 * @returns {boolean} false when it is folded, and so has no place
 */
export function isShown(block) {
  return block.checkVisibility();
}

/**
 * @param {HTMLElement[]} candidates  in reading order; those that are not shown are passed over
 * @param {number} [line]  along the axis of scrolling
 * @returns {number} the index of the one at the line, else of the last before it, else -1
 */
export function indexAt(candidates, line = readingLine()) {
  let index = -1;
  for (const [i, block] of candidates.entries()) {
    if (!isShown(block)) continue;
    if (extentOf(block).start > line) break;
    index = i;
  }
  return index;
}

/**
 * Scroll a block to where the reader reads.
 * @param {Element} block
 */
export function scrollToBlock(block) {
  const { start, end } = extentOf(block);
  const visible = visibleExtent();
  const room = visible.end - visible.start;
  const before = end - start > room * 0.6 ? 0.12 : 0.25;
  scrollToPosition(scrollPosition() + start - visible.start - room * before);
}
