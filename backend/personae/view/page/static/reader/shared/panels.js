/**
 * What opens over the page. A panel hangs below its button and lets the page be used beside it (a sheet from
 * below on a phone); a dialog asks for an answer first.
 */

import { element, iconButton } from "./dom.js";
import { message } from "./messages.js";

const CROSS = "m4 4 8 8m0-8-8 8";
let count = 0;

/**
 * Make a panel; `panel.showPopover()` and `panel.hidePopover()` open and close it, and Escape or a click
 * elsewhere closes it too.
 * @param {string} title
 * @param {...(Node | string)} children
 */
export function makePanel(title, ...children) {
  const id = `panel-${(count += 1)}`;
  const close = iconButton(message("close"), CROSS, () => panel.hidePopover());
  close.classList.add("close");
  const panel = element(
    "div",
    { class: "panel", id, popover: "auto", role: "dialog", "aria-labelledby": `${id}-title` },
    element("h2", { id: `${id}-title` }, title),
    close,
    ...children,
  );
  document.body.append(panel);
  return panel;
}

/**
 * Let a button open and close a panel, and say whether it is open.
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} panel
 */
export function controlPanel(button, panel) {
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", panel.id);
  button.popoverTargetElement = panel;
  panel.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"));
  });
}

/**
 * Make a modal dialog; `dialog.showModal()` opens it. It leaves the page when it closes.
 * @param {string} title
 * @param {...(Node | string)} children
 */
export function makeDialog(title, ...children) {
  const id = `dialog-${(count += 1)}`;
  const close = iconButton(message("close"), CROSS, () => dialog.close());
  close.classList.add("close");
  const dialog = element(
    "dialog",
    { class: "dialog", "aria-labelledby": id },
    element("h2", { id }, title),
    close,
    ...children,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return dialog;
}
