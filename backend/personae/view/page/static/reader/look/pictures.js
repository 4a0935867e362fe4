/** Pictures on a click: the server wrote a button in place of each (setting "pictures": ask). */

import { closest, element } from "../shared/dom.js";

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

export function start() {
  document.addEventListener("click", (event) => {
    const button = closest(event.target, "button.picture-later");
    if (!button) return;
    event.preventDefault(); // it may stand in a link
    load(button);
  });
}
