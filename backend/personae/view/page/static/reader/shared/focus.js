/**
 * The focus is never lost. The browser gives it back to what had it before a panel or card opened; where nothing
 * had it (a key or the pointer opened that), it goes to the button that opens the same.
 */

import { findAll } from "./dom.js";

/** @type {EventTarget | null} what is closing with the focus in it */
let closing = null;

/** @param {HTMLElement} popover */
function openerOf(popover) {
  /** @type {HTMLButtonElement[]} */
  const buttons = findAll("button");
  return buttons.find(
    (button) => button.popoverTargetElement === popover && !popover.contains(button) && button.checkVisibility(),
  );
}

/**
 * Open or close a panel by a key: the focus goes into it, so that Tab goes on from there.
 * @param {HTMLElement} panel
 */
export function toggleByKey(panel) {
  panel.togglePopover();
  if (!panel.matches(":popover-open") || panel.contains(document.activeElement)) return;
  panel.tabIndex = -1;
  panel.focus({ preventScroll: true });
}

export function start() {
  document.addEventListener(
    "beforetoggle",
    ({ target, newState }) => {
      const isClosing = newState === "closed" && target instanceof Node && target.contains(document.activeElement);
      closing = isClosing ? target : null;
    },
    { capture: true },
  );
  document.addEventListener(
    "toggle",
    ({ target, newState }) => {
      if (newState !== "closed" || closing !== target || !(target instanceof HTMLElement)) return;
      closing = null;
      const focused = document.activeElement; // still the hidden element in some browsers
      if (focused !== document.body && !target.contains(focused)) return;
      openerOf(target)?.focus({ preventScroll: true });
    },
    { capture: true },
  );
}
