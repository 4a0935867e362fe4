/**
 * Going through one actor's mentions. Click a name in the cast or a mark: that actor's marks stand out;
 * again: the next mention. n and p: next and previous; 1 to 9: the first nine of the cast; Escape: let go. A key
 * takes the focus along to the mention, from which Enter opens the actor's card and Tab goes on in the text.
 */

import { closest, element, find, findAll, iconButton, isPlainClick, required } from "../shared/dom.js";
import { onKey } from "../shared/keys.js";
import { extentOf, visibleExtent } from "../shared/scroll_axis.js";
import { message } from "../shared/messages.js";
import { openCard } from "./cards.js";

const marks = findAll("mark.actor[id]");
const entries = new Map(findAll(".entry").map((entry) => [entry.dataset.actor, entry]));
/** @type {string | null} the id of the chosen actor */
let chosen = null;
/** Which of its mentions was shown last; -1 before the first. */
let place = -1;
/** @type {((actor: string | null) => void)[]} */
const listeners = [];

const glyph = element("span");
const who = element("span", { class: "who", lang: required(".story").lang, dir: "auto" });
const about = element(
  "button",
  { type: "button", class: "about", title: message("stepper_about"), onclick: () => openCard(chosen ?? "") },
  who,
);
const at = element("span", { class: "at" });
const stepper = element(
  "div",
  { class: "stepper", hidden: true, role: "region", "aria-label": message("mentions") },
  glyph,
  element("span", { role: "status" }, about, " ", at),
  iconButton(message("key_previous_mention"), "M10 3.5 5.5 8l4.5 4.5", () => go(place - 1)),
  iconButton(message("key_next_mention"), "M6 3.5 10.5 8 6 12.5", () => go(place + 1)),
  iconButton(message("stepper_let_go"), "m4 4 8 8m0-8-8 8", () => choose(null)),
);

/**
 * Call a listener when another actor is chosen, or none (null).
 * @param {(actor: string | null) => void} listener
 */
export function onActorChosen(listener) {
  listeners.push(listener);
}

/** @returns {string | null} the id of the actor whose marks stand out */
export function chosenActor() {
  return chosen;
}

/** @returns {HTMLElement | null} the mark of the mention last stepped to */
export function currentMention() {
  return find("mark.now");
}

/** The bar at the foot, for features that add a control to it. */
export function stepperBar() {
  return stepper;
}

/** @param {string | null} actor */
function mentionsOf(actor) {
  return marks.filter((mark) => mark.isConnected && mark.dataset.actor === actor && mark.checkVisibility());
}

/**
 * Mark all places of an actor; null lets go of the one that was chosen.
 * @param {string | null} actor
 */
function choose(actor) {
  leaveMention();
  for (const on of findAll(".on")) on.classList.remove("on");
  const left = actor === null && stepper.contains(document.activeElement) ? entries.get(chosen ?? "") : null;
  const folded = left?.closest("details:not([open])");
  chosen = actor;
  place = -1;
  stepper.hidden = actor === null;
  const heir = folded ?? left; // the focus is not lost with the bar
  if (heir) find("summary, a.name, .count", heir)?.focus({ preventScroll: true });
  for (const mark of findAll("mark.actor")) {
    if (actor !== null && mark.dataset.actor === actor) mark.classList.add("on");
  }
  entries.get(actor ?? "")?.classList.add("on");
  for (const listener of listeners) listener(actor);
}

/** Let go of the mention last stepped to. */
function leaveMention() {
  const mark = currentMention();
  mark?.classList.remove("now");
  mark?.removeAttribute("tabindex");
}

/**
 * Show the chosen actor's mention at an index, counted round.
 * @param {number} index
 * @param {{ scroll?: boolean, focus?: boolean }} [options]
 */
function go(index, { scroll = true, focus = false } = {}) {
  const mentions = mentionsOf(chosen);
  if (mentions.length === 0) return;
  leaveMention();
  place = (index + mentions.length) % mentions.length;
  const mark = mentions[place];
  mark.classList.add("now");
  if (scroll) mark.scrollIntoView({ block: "center" });
  if (focus) {
    mark.tabIndex = -1; // also while a card is open, so that the focus can come back
    mark.focus({ preventScroll: true });
  }
  const entry = entries.get(chosen ?? "");
  who.textContent = entry?.querySelector(".name bdi")?.textContent ?? mark.textContent;
  glyph.replaceChildren(entry?.querySelector(".name .glyph")?.cloneNode(true) ?? "");
  at.textContent = message("place_of", { place: place + 1, count: mentions.length });
}

/**
 * Choose an actor and go to its next mention: the first beyond the edge of the window, so that the reader is
 * not thrown back; or, when it was chosen before, the one after the last shown.
 * @param {string} actor
 * @param {{ focus?: boolean }} [options]
 */
export function goToNextMention(actor, options) {
  if (actor === chosen) {
    go(place + 1, options);
    return;
  }
  choose(actor);
  go(Math.max(mentionsOf(actor).findIndex((mark) => extentOf(mark).start > visibleExtent().start + 8), 0), options);
}

/**
 * Go to one mention.
 * @param {HTMLElement} mark
 * @param {{ scroll?: boolean }} [options]
 */
export function goToMention(mark, options) {
  const actor = mark.dataset.actor ?? "";
  if (chosen !== actor) choose(actor);
  go(Math.max(mentionsOf(actor).indexOf(mark), 0), options);
}

/** @param {MouseEvent} event */
function onClick(event) {
  if (event.defaultPrevented || !isPlainClick(event)) return;
  const link = closest(event.target, 'a[href^="#m"]');
  const target = link && document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
  const entry = closest(link, ".entry");
  if (entry && link?.classList.contains("name")) {
    event.preventDefault();
    goToNextMention(entry.dataset.actor ?? "");
  } else if (target?.dataset.actor) {
    event.preventDefault();
    closest(link, "[popover]")?.hidePopover?.();
    goToMention(target);
  } else {
    const mark = closest(event.target, "mark.actor");
    if (!mark || closest(event.target, "a") || String(getSelection())) return;
    if (mark.classList.contains("now")) goToNextMention(mark.dataset.actor ?? "");
    else goToMention(mark, { scroll: false });
  }
}

/** @param {1 | -1} step */
function stepOrBegin(step) {
  const first = find(".entry")?.dataset.actor;
  if (chosen === null && first) goToNextMention(first, { focus: true });
  else if (chosen !== null) go(place + step, { focus: true });
}

/** @param {number} place  in the cast as it stands, from 0 */
function nextOfCast(place) {
  const actor = findAll(".entry")[place]?.dataset.actor;
  if (actor) goToNextMention(actor, { focus: true });
}

export function start() {
  document.body.append(stepper);
  document.addEventListener("click", onClick);
  const group = message("keys_cast");
  onKey({ key: "n", group, description: message("key_next_mention"), act: () => stepOrBegin(1) });
  onKey({ key: "p", group, description: message("key_previous_mention"), act: () => stepOrBegin(-1) });
  for (let digit = 1; digit <= 9; digit += 1) {
    const description = digit === 1 ? message("key_nth_actor") : "";
    onKey({ key: String(digit), group, description, act: () => nextOfCast(digit - 1) });
  }
  onKey({
    key: "Escape",
    group,
    description: message("key_let_go"),
    act: () => {
      if (!find(":popover-open")) choose(null);
    },
  });
}
