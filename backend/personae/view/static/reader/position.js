/**
 * Where the reader was: on return the page opens there, and offers the top. Kept as a block and how much of it
 * had been read, so that it holds for any window and size of text. A link to a place wins.
 */

import { barHeight, blocks, indexAt } from "./blocks.js";
import { element } from "./dom.js";
import { perArticle } from "./memory.js";
import { words } from "./words.js";

const BELOW_BAR = 24; // CSS pixels: the line that the first line read stands at
const REST = 300; // ms without scrolling before the place is written

const places = perArticle("positions");
/** How far down the page stood when it was brought to the place. */
let arrived = 0;

function line() {
  return barHeight() + BELOW_BAR;
}

/**
 * @returns {number[] | null} index of the block, the part of it that is above the line, and 1 when the end of
 *   the story is in view; null at the beginning
 */
function here() {
  const all = blocks();
  const index = indexAt(all, line());
  if (index < 0) return null;
  const { top, height } = all[index].getBoundingClientRect();
  const part = Math.round(Math.min((line() - top) / Math.max(height, 1), 1) * 1000) / 1000;
  return [index, part, all.at(-1).getBoundingClientRect().bottom <= innerHeight ? 1 : 0];
}

/** @param {number[]} place */
function goTo([index, part]) {
  const block = blocks()[index];
  if (!block) return false;
  const { top, height } = block.getBoundingClientRect();
  scrollTo({ top: scrollY + top + part * height - line(), behavior: "instant" });
  arrived = scrollY;
  return true;
}

/** Say that this is not the top, and lead there; gone when the reader goes on. */
function offerTop() {
  const back = element("button", { type: "button" }, words("back_to_top"));
  const offer = element("p", { class: "offer" }, element("span", { role: "status" }), back);
  back.addEventListener("click", () => {
    scrollTo({ top: 0 });
    offer.remove();
    const title = document.querySelector("#title");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  });
  document.querySelector("main").before(offer); // the first that Tab finds after the bar
  offer.firstChild.textContent = words("position_restored");
  const leave = () => {
    if (Math.abs(scrollY - arrived) < innerHeight / 2 || offer.contains(document.activeElement)) return;
    offer.remove();
    removeEventListener("scroll", leave);
  };
  addEventListener("scroll", leave, { passive: true });
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

export function start() {
  restore();
  // The browser's own memory of the place counts pixels: it is silenced for the return only, since within the
  // page Back and Forward need it.
  history.scrollRestoration = "auto";
  let place = here();
  let width = innerWidth;
  let waiting = 0;
  addEventListener(
    "scroll",
    () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        place = here();
        places.keep(place);
      }, REST);
    },
    { passive: true },
  );
  addEventListener("resize", () => {
    if (place && innerWidth !== width) goTo(place); // a phone was turned
    width = innerWidth;
  });
  addEventListener("pagehide", () => {
    if (places.keep(here())) history.scrollRestoration = "manual";
  });
}
