/**
 * The way through the story: down the page; or sideways through the window, where the lines are vertical (see
 * style/vertical.css). All places are told along it, in CSS pixels.
 */

const page = document.querySelector(".page");
const root = document.documentElement;

/**
 * Where a box begins and ends along the way, from the edge of the window where the way begins.
 * @typedef {{ start: number, end: number }} Stretch
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 */

function mode() {
  return page ? getComputedStyle(page).writingMode : "horizontal-tb";
}

export function isVertical() {
  return mode() !== "horizontal-tb";
}

/**
 * @param {Box} box  from the top left corner of the window
 * @returns {Stretch}
 */
export function along({ left, top, right, bottom }) {
  const lines = mode();
  if (lines === "horizontal-tb") return { start: top, end: bottom };
  const from = page.getBoundingClientRect().left + page.clientLeft;
  const to = from + page.clientWidth;
  return lines === "vertical-lr" ? { start: left - from, end: right - from } : { start: to - right, end: to - left };
}

/**
 * @param {Element | Range} what
 * @returns {Stretch}
 */
export function stretch(what) {
  return along(what.getBoundingClientRect());
}

/** @returns {Stretch} the part of the window in which the story is seen */
export function view() {
  if (isVertical()) return { start: 0, end: page.clientWidth };
  return { start: document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0, end: innerHeight };
}

/** How far the reader has come. */
export function passed() {
  return isVertical() ? Math.abs(page.scrollLeft) : scrollY;
}

/** How far one can come. */
export function wayLength() {
  return isVertical() ? page.scrollWidth - page.clientWidth : root.scrollHeight - innerHeight;
}

/**
 * @param {number} place  as `passed` tells it
 * @param {ScrollBehavior} [behavior]
 */
export function goAlong(place, behavior = "auto") {
  const lines = mode();
  if (lines === "horizontal-tb") scrollTo({ top: place, behavior });
  else page.scrollTo({ left: lines === "vertical-lr" ? place : -place, behavior });
}

/**
 * Call whenever the reader moves along the way.
 * @param {() => void} listener
 * @param {AbortSignal} [signal]
 */
export function onWay(listener, signal) {
  for (const port of [globalThis, page]) port?.addEventListener("scroll", listener, { passive: true, signal });
}

/**
 * Where something small stands beside a vertical line.
 * @param {Box} box  of what it belongs to
 * @param {{ width: number, height: number, gap: number, isOverRead?: boolean }} small  whether it is to stand over
 *   what has been read, where there is room for it
 * @returns {{ left: number, top: number } | null} null where lines are horizontal, or on neither side is room
 */
export function besideLine(box, { width, height, gap, isOverRead = false }) {
  const lines = mode();
  if (lines === "horizontal-tb") return null;
  const left = box.left - gap - width;
  const right = box.right + gap;
  const isRightFirst = (lines === "vertical-rl") === isOverRead;
  const fits = [isRightFirst ? right : left, isRightFirst ? left : right].find(
    (x) => x >= gap && x + width <= innerWidth - gap,
  );
  if (fits === undefined) return null;
  const least = page.getBoundingClientRect().top + gap;
  return { left: fits, top: Math.max(least, Math.min(box.top, innerHeight - height - gap)) };
}
