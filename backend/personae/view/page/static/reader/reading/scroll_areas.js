/** Large tables and code scroll by keyboard when they are too large, and are no stop for Tab when they are not. */

import { findAll } from "../shared/dom.js";
import { message } from "../shared/messages.js";

/** @param {HTMLElement} area */
function update(area) {
  const isLarge = area.scrollWidth > area.clientWidth + 1 || area.scrollHeight > area.clientHeight + 1;
  if (!isLarge) {
    if (document.activeElement !== area) area.removeAttribute("tabindex");
    area.removeAttribute("role");
    return;
  }
  area.tabIndex = 0;
  area.setAttribute("role", "region");
  if (!area.hasAttribute("aria-label")) area.setAttribute("aria-label", message("code"));
}

export function start() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) if (target instanceof HTMLElement) update(target);
  });
  for (const area of findAll(".story :is(.scroll, pre)")) watch.observe(area);
}
