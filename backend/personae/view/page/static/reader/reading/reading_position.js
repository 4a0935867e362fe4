/**
 * Where the reader was: on return the page opens there, and offers the top. Kept as a block and how much of it
 * had been read, so that it holds for any window and size of text. A link to a place wins.
 */

import { blocks, indexAt, isShown } from "../shared/blocks.js";
import { element } from "../shared/dom.js";
import { perArticle } from "../shared/article_storage.js";
import { onSetting } from "../shared/settings.js";
import { goAlong, isVertical, onWay, passed, stretch, view } from "../shared/scroll_axis.js";
import { words } from "../shared/messages.js";

const BEYOND = 24; // CSS pixels from the bar, or the window's edge: where the first line read stands
const REST = 300; // ms without scrolling before the place is written

const places = perArticle("positions");
/** How far along it stood when it was brought to the place. */
let arrived = 0;

function line() {
  return view().start + BEYOND;
}

/**
 * @returns {number[] | null} index of the block, the part of it that is before the line, and 1 when the end of
 *   the story is in view; null at the beginning
 */
function here() {
  const all = blocks();
  const index = indexAt(all, line());
  if (index < 0) return null;
  const { start, end } = stretch(all[index]);
  const part = Math.round(Math.min((line() - start) / Math.max(end - start, 1), 1) * 1000) / 1000;
  const last = all.at(-1);
  return [index, part, isShown(last) && stretch(last).end <= view().end ? 1 : 0];
}

/** @param {number[]} place */
function goTo([index, part]) {
  const block = blocks()[index];
  if (!block || !isShown(block)) return false;
  const { start, end } = stretch(block);
  goAlong(passed() + start + part * (end - start) - line(), "instant");
  arrived = passed();
  return true;
}

/** Say that this is not the top, and lead there; gone when the reader goes on. */
function offerTop() {
  const back = element("button", { type: "button" }, words("back_to_top"));
  const offer = element("p", { class: "offer" }, element("span", { role: "status" }), back);
  back.addEventListener("click", () => {
    goAlong(0);
    offer.remove();
    const title = document.querySelector("#title");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  });
  document.querySelector("main").before(offer); // the first that Tab finds after the bar
  offer.firstChild.textContent = words("position_restored");
  const gone = new AbortController();
  onWay(() => {
    if (Math.abs(passed() - arrived) < view().end / 2 || offer.contains(document.activeElement)) return;
    offer.remove();
    gone.abort();
  }, gone.signal);
}

function restore() {
  const place = places.recall();
  if (location.hash || !Array.isArray(place) || !place.every(Number.isFinite)) return;
  const isNewVisit = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (isNewVisit && place[2]) return; // read to the end: it begins again
  if (!goTo(place)) return;
  offerTop();
  // Fonts and pictures may still move the text, until the reader does.
  const stay = new AbortController();
  const moved = { once: true, passive: true, signal: stay.signal };
  for (const sign of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(sign, () => stay.abort(), moved);
  addEventListener("load", () => !stay.signal.aborted && goTo(place), { once: true });
}

/**
 * Vertical lines break anew when the window, or what stands at its foot, changes its height.
 * @param {() => void} stay
 */
function stayOnResize(stay) {
  const page = document.querySelector(".page");
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
  let place = here();
  let width = innerWidth;
  let waiting = 0;
  const stay = () => place && goTo(place);
  onWay(() => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      place = here();
      places.keep(place);
    }, REST);
  });
  addEventListener("resize", () => {
    if (innerWidth !== width) stay(); // a phone was turned
    width = innerWidth;
  });
  for (const name of ["lines", "mongolianLines"]) onSetting(name, stay);
  stayOnResize(stay);
  addEventListener("pagehide", () => {
    if (places.keep(here())) history.scrollRestoration = "manual";
  });
}
