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
export const LONGEST = 200; // UTF-16 units of a name or a role
const storage = articleStorage("corrections");

/**
 * One correction, as the server takes it. alias, place: what the text calls somebody else, and where if not everywhere.
 * @typedef {{ kind: string, actor: string, value?: string, alias?: string, place?: { field: string, start: number } }}
 *   Correction
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

/**
 * Remember a correction, and show the page with it.
 * @param {Correction} correction
 */
export function correct(correction) {
  const value = (correction.value ?? "").trim().slice(0, LONGEST);
  const isStored = storage.save([...corrections(), { ...correction, value }]);
  if (isStored) location.reload();
  else announce(message("storage_refused"));
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

/**
 * Put "Correct…" into a card, below its name; the form comes when it unfolds.
 * @param {HTMLElement} card
 */
function offer(card) {
  if (find(".correct", card)) return;
  const folded = element("details", { class: "correct" }, element("summary", {}, message("correct")));
  folded.addEventListener("toggle", async () => {
    if (folded.open) (await import("./correction_form.js")).putForm(folded, card);
  });
  required(".lane", card).before(folded);
}

export function start() {
  if (!base) return;
  for (const card of findAll(".card[data-actor]")) card.addEventListener("beforetoggle", () => offer(card));
  notice();
}
