/** Menus: one at a time, and a click elsewhere or Escape closes it. */

import { find, findAll, holds } from "./dom.js";

/**
 * @param {string} [selector]  of the menus; without one, those of the bar
 */
export function start(selector = ".bar details.menu") {
  /** @type {HTMLDetailsElement[]} */
  const menus = findAll(selector);
  document.addEventListener("click", ({ target }) => {
    for (const menu of menus) if (menu.open && !holds(menu, target)) menu.open = false;
  });
  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      find("summary", menu)?.focus();
      event.preventDefault();
    });
  }
}
