/**
 * The cast as this reader corrects it, in this browser only. The corrections stay here; the server applies them
 * to the page and to what is taken along (a POST that stores nothing), so that names, marks, lanes and cards all
 * follow.
 */

import { ask, base } from "../shared/backend.js";
import { element, say } from "../shared/dom.js";
import { perArticle } from "../shared/article_storage.js";
import { words } from "../shared/messages.js";

const MOST = 100; // corrections of one article
const LONGEST = 200; // UTF-16 units of a name or a role
const shelf = perArticle("corrections");

/** @returns {{ kind: string, actor: string, value: string }[]} */
function corrections() {
  const kept = shelf.recall();
  return Array.isArray(kept) ? kept.slice(0, MOST) : [];
}

/** Whether this reader corrected this cast. */
export function isCorrected() {
  return Boolean(base) && corrections().length > 0;
}

/**
 * Ask for what a path gives, with the cast as this reader corrected it.
 * @param {string} path
 * @param {string} accept
 * @returns {Promise<Response>}
 * @throws {Error} see `ask`
 */
export function askCorrected(path, accept) {
  return ask("POST", path, { json: { corrections: corrections() }, accept });
}

/**
 * Put the corrected page in place of the one that came. Before any other feature starts: they read the page.
 * @returns {Promise<void>}
 */
export async function applied() {
  if (!isCorrected()) return;
  const answer = await askCorrected(base, "text/html");
  // Our own server's page, as safe as the one that it replaces.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article.page");
  if (page) document.querySelector("article.page").replaceWith(document.adoptNode(page));
}

/** @param {{ kind: string, actor: string, value?: string }} correction */
function correct({ kind, actor, value = "" }) {
  const kept = shelf.keep([...corrections(), { kind, actor, value: value.trim().slice(0, LONGEST) }]);
  if (kept) location.reload();
  else say(words("storage_refused"));
}

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
 * What can be corrected of one actor.
 * @param {string} actor
 * @param {HTMLElement} card
 */
function form(actor, card) {
  const name = card.querySelector("h3").textContent.trim();
  const role = card.querySelector(".role bdi")?.textContent ?? "";
  const others = new Map();
  for (const entry of document.querySelectorAll(".entry")) {
    if (entry.dataset.actor !== actor) others.set(entry.dataset.actor, entry.querySelector(".name bdi").textContent);
  }
  const strings = JSON.parse(card.dataset.called ?? "[]");
  const parts = [
    line(words("correct_name"), element("input", { value: name, maxlength: LONGEST, required: true }), words("save"), (value) =>
      correct({ kind: "rename", actor, value }),
    ),
    line(words("correct_role"), element("input", { value: role, maxlength: LONGEST }), words("save"), (value) =>
      correct({ kind: "role", actor, value }),
    ),
  ];
  if (others.size > 0) {
    parts.push(
      line(words("correct_merge"), select(others), words("merge"), (value) => correct({ kind: "merge", actor, value })),
    );
  }
  if (strings.length > 1) {
    const options = new Map(strings.map((string) => [string, words("quoted_name", { name: string })]));
    parts.push(
      line(words("correct_split"), select(options), words("split"), (value) => correct({ kind: "split", actor, value })),
    );
  }
  parts.push(
    element("button", { type: "button", onclick: () => correct({ kind: "hide", actor }) }, words("correct_hide")),
  );
  return parts;
}

/** Say that the cast is corrected, and let that be undone. */
function notice() {
  const said = corrections();
  const cast = document.querySelector(".cast");
  if (said.length === 0 || !cast) return;
  const undo = (kept) => {
    shelf.keep(kept.length > 0 ? kept : null);
    location.reload();
  };
  cast.append(
    element(
      "p",
      { class: "corrected" },
      words("corrected_here"),
      " ",
      element("button", { type: "button", onclick: () => undo(said.slice(0, -1)) }, words("undo_last")),
      " ",
      element("button", { type: "button", onclick: () => undo([]) }, words("undo_all")),
    ),
  );
}

export function start() {
  if (!base) return;
  for (const card of document.querySelectorAll(".card[data-actor]")) {
    card.addEventListener("beforetoggle", () => {
      if (card.querySelector(".correct")) return;
      const folded = element("details", { class: "correct" }, element("summary", {}, words("correct")));
      folded.append(...form(card.dataset.actor, card));
      card.append(folded);
    });
  }
  notice();
}
