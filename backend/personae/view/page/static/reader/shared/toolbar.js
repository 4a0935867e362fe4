/** The tools at the end of the bar, in a fixed order whichever feature starts first. */

import { findAll, iconButton, required } from "./dom.js";

/**
 * Add a tool.
 * @param {number} order  from the start of the row; the server's own menu comes last
 * @param {string} label
 * @param {string} path  a drawing of 16 by 16
 * @param {() => void} act
 * @returns {HTMLButtonElement}
 */
export function addTool(order, label, path, act) {
  const tools = required(".bar .tools");
  const button = iconButton(label, path, act);
  button.dataset.order = String(order);
  const next = findAll(":scope > *", tools).find((other) => Number(other.dataset.order ?? Infinity) > order);
  tools.insertBefore(button, next ?? null);
  return button;
}
