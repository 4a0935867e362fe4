/**
 * Pictures on a click: the server wrote a button in place of each (setting "pictures": ask). And the shape of those whose
 * size nobody knew before they came.
 */

import { closest, element, findAll } from "../shared/dom.js";

/** @param {HTMLElement} button */
function load(button) {
  const { src, alt = "", width, height } = button.dataset;
  const picture = element("img", { src, alt, width, height, referrerpolicy: "no-referrer", decoding: "async" });
  if (!width || !height) picture.classList.add("unsized");
  const hadFocus = document.activeElement === button;
  button.replaceWith(picture);
  if (!hadFocus) return;
  picture.tabIndex = -1;
  picture.focus();
}

/**
 * Let a high picture be seen whole, where others are cut to fit.
 * @param {EventTarget | null} target
 */
function shape(target) {
  const isUnsized = target instanceof HTMLImageElement && target.classList.contains("unsized");
  if (isUnsized && target.naturalHeight > target.naturalWidth) target.classList.add("high");
}

export function start() {
  document.addEventListener("load", ({ target }) => shape(target), true);
  for (const picture of findAll("img.unsized")) shape(picture);
  document.addEventListener("click", (event) => {
    const button = closest(event.target, "button.picture-later");
    if (!button) return;
    event.preventDefault(); // it may stand in a link
    load(button);
  });
}
