/**
 * Only the paragraphs in which the chosen actor appears, or that actor and another together. The others fold to
 * a thin rule that tells how many there are and unfolds them; headings stay. What the reader reads stays where
 * it is in the window.
 */

import { announce, closest, element, find, findAll, iconButton, required } from "../shared/dom.js";
import { onKey } from "../shared/keys.js";
import { chosenActor, goToMention, goToNextMention, onActorChosen, stepperBar } from "./stepper.js";
import { scrollToPosition, scrollPosition, extentOf, visibleExtent } from "../shared/scroll_axis.js";
import { countedMessage, message } from "../shared/messages.js";

const FUNNEL = "M2.5 3.5h11M5 8h6M7 12.5h2";
const HEADING = "h2, h3, h4, h5, h6";
const WORDLESS = "figure, hr, img";

const story = required(".story");
const toggle = iconButton(message("filter_only"), FUNNEL, () => (isOn ? leave() : apply()));
const partner = element("select", { "aria-label": message("filter_with"), onchange: apply });
const together = element("label", { class: "together", hidden: true }, message("filter_with_label"), " ", partner);
let isOn = false;

/**
 * What folds or stays as one: a paragraph, a list, a table; containers are looked into.
 * @param {Element} [within]
 * @returns {HTMLElement[]}
 */
function units(within = story) {
  return findAll(":scope > *", within).flatMap((child) => {
    if (child.classList.contains("fold")) return [];
    const holdsText = [...child.childNodes].some((node) => node instanceof Text && node.data.trim() !== "");
    return child.matches("div:not(.scroll), section") && !holdsText ? units(child) : [child];
  });
}

/** @param {Element} unit */
function actorsIn(unit) {
  return new Set(findAll("mark.actor", unit).map((mark) => mark.dataset.actor ?? ""));
}

/** @param {HTMLElement} unit */
function counts(unit) {
  return !unit.matches(HEADING) && !unit.matches(WORDLESS);
}

/** Offer every actor that appears in a paragraph together with the chosen one. */
function offerPartners() {
  const chosen = chosenActor();
  const former = partner.value;
  /** @type {Map<string, number>} actor -> paragraphs shared with the chosen one */
  const meetings = new Map();
  for (const unit of units().filter(counts)) {
    const actors = actorsIn(unit);
    if (chosen === null || !actors.has(chosen)) continue;
    for (const actor of actors) if (actor !== chosen) meetings.set(actor, (meetings.get(actor) ?? 0) + 1);
  }
  partner.replaceChildren(element("option", { value: "" }, message("filter_anyone")));
  for (const entry of findAll(".entry")) {
    const actor = entry.dataset.actor ?? "";
    const count = meetings.get(actor);
    if (!count) continue;
    const name = required(".name bdi", entry).textContent;
    partner.append(element("option", { value: actor }, message("filter_partner", { name, count })));
  }
  partner.value = meetings.has(former) ? former : "";
  together.hidden = partner.length < 2;
}

/** Unfold everything, as if nothing had been folded. */
function unfold() {
  for (const rule of findAll(".fold", story)) rule.remove();
  for (const unit of findAll(".folded", story)) unit.classList.remove("folded");
}

/** @param {HTMLElement[]} hidden  neighbours */
function fold(hidden) {
  for (const unit of hidden) unit.classList.add("folded");
  const count = hidden.filter(counts).length;
  if (count === 0) return;
  const rule = element(
    "button",
    {
      type: "button",
      class: "fold",
      lang: document.documentElement.lang,
      dir: document.documentElement.dir,
      onclick: () => {
        for (const unit of hidden) unit.classList.remove("folded");
        rule.remove();
        hidden[0].tabIndex = -1;
        hidden[0].focus({ preventScroll: true });
      },
    },
    element("span", {}, countedMessage("filter_folded", count)),
  );
  hidden[0].before(rule);
}

/**
 * Change what is shown, and keep the unit that is read, or the nearest that stays, where it is.
 * @param {() => void} change
 * @param {(unit: HTMLElement) => boolean} stays
 */
