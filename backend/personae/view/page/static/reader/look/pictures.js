/** Pictures on a click: the server wrote a button in place of each (setting "pictures": ask). */

import { element } from "../shared/dom.js";

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
    const button = event.target instanceof Element && event.target.closest("button.picture-later");
    if (!button) return;
    event.preventDefault(); // it may stand in a link
    load(button);
  });
}
