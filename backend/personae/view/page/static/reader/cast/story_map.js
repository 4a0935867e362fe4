/**
 * The story map with a script: a column leads to the mention of the actor in whose lane it is clicked, the key
 * `m` opens and closes it, and what else stands at the foot of the window makes room.
 */

import { closest, find, findAll, isPlainClick, required } from "../shared/dom.js";
import { toggleByKey } from "../shared/focus.js";
import { onKey } from "../shared/keys.js";
import { message } from "../shared/messages.js";
import { chosenActor, goToMention, goToNextMention, onActorChosen } from "./stepper.js";

const root = document.documentElement;

/**
 * @param {HTMLElement} map
 * @returns {HTMLElement[]} one row for each actor
 */
function rows(map) {
  return findAll("tr[data-actor]", map);
}

/**
 * Return the first mark of an actor between two elements of the text.
 * @param {string} actor
 * @param {Element} from
 * @param {Element | null} to
 */
function markBetween(actor, from, to) {
  return findAll(".story mark.actor[id]").find((mark) => {
    if (mark.dataset.actor !== actor || to?.contains(mark)) return false;
    const isFrom = from.contains(mark) || from.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
    return isFrom && (!to || to.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_PRECEDING);
  });
}

/**
 * Return the element that a link within the page leads to.
 * @param {Element | null} link
 */
function targetOf(link) {
  return document.getElementById(link?.getAttribute("href")?.slice(1) ?? "");
}

/**
 * @param {HTMLElement} map
 * @param {MouseEvent} event
 */
function onClick(map, event) {
  if (!isPlainClick(event)) return;
  const name = closest(event.target, "th a");
  if (name) {
    event.preventDefault();
    goToNextMention(closest(name, "tr")?.dataset.actor ?? "");
    return;
  }
  const column = closest(event.target, ".columns a");
  const from = targetOf(column);
  if (!column || !from) return;
  event.preventDefault();
  const to = targetOf(column.nextElementSibling);
  const row = rows(map).find((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return event.clientY >= top && event.clientY < bottom;
  });
  const mark = row && markBetween(row.dataset.actor ?? "", from, to);
  if (mark) goToMention(mark);
  else from.scrollIntoView({ block: "center" });
}

/**
 * Show the names as the reader has corrected them; who is not in the cast any more has no lane.
 * @param {HTMLElement} map
 */
function refresh(map) {
  const names = new Map(
    findAll(".entry").map((entry) => [entry.dataset.actor, required(".name bdi", entry).textContent]),
  );
  for (const row of rows(map)) {
    const name = names.get(row.dataset.actor);
    row.hidden = name === undefined;
    if (name !== undefined) required("bdi", row).textContent = name;
    row.classList.toggle("on", row.dataset.actor === chosenActor());
  }
}

/**
 * @param {HTMLElement} map
 * @param {KeyboardEvent} event
 */
function onEscape(map, event) {
  if (event.key !== "Escape" || event.defaultPrevented || !map.matches(":popover-open")) return;
  if (find("dialog[open], :popover-open:not(.map)")) return;
  event.preventDefault();
  map.hidePopover();
}

export function start() {
  const map = find(".map");
  if (!map?.showPopover) return;
  map.addEventListener("click", (event) => onClick(map, event));
  map.addEventListener("beforetoggle", () => refresh(map));
  new ResizeObserver(() => root.style.setProperty("--dock", `${map.offsetHeight}px`)).observe(map);
  onActorChosen(() => refresh(map));
  document.addEventListener("keydown", (event) => onEscape(map, event), { capture: true });
  onKey({
    key: "m",
    group: message("keys_cast"),
    description: message("map_title"),
    act: () => toggleByKey(map),
  });
}