function keepInPlace(change, stays) {
  const line = visibleExtent().end * 0.4;
  /** @param {HTMLElement} unit */
  const distance = (unit) => {
    const { start, end } = extentOf(unit);
    return Math.max(start - line, line - end, 0);
  };
  const shown = units().filter((unit) => !unit.classList.contains("folded") && stays(unit));
  /** @type {HTMLElement | null} */
  let near = null;
  for (const unit of shown) if (!near || distance(unit) < distance(near)) near = unit;
  const isBefore = extentOf(story).start > line; // in the headline: nothing need move
  const before = near ? extentOf(near).start : 0;
  document.documentElement.style.setProperty("overflow-anchor", "none");
  change();
  if (near && !isBefore) {
    const wanted = Math.min(Math.max(before, 80), line);
    scrollToPosition(scrollPosition() + extentOf(near).start - wanted, "instant");
  }
  requestAnimationFrame(() => document.documentElement.style.removeProperty("overflow-anchor"));
}

function apply() {
  const wanted = [chosenActor(), ...(isOn && partner.value ? [partner.value] : [])];
  /** @param {HTMLElement} unit */
  const isWanted = (unit) => {
    const actors = actorsIn(unit);
    return wanted.every((actor) => actor !== null && actors.has(actor));
  };
  /** @param {HTMLElement} unit */
  const stays = (unit) => unit.matches(HEADING) || isWanted(unit);
  const here = find(".story mark.now");
  keepInPlace(() => {
    unfold();
    /** @type {HTMLElement[]} */
    let run = [];
    for (const unit of units()) {
      if (run.length > 0 && (stays(unit) || unit.parentElement !== run[0].parentElement)) {
        fold(run);
        run = [];
      }
      if (!stays(unit)) run.push(unit);
    }
    if (run.length > 0) fold(run);
  }, stays);
  isOn = true;
  toggle.setAttribute("aria-pressed", "true");
  offerPartners();
  const own = findAll("mark.actor", story).filter((mark) => mark.dataset.actor === wanted[0]);
  const mark = here?.checkVisibility() ? here : own.find((one) => one.checkVisibility());
  if (mark) goToMention(mark, { scroll: false });
  const all = units().filter(counts);
  const shown = all.filter((unit) => !unit.classList.contains("folded")).length;
  announce(message("filter_state", { shown, count: all.length }));
}

function leave() {
  if (!isOn) return;
  keepInPlace(unfold, () => true);
  isOn = false;
  partner.value = "";
  together.hidden = true;
  toggle.setAttribute("aria-pressed", "false");
  const here = find(".story mark.now");
  if (here) goToMention(here, { scroll: false });
  announce(message("filter_left"));
}

/** @param {string | null} actor */
function onChosen(actor) {
  if (!isOn) return;
  partner.value = "";
  if (actor === null) leave();
  else apply();
}

/** @returns {boolean} whether there is an actor to filter by */
function begin() {
  const first = find(".entry")?.dataset.actor;
  if (chosenActor() === null && first) goToNextMention(first);
  return chosenActor() !== null;
}

/** A link into what is folded unfolds it first. @param {MouseEvent} event */
function onClick(event) {
  if (!isOn) return;
  const id = closest(event.target, 'a[href^="#"]')?.getAttribute("href")?.slice(1);
  if (id && document.getElementById(id)?.closest(".folded")) leave();
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || !isOn) return;
  if (find("dialog[open], :popover-open:not(.map)")) return;
  event.preventDefault();
  leave();
}

export function start() {
  toggle.setAttribute("aria-pressed", "false");
  toggle.classList.add("only");
  stepperBar().lastElementChild?.before(toggle, together);
  onActorChosen(onChosen);
  document.addEventListener("click", onClick, { capture: true });
  document.addEventListener("keydown", onEscape, { capture: true });
  const group = message("keys_cast");
  onKey({
    key: "f",
    group,
    description: message("key_filter"),
    act: () => {
      if (isOn) leave();
      else if (begin()) apply();
    },
  });
  onKey({
    key: "w",
    group,
    description: message("key_filter_with"),
    act: (event) => {
      if (!begin()) return;
      if (!isOn) apply();
      if (!together.hidden) partner.focus();
      event.preventDefault();
    },
  });
}
