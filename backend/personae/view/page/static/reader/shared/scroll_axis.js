/**
 * The axis along which the story scrolls: down the page; or sideways through the window, where the lines are
 * vertical (see style/vertical.css). All positions are measured along it, in CSS pixels.
 */

import { find, required } from "./dom.js";

const page = required(".page");
const root = document.documentElement;

/**
 * Where a box begins and ends along the axis, from the edge of the window where the axis begins.
 * @typedef {{ start: number, end: number }} Extent
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 */

function writingMode() {
  return getComputedStyle(page).writingMode;
}

export function isVertical() {
  return writingMode() !== "horizontal-tb";
}

/**
 * @param {Box} box  from the top left corner of the window
 * @returns {Extent}
 */
export function boxExtent({ left, top, right, bottom }) {
  const mode = writingMode();
  if (mode === "horizontal-tb") return { start: top, end: bottom };
  const from = page.getBoundingClientRect().left + page.clientLeft;
  const to = from + page.clientWidth;
  return mode === "vertical-lr" ? { start: left - from, end: right - from } : { start: to - right, end: to - left };
}

/**
 * @param {Element | Range} target
 * @returns {Extent}
 */
export function extentOf(target) {
  return boxExtent(target.getBoundingClientRect());
}

/** @returns {Extent} the part of the window in which the story is seen */
export function visibleExtent() {
  if (isVertical()) return { start: 0, end: page.clientWidth };
  return { start: Math.max(find(".bar")?.getBoundingClientRect().bottom ?? 0, 0), end: innerHeight };
}

/** Return how far the story is scrolled. */
export function scrollPosition() {
  return isVertical() ? Math.abs(page.scrollLeft) : scrollY;
}

/** Return how far the story can be scrolled. */
export function maxScrollPosition() {
  return isVertical() ? page.scrollWidth - page.clientWidth : root.scrollHeight - innerHeight;
}

/**
 * @param {number} position  as `scrollPosition` returns it
 * @param {ScrollBehavior} [behavior]
 */
export function scrollToPosition(position, behavior = "auto") {
  const mode = writingMode();
  if (mode === "horizontal-tb") scrollTo({ top: position, behavior });
  else page.scrollTo({ left: mode === "vertical-lr" ? position : -position, behavior });
}

/**
 * Call a listener whenever the story is scrolled.
 * @param {() => void} listener
 * @param {AbortSignal} [signal]
 */
export function onScroll(listener, signal) {
  for (const port of [globalThis, page]) port.addEventListener("scroll", listener, { passive: true, signal });
}

/**
 * Return where something small stands beside a vertical line.
 * @param {Box} box  of what it belongs to
 * @param {{ width: number, height: number, gap: number, isOverRead?: boolean }} small  whether it is to stand over
 *   what has been read, where there is room for it
 * @returns {{ left: number, top: number } | null} null where lines are horizontal, or there is room on neither side
 */
export function besideLine(box, { width, height, gap, isOverRead = false }) {
  const mode = writingMode();
  if (mode === "horizontal-tb") return null;
  const left = box.left - gap - width;
  const right = box.right + gap;
  const isRightFirst = (mode === "vertical-rl") === isOverRead;
  const fits = [isRightFirst ? right : left, isRightFirst ? left : right].find(
    (x) => x >= gap && x + width <= innerWidth - gap,
  );
  if (fits === undefined) return null;
  const least = page.getBoundingClientRect().top + gap;
  return { left: fits, top: Math.max(least, Math.min(box.top, innerHeight - height - gap)) };
}
