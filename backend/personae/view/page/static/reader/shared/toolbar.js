/** The tools at the end of the bar, in a fixed order whichever feature starts first. */

import { iconButton } from "./dom.js";

/**
 * Add a tool.
 * @param {number} order  from the start of the row; the server's own menu comes last
 * @param {string} label
 * @param {string} path  a drawing of 16 by 16
 * @param {(event: MouseEvent) => void} act
 * @returns {HTMLButtonElement}
 */
export function addTool(order, label, path, act) {
  const tools = document.querySelector(".bar .tools");
  const button = iconButton(label, path, act);
  button.dataset.order = String(order);
  const later = [...tools.children].find((other) => Number(other.dataset.order ?? Infinity) > order);
  tools.insertBefore(button, later ?? null);
  return button;
}
