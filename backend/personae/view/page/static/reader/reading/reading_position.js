/**
 * Where the reader was: on return the page opens there, and offers the top. Kept as a block and how much of it
 * had been read, so that it holds for any window and size of text. A link to a place wins.
 */

import { blocks, indexAt, isShown } from "../shared/blocks.js";
import { element, required } from "../shared/dom.js";
import { articleStorage } from "../shared/article_storage.js";
import { onSetting } from "../shared/settings.js";
import { scrollToPosition, isVertical, onScroll, scrollPosition, extentOf, visibleExtent } from "../shared/scroll_axis.js";
import { message } from "../shared/messages.js";

const BEYOND = 24; // CSS pixels from the bar, or the window's edge: where the first line read stands
const SAVING_DELAY = 300; // ms without scrolling before the place is written

const storage = articleStorage("positions");
/** The position of scrolling to which the page was brought. */
let restored = 0;

function line() {
  return visibleExtent().start + BEYOND;
}

/**
 * Index of a block, the part of it that is before the line, and 1 when the end of the story is in view.
 * @typedef {[number, number, 0 | 1]} Place
 */

/**
 * @returns {Place | null} index of the block, the part of it that is before the line, and 1 when the end of
 *   the story is in view; null at the beginning
 */
function currentPlace() {
  const all = blocks();
  const index = indexAt(all, line());
  if (index < 0) return null;
  const { start, end } = extentOf(all[index]);
  const part = Math.round(Math.min((line() - start) / Math.max(end - start, 1), 1) * 1000) / 1000;
  const last = all.at(-1);
  return [index, part, last && isShown(last) && extentOf(last).end <= visibleExtent().end ? 1 : 0];
}

/**
 * @param {Place} place
 * @returns {boolean} whether the story has such a place, and shows it
 */
function scrollToPlace([index, part]) {
  const block = blocks()[index];
  if (!block || !isShown(block)) return false;
  const { start, end } = extentOf(block);
  scrollToPosition(scrollPosition() + start + part * (end - start) - line(), "instant");
  restored = scrollPosition();
  return true;
}

/** Announce that this is not the top, and offer to go there; gone when the reader goes on. */
function offerTop() {
  const back = element("button", { type: "button" }, message("back_to_top"));
  const status = element("span", { role: "status" });
  const offer = element("p", { class: "offer" }, status, back);
  back.addEventListener("click", () => {
    scrollToPosition(0);
    offer.remove();
    const title = required("#title");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  });
  required("main").before(offer); // the first that Tab finds after the bar
  status.textContent = message("position_restored");
  const gone = new AbortController();
  onScroll(() => {
    if (Math.abs(scrollPosition() - restored) < visibleExtent().end / 2 || offer.contains(document.activeElement)) return;
    offer.remove();
    gone.abort();
  }, gone.signal);
}

/**
 * @param {unknown} stored
 * @returns {Place | null} null when it is none
 */
function placeOf(stored) {
  if (!Array.isArray(stored) || !stored.every(Number.isFinite)) return null;
  const [index, part, isRead] = stored;
  return [index, part, isRead ? 1 : 0];
}

function restore() {
  const place = placeOf(storage.load());
  if (location.hash || !place) return;
  const [navigation] = performance.getEntriesByType("navigation");
  const isNewVisit = navigation instanceof PerformanceNavigationTiming && navigation.type === "navigate";
  if (isNewVisit && place[2]) return; // read to the end: it begins again
  if (!scrollToPlace(place)) return;
  offerTop();
  // Fonts and pictures may still move the text, until the reader does.
  const stay = new AbortController();
  const moved = { once: true, passive: true, signal: stay.signal };
  for (const sign of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(sign, () => stay.abort(), moved);
  addEventListener("load", () => !stay.signal.aborted && scrollToPlace(place), { once: true });
}

/**
 * Vertical lines break anew when the window, or what stands at its foot, changes its height.
 * @param {() => void} stay
 */
function stayOnResize(stay) {
  const page = required(".page");
  let height = page.clientHeight;
  new ResizeObserver(() => {
    if (isVertical() && page.clientHeight !== height) stay();
    height = page.clientHeight;
  }).observe(page);
}

export function start() {
  restore();
  // The browser's own memory of the place counts pixels: it is silenced for the return only, since within the
  // page Back and Forward need it.
  history.scrollRestoration = "auto";
  let place = currentPlace();
  let width = innerWidth;
  let waiting = 0;
  const stay = () => place && scrollToPlace(place);
  onScroll(() => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (innerWidth !== width) return; // turned, and the browser has yet to tell: the place is the one of before
      place = currentPlace();
      storage.save(place);
    }, SAVING_DELAY);
  });
  addEventListener("resize", () => {
    if (innerWidth !== width) stay(); // a phone was turned
    width = innerWidth;
  });
  for (const name of ["lines", "mongolianLines"]) onSetting(name, stay);
  stayOnResize(stay);
  addEventListener("pagehide", () => {
    if (storage.save(currentPlace())) history.scrollRestoration = "manual";
  });
}
