/**
 * Links of an actor's card to words of the text (a quotation, the phrase that says who somebody is): the page
 * goes there and, where the browser can, shows the very words until Escape or the next click.
 */

import { goAlong, passed, stretch, view } from "../shared/scroll_axis.js";

const NAME = "told";

/**
 * Find words within a paragraph.
 * @param {Element} paragraph
 * @param {number} skip  characters before them, white space not counted
 * @param {number} length  characters in them, white space not counted
 * @returns {Range | null} null when the paragraph ends before them
 */
export function rangeOf(paragraph, skip, length) {
  const range = document.createRange();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let offset = 0;
    for (const character of node.data) {
      if (/\S/u.test(character)) {
        if (passed === skip) range.setStart(node, offset);
        passed += 1;
        if (passed === skip + length) {
          range.setEnd(node, offset + character.length);
          return range;
        }
      }
      offset += character.length;
    }
  }
  return null;
}

function forget() {
  CSS.highlights?.delete(NAME);
}

/** @param {HTMLAnchorElement} link */
function show(link) {
  const paragraph = document.getElementById(link.hash.slice(1));
  const range = paragraph && rangeOf(paragraph, Number(link.dataset.skip), Number(link.dataset.length));
  if (!range) return false;
  link.closest("[popover]")?.hidePopover?.();
  paragraph.tabIndex = -1;
  paragraph.focus({ preventScroll: true });
  goAlong(passed() + stretch(range).start - view().end * 0.35);
  if (CSS.highlights) CSS.highlights.set(NAME, new Highlight(range));
  return true;
}

/** @param {MouseEvent} event */
function onClick(event) {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  forget();
  const link = event.target instanceof Element ? event.target.closest("a[data-skip]") : null;
  if (link && show(link)) event.preventDefault();
}

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") forget();
  });
}
