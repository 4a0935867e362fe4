/** "Correct…" in an actor's card: what can be corrected of this actor, below its name. */

import { element, find, findAll, required } from "../shared/dom.js";
import { message } from "../shared/messages.js";
import { correct, LONGEST } from "./corrections.js";
import { currentMention } from "./stepper.js";

/** "This is not X" is loaded when somebody says so. */
const whoseName = () => import("./whose_name.js");

/**
 * A line with a field and a button.
 * @param {string} label
 * @param {HTMLInputElement | HTMLSelectElement} field
 * @param {string} verb
 * @param {(value: string) => void} act
 */
function line(label, field, verb, act) {
  const form = element(
    "form",
    {},
    element("label", {}, element("span", {}, label), field),
    element("button", { type: "submit" }, verb),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(field.value);
  });
  return form;
}

/** @param {Map<string, string>} options  value -> label */
function select(options) {
  return element("select", {}, ...[...options].map(([value, label]) => element("option", { value }, label)));
}

/**
 * @param {string} label
 * @param {() => void} act
 */
function button(label, act) {
  return element("button", { type: "button", onclick: act }, label);
}

/**
 * Whose the name is at the mention where the reader is, and whose a name is everywhere.
 * @param {string} actor
 * @param {HTMLElement} card
 */
function linesOfNames(actor, card) {
  /** @type {HTMLElement[]} */
  const found = [];
  const here = currentMention();
  if (here?.id && here.dataset.actor === actor) {
    const label = message("whose_this", { name: message("quoted_name", { name: here.textContent }) });
    found.push(button(label, async () => (await whoseName()).askAtMark(here)));
  }
  /** @type {string[]} */
  const aliases = JSON.parse(card.dataset.called ?? "[]");
  if (aliases.length > 1) {
    const options = new Map(aliases.map((alias) => [alias, message("quoted_name", { name: alias })]));
    found.push(
      line(message("correct_alias"), select(options), message("whose_ask"), async (alias) =>
        (await whoseName()).askEverywhere(actor, alias),
      ),
    );
  }
  return found;
}

/**
 * What can be corrected of one actor.
 * @param {string} actor
 * @param {HTMLElement} card
 */
function lines(actor, card) {
  const name = required("h3", card).textContent.trim();
  const role = find(".role bdi", card)?.textContent ?? "";
  /** @type {Map<string, string>} */
  const others = new Map();
  for (const entry of findAll(".entry")) {
    const other = entry.dataset.actor ?? "";
    if (other !== actor) others.set(other, required(".name bdi", entry).textContent);
  }
  /** @type {HTMLElement[]} */
  const parts = [
    line(message("correct_name"), element("input", { value: name, maxlength: LONGEST, required: true }), message("save"), (value) =>
      correct({ kind: "rename", actor, value }),
    ),
    line(message("correct_role"), element("input", { value: role, maxlength: LONGEST }), message("save"), (value) =>
      correct({ kind: "role", actor, value }),
    ),
  ];
  if (others.size > 0) {
    parts.push(
      line(message("correct_merge"), select(others), message("merge"), (value) => correct({ kind: "merge", actor, value })),
    );
  }
  return [...parts, ...linesOfNames(actor, card), button(message("correct_hide"), () => correct({ kind: "hide", actor }))];
}

/**
 * Put the form into what unfolds in a card, as the page is now; it is in view and has the focus.
 * @param {HTMLDetailsElement} folded
 * @param {HTMLElement} card
 */
export function putForm(folded, card) {
  for (const old of findAll(":scope > :not(summary)", folded)) old.remove();
  folded.append(...lines(card.dataset.actor ?? "", card));
  required("input", folded).focus({ preventScroll: true });
  folded.scrollIntoView({ block: "nearest" });
}
