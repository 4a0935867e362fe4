/**
 * Moving sideways through a story in vertical lines with what moves down any other: the wheel, and the keys that
 * turn a page. A finger, a trackpad and the browser's own keys move it without this.
 */

import { find, required } from "../shared/dom.js";
import { scrollToPosition, isVertical, scrollPosition, visibleExtent, maxScrollPosition } from "../shared/scroll_axis.js";

const COARSE = 40; // CSS pixels: a single turn of a wheel is at least as much
const GLIDE = 400; // ms in which the browser glides to where a wheel sent it
const LINE = 40; // CSS pixels for a wheel that counts lines
const PAGE = 0.85; // of the window: how far a page is turned

/** What each key does, in parts of the window; the ends of the story are infinitely far. */
const KEYS = new Map([
  ["PageDown", PAGE],
  ["PageUp", -PAGE],
  ["ArrowDown", 0.1],
  ["ArrowUp", -0.1],
  ["End", Infinity],
  ["Home", -Infinity],
]);
const USES_KEYS = "input, textarea, select, button, summary, [contenteditable], [popover], .cast, dialog";

const page = required(".page");
/** Where the last turn of a wheel sends the story, and when it will be there. */
let aim = 0;
let arrival = 0;

/** @param {number} place */
function within(place) {
  return Math.min(Math.max(place, 0), maxScrollPosition());
}

/**
 * @param {Element} from
 * @returns {boolean} whether something in the page, such as a long table, scrolls up and down itself
 */
function scrollsItself(from) {
  for (let element = /** @type {Element | null} */ (from); element && element !== page; element = element.parentElement) {
    const canScroll = element.scrollHeight > element.clientHeight + 1;
    if (canScroll && /auto|scroll/.test(getComputedStyle(element).overflowY)) return true;
  }
  return page.scrollHeight > page.clientHeight + 1; // a low window
}

/** @param {WheelEvent} event */
function onWheel(event) {
  const isDown = Math.abs(event.deltaY) > Math.abs(event.deltaX) && !event.ctrlKey && !event.shiftKey;
  if (!isDown || !isVertical() || !(event.target instanceof Element)) return;
  if (scrollsItself(event.target) || event.target.closest("[popover]")) return;
  event.preventDefault();
  const unit = { [WheelEvent.DOM_DELTA_LINE]: LINE, [WheelEvent.DOM_DELTA_PAGE]: visibleExtent().end }[event.deltaMode] ?? 1;
  const by = event.deltaY * unit;
  if (Math.abs(by) < COARSE) {
    scrollToPosition(scrollPosition() + by, "instant");
    return;
  }
  aim = within((performance.now() < arrival ? aim : scrollPosition()) + by);
  arrival = performance.now() + GLIDE;
  scrollToPosition(aim);
}

/** @param {KeyboardEvent} event */
function onKeyDown(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !isVertical()) return;
  const { target, key, shiftKey } = event;
  if (!(target instanceof Element) || find("dialog[open]") || target.closest(USES_KEYS)) return;
  const turn = key === " " ? PAGE * (shiftKey ? -1 : 1) : KEYS.get(key);
  if (turn === undefined || scrollsItself(target)) return;
  event.preventDefault();
  scrollToPosition(within(Number.isFinite(turn) ? scrollPosition() + turn * visibleExtent().end : turn));
}

export function start() {
  page.addEventListener("wheel", onWheel, { passive: false });
  document.addEventListener("keydown", onKeyDown);
}
