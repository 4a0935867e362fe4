/**
 * The cast as this reader corrects it, in this browser only. The corrections stay here; the server applies them
 * to the page and to what is taken along (a POST that stores nothing), so that names, marks, lanes and cards all
 * follow.
 */

import { request, base } from "../shared/backend.js";
import { announce, element, find, findAll, required } from "../shared/dom.js";
import { articleStorage } from "../shared/article_storage.js";
import { message } from "../shared/messages.js";

const MOST = 100; // corrections of one article
const LONGEST = 200; // UTF-16 units of a name or a role
const storage = articleStorage("corrections");

/**
 * One correction, as the server takes it.
 * @typedef {{ kind: string, actor: string, value: string }} Correction
 */

/** @returns {Correction[]} */
function corrections() {
  const stored = storage.load();
  return Array.isArray(stored) ? stored.slice(0, MOST) : [];
}

/** Return whether this reader corrected this cast. */
export function hasCorrections() {
  return Boolean(base) && corrections().length > 0;
}

/**
 * Ask for what a path gives, with the cast as this reader corrected it.
 * @param {string} path
 * @param {string} accept
 * @returns {Promise<Response>}
 * @throws {Error} see `ask`
 */
export function requestCorrected(path, accept) {
  return request("POST", path, { json: { corrections: corrections() }, accept });
}

/**
 * Put the corrected page in place of the one that came. Before any other feature starts: they read the page.
 * @returns {Promise<void>}
 */
export async function applyCorrections() {
  if (!hasCorrections()) return;
  const answer = await requestCorrected(base, "text/html");
  // Our own server's page, as safe as the one that it replaces.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article.page");
  if (page) required("article.page").replaceWith(document.adoptNode(page));
}

/** @param {{ kind: string, actor: string, value?: string }} correction */
function correct({ kind, actor, value = "" }) {
  const isStored = storage.save([...corrections(), { kind, actor, value: value.trim().slice(0, LONGEST) }]);
  if (isStored) location.reload();
  else announce(message("storage_refused"));
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
  const name = required("h3", card).textContent.trim();
  const role = find(".role bdi", card)?.textContent ?? "";
  /** @type {Map<string, string>} */
  const others = new Map();
  for (const entry of findAll(".entry")) {
    const other = entry.dataset.actor ?? "";
    if (other !== actor) others.set(other, required(".name bdi", entry).textContent);
  }
  /** @type {string[]} */
  const strings = JSON.parse(card.dataset.called ?? "[]");
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
  if (strings.length > 1) {
    const options = new Map(strings.map((string) => [string, message("quoted_name", { name: string })]));
    parts.push(
      line(message("correct_split"), select(options), message("split"), (value) => correct({ kind: "split", actor, value })),
    );
  }
  parts.push(
    element("button", { type: "button", onclick: () => correct({ kind: "hide", actor }) }, message("correct_hide")),
  );
  return parts;
}

/** Show that the cast is corrected, and let that be undone. */
function notice() {
  const listed = corrections();
  const cast = find(".cast");
  if (listed.length === 0 || !cast) return;
  /** @param {Correction[]} remaining */
  const replace = (remaining) => {
    storage.save(remaining.length > 0 ? remaining : null);
    location.reload();
  };
  cast.append(
    element(
      "p",
      { class: "corrected" },
      message("corrected_here"),
      " ",
      element("button", { type: "button", onclick: () => replace(listed.slice(0, -1)) }, message("undo_last")),
      " ",
      element("button", { type: "button", onclick: () => replace([]) }, message("undo_all")),
    ),
  );
}

export function start() {
  if (!base) return;
  for (const card of findAll(".card[data-actor]")) {
    card.addEventListener("beforetoggle", () => {
      if (find(".correct", card)) return;
      const folded = element("details", { class: "correct" }, element("summary", {}, message("correct")));
      folded.append(...form(card.dataset.actor ?? "", card));
      card.append(folded);
    });
  }
  notice();
}
