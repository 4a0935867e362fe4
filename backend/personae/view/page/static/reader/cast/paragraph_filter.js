/**
 * Only the paragraphs in which the chosen actor appears, or that actor and another together. The others fold to
 * a thin rule that tells how many there are and unfolds them; headings stay. What the reader reads stays where
 * it is in the window.
 */

import { element, iconButton, say } from "../shared/dom.js";
import { onKey } from "../shared/keys.js";
import { chosenActor, goTo, next, onChoice, stepperBar } from "./stepper.js";
import { goAlong, passed, stretch, view } from "../shared/scroll_axis.js";
import { counted, words } from "../shared/messages.js";

const FUNNEL = "M2.5 3.5h11M5 8h6M7 12.5h2";
const HEADING = "h2, h3, h4, h5, h6";
const WORDLESS = "figure, hr, img";

const story = document.querySelector(".story");
const toggle = iconButton(words("filter_only"), FUNNEL, () => (isOn ? leave() : apply()));
const partner = element("select", { "aria-label": words("filter_with"), onchange: apply });
const together = element("label", { class: "together", hidden: true }, words("filter_with_label"), " ", partner);
let isOn = false;

/**
 * What folds or stays as one: a paragraph, a list, a table; containers are looked into.
 * @param {Element} [within]
 * @returns {HTMLElement[]}
 */
function units(within = story) {
  return [...within.children].flatMap((child) => {
    if (child.classList.contains("fold")) return [];
    const holdsText = [...child.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return child.matches("div:not(.scroll), section") && !holdsText ? units(child) : [child];
  });
}

/** @param {Element} unit */
function actorsIn(unit) {
  return new Set([...unit.querySelectorAll("mark.actor")].map((mark) => mark.dataset.actor));
}

/** @param {HTMLElement} unit */
function counts(unit) {
  return !unit.matches(HEADING) && !unit.matches(WORDLESS);
}

/** Offer every actor that appears in a paragraph together with the chosen one. */
function offerPartners() {
  const chosen = chosenActor();
  const kept = partner.value;
  const meetings = new Map();
  for (const unit of units().filter(counts)) {
    const actors = actorsIn(unit);
    if (!actors.has(chosen)) continue;
    for (const actor of actors) if (actor !== chosen) meetings.set(actor, (meetings.get(actor) ?? 0) + 1);
  }
  partner.replaceChildren(element("option", { value: "" }, words("filter_anyone")));
  for (const entry of document.querySelectorAll(".entry")) {
    const count = meetings.get(entry.dataset.actor);
    if (!count) continue;
    const name = entry.querySelector(".name bdi").textContent;
    partner.append(element("option", { value: entry.dataset.actor }, words("filter_partner", { name, count })));
  }
  partner.value = meetings.has(kept) ? kept : "";
  together.hidden = partner.length < 2;
}

/** Unfold everything, as if nothing had been folded. */
function unfold() {
  for (const fold of story.querySelectorAll(".fold")) fold.remove();
  for (const unit of story.querySelectorAll(".folded")) unit.classList.remove("folded");
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
    element("span", {}, counted("filter_folded", count)),
  );
  hidden[0].before(rule);
}

/**
 * Change what is shown, and keep the unit that is read, or the nearest that stays, where it is.
 * @param {() => void} change
 * @param {(unit: HTMLElement) => boolean} stays
 */
function keepingPlace(change, stays) {
  const line = view().end * 0.4;
  const distance = (unit) => {
    const { start, end } = stretch(unit);
    return Math.max(start - line, line - end, 0);
  };
  const shown = units().filter((unit) => !unit.classList.contains("folded") && stays(unit));
  const near = shown.reduce((best, unit) => (best && distance(best) <= distance(unit) ? best : unit), null);
  const isBefore = stretch(story).start > line; // in the headline: nothing need move
  const before = near ? stretch(near).start : 0;
  document.documentElement.style.setProperty("overflow-anchor", "none");
  change();
  if (near && !isBefore) {
    const wanted = Math.min(Math.max(before, 80), line);
    goAlong(passed() + stretch(near).start - wanted, "instant");
  }
  requestAnimationFrame(() => document.documentElement.style.removeProperty("overflow-anchor"));
}

function apply() {
  const wanted = [chosenActor(), ...(isOn && partner.value ? [partner.value] : [])];
  const isWanted = (unit) => {
    const actors = actorsIn(unit);
    return wanted.every((actor) => actors.has(actor));
  };
  const stays = (unit) => unit.matches(HEADING) || isWanted(unit);
  const here = document.querySelector(".story mark.now");
  keepingPlace(() => {
    unfold();
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
  const own = [...story.querySelectorAll("mark.actor")].filter((mark) => mark.dataset.actor === wanted[0]);
  const mark = here?.checkVisibility() ? here : own.find((one) => one.checkVisibility());
  if (mark) goTo(mark, { scroll: false });
  const all = units().filter(counts);
  const shown = all.filter((unit) => !unit.classList.contains("folded")).length;
  say(words("filter_state", { shown, count: all.length }));
}

function leave() {
  if (!isOn) return;
  keepingPlace(unfold, () => true);
  isOn = false;
  partner.value = "";
  together.hidden = true;
  toggle.setAttribute("aria-pressed", "false");
  const here = document.querySelector(".story mark.now");
  if (here) goTo(here, { scroll: false });
  say(words("filter_left"));
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
  const first = document.querySelector(".entry")?.dataset.actor;
  if (chosenActor() === null && first) next(first);
  return chosenActor() !== null;
}

/** A link into what is folded unfolds it first. @param {MouseEvent} event */
function onClick(event) {
  if (!isOn || !(event.target instanceof Element)) return;
  const id = event.target.closest('a[href^="#"]')?.getAttribute("href").slice(1);
  if (id && document.getElementById(id)?.closest(".folded")) leave();
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || !isOn) return;
  if (document.querySelector("dialog[open], :popover-open:not(.map)")) return;
  event.preventDefault();
  leave();
}

export function start() {
  toggle.setAttribute("aria-pressed", "false");
  toggle.classList.add("only");
  stepperBar().lastElementChild.before(toggle, together);
  onChoice(onChosen);
  document.addEventListener("click", onClick, { capture: true });
  document.addEventListener("keydown", onEscape, { capture: true });
  const group = words("keys_cast");
  onKey({
    key: "f",
    group,
    says: words("key_filter"),
    act: () => {
      if (isOn) leave();
      else if (begin()) apply();
    },
  });
  onKey({
    key: "w",
    group,
    says: words("key_filter_with"),
    act: (event) => {
      if (!begin()) return;
      if (!isOn) apply();
      if (!together.hidden) partner.focus();
      event.preventDefault();
    },
  });
}
