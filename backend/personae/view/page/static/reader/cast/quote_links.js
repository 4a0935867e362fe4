/**
 * Links of an actor's card to words of the text (a quotation, the phrase that says who somebody is): the page
 * goes there and, where the browser can, shows the very words until Escape or the next click.
 */

import { closest, isPlainClick } from "../shared/dom.js";
import { scrollToPosition, scrollPosition, extentOf, visibleExtent } from "../shared/scroll_axis.js";

const NAME = "told";

/**
 * Find words within a paragraph.
 * @param {Element} paragraph
 * @param {number} skip  characters before them, white space not counted
 * @param {number} length  characters in them, white space not counted
 * @returns {Range | null} null when the paragraph ends before them
 */
function findRange(paragraph, skip, length) {
  const range = document.createRange();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let count = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let offset = 0;
    for (const character of node.nodeValue ?? "") {
      if (/\S/u.test(character)) {
        if (count === skip) range.setStart(node, offset);
        count += 1;
        if (count === skip + length) {
          range.setEnd(node, offset + character.length);
          return range;
        }
      }
      offset += character.length;
    }
  }
  return null;
}

function clearHighlight() {
  CSS.highlights?.delete(NAME);
}

/**
 * @param {HTMLAnchorElement} link
 * @returns {boolean} whether the page has its words
 */
function show(link) {
  const paragraph = document.getElementById(link.hash.slice(1));
  const range = paragraph && findRange(paragraph, Number(link.dataset.skip), Number(link.dataset.length));
  if (!paragraph || !range) return false;
  closest(link, "[popover]")?.hidePopover?.();
  paragraph.tabIndex = -1;
  paragraph.focus({ preventScroll: true });
  scrollToPosition(scrollPosition() + extentOf(range).start - visibleExtent().end * 0.35);
  if (CSS.highlights) CSS.highlights.set(NAME, new Highlight(range));
  return true;
}

/** @param {MouseEvent} event */
function onClick(event) {
  if (!isPlainClick(event)) return;
  clearHighlight();
  /** @type {HTMLAnchorElement | null} */
  const link = closest(event.target, "a[data-skip]");
  if (link && show(link)) event.preventDefault();
}

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clearHighlight();
  });
}
