/** This page's own backend, the only one whom scripts ask for anything. */

import { words } from "./messages.js";

/** The article's address there, such as "/read/ID"; "" on a page that somebody else shared. */
export const base = document.querySelector("article.page")?.dataset.base ?? "";

/**
 * @param {string} method
 * @param {string} path
 * @param {{ json?: unknown, accept?: string }} [what]
 * @returns {Promise<Response>} an answer that is no error
 * @throws {Error} with the cause and the next step, in the backend's words where it gave any
 */
export async function ask(method, path, { json, accept = "application/json" } = {}) {
  const headers = { Accept: accept, ...(json === undefined ? {} : { "Content-Type": "application/json" }) };
  const body = json === undefined ? undefined : JSON.stringify(json);
  const request = fetch(path, { method, headers, body, credentials: "same-origin", cache: "no-store" });
  const answer = await request.catch(() => {
    throw new Error(words("backend_away"));
  });
  if (answer.ok) return answer;
  let told;
  try {
    told = (await answer.json()).error;
  } catch {
    // No words of the backend's: the status alone.
  }
  throw new Error(told ? `${told.message} ${told.hint}` : `${answer.status} ${answer.statusText}`);
}
