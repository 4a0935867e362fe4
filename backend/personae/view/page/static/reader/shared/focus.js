/**
 * The focus is never lost. The browser gives it back to what had it before a panel or card opened; where nothing
 * had it (a key or the pointer opened that), it goes to the button that opens the same.
 */

/** @type {EventTarget | null} what is closing with the focus in it */
let closing = null;

/** @param {HTMLElement} popover */
function openerOf(popover) {
  const buttons = [...document.querySelectorAll("button")];
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
    (event) => {
      const isClosing = event.newState === "closed" && event.target.contains(document.activeElement);
      closing = isClosing ? event.target : null;
    },
    { capture: true },
  );
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.newState !== "closed" || closing !== event.target) return;
      closing = null;
      const focused = document.activeElement; // still the hidden element in some browsers
      if (focused !== document.body && !event.target.contains(focused)) return;
      openerOf(event.target)?.focus({ preventScroll: true });
    },
    { capture: true },
  );
}
