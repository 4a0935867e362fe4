/** The menu of the bar: what can be done with the article besides reading it. */

import { announceError, element, find, findAll, required } from "../shared/dom.js";

/**
 * Add an entry to the menu. What goes wrong is announced.
 * @param {number} order
 * @param {string} label
 * @param {(button: HTMLButtonElement) => void | Promise<void>} act
 * @returns {HTMLButtonElement}
 */
export function addAction(order, label, act) {
  /** @type {HTMLDetailsElement} */
  const menu = required(".bar details.menu");
  const button = element("button", { type: "button" }, label);
  button.addEventListener("click", async () => {
    menu.open = false;
    required("summary", menu).focus();
    try {
      await act(button);
    } catch (error) {
      console.info(error);
      announceError(error);
    }
  });
  const item = element("li", { "data-order": order }, button);
  const list = find("ul.actions", menu) ?? addList(menu);
  const next = findAll(":scope > li", list).find((other) => Number(other.dataset.order) > order);
  list.insertBefore(item, next ?? null);
  return button;
}

/** @param {HTMLElement} menu */
function addList(menu) {
  const list = element("ul", { class: "actions" });
  // What leads away from the article stands last; whose it is not has no such places.
  required("div", menu).insertBefore(list, find("ul.places", menu));
  return list;
}
