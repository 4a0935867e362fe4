/** The whole card of an actor: found, and opened from elsewhere than its entry. */

import { findAll } from "../shared/dom.js";

/** @param {string} actor */
export function cardOf(actor) {
  return findAll(".card[data-actor]").find((card) => card.dataset.actor === actor);
}

/**
 * Open an actor's card and put the focus into it; when it closes, the focus goes back where it was.
 * @param {string} actor
 */
export function openCard(actor) {
  const card = cardOf(actor);
  if (!card) return;
  /** @type {HTMLDetailsElement | null} */
  const folded = card.closest("details:not([open])"); // nothing in it would be shown
  if (folded) folded.open = true;
  card.showPopover();
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
}
