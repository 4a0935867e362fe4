/**
 * A picture that does not come: its caption stays, or the words that describe it, and no room is left for it. Some
 * hosts that want their pictures on no other site send one of a single pixel.
 */

import { closest, element, find, findAll, icon } from "../shared/dom.js";
import { message } from "../shared/messages.js";

const CROSSED = "M1.5 3.5h13v9h-13zM1.5 12.5l13-9";
const PICTURES = ":is(.lead, .story) img";

/** What is shown before the words that stay. */
function sign() {
  const label = element("span", { class: "hidden" }, `${message("picture_missing")} `);
  return element("span", { class: "no-picture" }, icon(CROSSED), label);
}

/** @param {HTMLImageElement} picture */
function collapse(picture) {
  const figure = closest(picture, "figure");
  const caption = figure && find("figcaption", figure);
  /** @type {HTMLAnchorElement | null} */
  const link = picture.closest("a");
  const isWholeLink = link !== null && link.textContent.trim() === "";
  const words = caption && !isWholeLink ? "" : picture.alt.trim() || (isWholeLink ? link.hostname : "");
  if (words) picture.replaceWith(element("span", { class: "instead" }, sign(), words));
  else picture.remove();
  if (!figure) return;
  if (caption && !words) caption.prepend(sign());
  figure.classList.remove("has-enlarge");
  figure.classList.add("without-picture");
  find(".enlarge", figure)?.remove();
  if (figure.textContent.trim() === "") figure.remove();
}

/** @param {EventTarget | null} target */
function check(target) {
  const isPicture = target instanceof HTMLImageElement && target.matches(PICTURES);
  if (isPicture && target.naturalWidth <= 1 && target.naturalHeight <= 1) collapse(target);
}

export function start() {
  document.addEventListener("error", ({ target }) => check(target), true);
  document.addEventListener("load", ({ target }) => check(target), true);
  /** @type {HTMLImageElement[]} */
  const pictures = findAll(PICTURES);
  for (const picture of pictures) if (picture.complete) check(picture);
}
