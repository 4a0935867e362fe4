/**
 * The story map with a script: a column leads to the mention of the actor in whose lane it is clicked, the key
 * `m` opens and closes it, and what else stands at the foot of the window makes room.
 */

import { onKey } from "../shared/keys.js";
import { chosenActor, goTo, next, onChoice } from "./stepper.js";
import { words } from "../shared/messages.js";

const map = document.querySelector(".map");
const root = document.documentElement;

/** @returns {HTMLTableRowElement[]} */
function rows() {
  return [...map.querySelectorAll("tr[data-actor]")];
}

/**
 * The first mark of an actor between two elements of the text.
 * @param {string} actor
 * @param {Element} from
 * @param {Element | null} to
 */
function markBetween(actor, from, to) {
  return [...document.querySelectorAll(".story mark.actor[id]")].find((mark) => {
    if (mark.dataset.actor !== actor || to?.contains(mark)) return false;
    const isFrom = from.contains(mark) || from.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
    return isFrom && (!to || to.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_PRECEDING);
  });
}

/** @param {MouseEvent} event */
function onClick(event) {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const name = event.target.closest("th a");
  if (name) {
    event.preventDefault();
    next(name.closest("tr").dataset.actor);
    return;
  }
  const column = event.target.closest(".columns a");
  const from = column && document.getElementById(column.getAttribute("href").slice(1));
  if (!from) return;
  event.preventDefault();
  const after = column.nextElementSibling?.getAttribute("href");
  const to = after ? document.getElementById(after.slice(1)) : null;
  const row = rows().find((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return event.clientY >= top && event.clientY < bottom;
  });
  const mark = row && markBetween(row.dataset.actor, from, to);
  if (mark) goTo(mark);
  else from.scrollIntoView({ block: "center" });
}

/** The names as the reader has corrected them; who is not in the cast any more has no lane. */
function follow() {
  const names = new Map(
    [...document.querySelectorAll(".entry")].map((entry) => [
      entry.dataset.actor,
      entry.querySelector(".name bdi").textContent,
    ]),
  );
  for (const row of rows()) {
    row.hidden = !names.has(row.dataset.actor);
    if (!row.hidden) row.querySelector("bdi").textContent = names.get(row.dataset.actor);
    row.classList.toggle("on", row.dataset.actor === chosenActor());
  }
}

function toggle() {
  map.togglePopover();
  if (!map.matches(":popover-open")) return;
  map.tabIndex = -1;
  map.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || !map.matches(":popover-open")) return;
  if (document.querySelector("dialog[open], :popover-open:not(.map)")) return;
  event.preventDefault();
  map.hidePopover();
}

export function start() {
  if (!map?.showPopover) return;
  map.addEventListener("click", onClick);
  map.addEventListener("beforetoggle", follow);
  new ResizeObserver(() => root.style.setProperty("--dock", `${map.offsetHeight}px`)).observe(map);
  onChoice(follow);
  document.addEventListener("keydown", onEscape, { capture: true });
  onKey({ key: "m", group: words("keys_cast"), says: words("map_title"), act: toggle });
}
