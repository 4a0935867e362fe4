/** The menu of the bar: what can be done with the article besides reading it. */

import { element, say } from "../shared/dom.js";

const menu = document.querySelector(".bar details.menu");

/**
 * Add an entry to the menu. What goes wrong is said.
 * @param {number} order
 * @param {string} label
 * @param {(button: HTMLButtonElement) => void | Promise<void>} act
 * @returns {HTMLButtonElement}
 */
export function addAction(order, label, act) {
  const button = element("button", { type: "button" }, label);
  button.addEventListener("click", async () => {
    menu.open = false;
    menu.querySelector("summary").focus();
    try {
      await act(button);
    } catch (error) {
      console.info(error);
      say(error.message);
    }
  });
  const item = element("li", { "data-order": order }, button);
  const list = menu.querySelector("ul.actions") ?? menu.querySelector("div").appendChild(element("ul", { class: "actions" }));
  const later = [...list.children].find((other) => Number(other.dataset.order) > order);
  list.insertBefore(item, later ?? null);
  return button;
}
