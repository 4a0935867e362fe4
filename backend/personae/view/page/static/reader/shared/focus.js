/**
 * The focus is never lost, and what Tab reaches is in view. The browser gives the focus back to what had it before a
 * panel or card opened; where nothing had it (a key or the pointer opened that), it goes to the button that opens
 * the same.
 */

import { findAll } from "./dom.js";

/** @type {EventTarget | null} what is closing with the focus in it */
let closing = null;
let isTabDown = false;

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

/**
 * @param {Element} cover
 * @param {Element} covered
 */
function overlaps(cover, covered) {
  const [a, b] = [cover, covered].map((element) => element.getBoundingClientRect());
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * Bring what Tab reached wholly into view. Browsers do that down a page only; sideways, in a row of chips or along
 * vertical lines, they leave it where they see some of it. What the focus has left open above it closes.
 * @param {Element | null} stop
 */
function reveal(stop) {
  if (!stop || stop === document.body) return;
  const whole = stop.closest(".entry") ?? stop; // an actor's chip is one thing to look at
  whole.scrollIntoView({ block: "nearest", inline: "nearest" });
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const menus = document.querySelectorAll("details.menu[open]");
  for (const menu of menus) if (!menu.contains(stop)) menu.open = false;
  /** @type {NodeListOf<HTMLElement>} */
  const panels = document.querySelectorAll(":popover-open");
  for (const panel of panels) {
    if (panel.popover === "auto" && !panel.contains(stop) && overlaps(panel, whole)) panel.hidePopover();
  }
}

export function start() {
  document.addEventListener(
    "keydown",
    ({ key }) => {
      isTabDown = key === "Tab";
    },
    { capture: true },
  );
  document.addEventListener("focusin", ({ target }) => {
    if (isTabDown && target instanceof Element) reveal(target);
  });
  document.addEventListener("keyup", ({ key }) => {
    if (key !== "Tab") return;
    isTabDown = false;
    reveal(document.activeElement); // also where Tab came from the browser's own bar
  });
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
