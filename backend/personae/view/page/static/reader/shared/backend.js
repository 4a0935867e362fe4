/** This page's own backend, the only server that scripts ask for anything. */

import { find } from "./dom.js";
import { message } from "./messages.js";

/** The article's address there, such as "/read/ID"; "" on a page that somebody else shared. */
export const base = find("article.page")?.dataset.base ?? "";

/** Whether the backend is reached at an address that leads nowhere from any other device. */
export const isOnlyHere = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(location.hostname);

/**
 * Send a request.
 * @param {string} method
 * @param {string} path
 * @param {{ json?: unknown, accept?: string }} [options]  json: the body
 * @returns {Promise<Response>} an answer that is no error
 * @throws {Error} with the cause and the next step, in the backend's words where it gave any
 */
export async function request(method, path, { json, accept = "application/json" } = {}) {
  const headers = { Accept: accept, ...(json === undefined ? {} : { "Content-Type": "application/json" }) };
  const body = json === undefined ? undefined : JSON.stringify(json);
  const pending = fetch(path, { method, headers, body, credentials: "same-origin", cache: "no-store" });
  const answer = await pending.catch(() => {
    throw new Error(message("backend_away"));
  });
  if (answer.ok) return answer;
  let problem;
  try {
    problem = (await answer.json()).error;
  } catch {
    // No words of the backend's: the status alone.
  }
  throw new Error(problem ? `${problem.message} ${problem.hint}` : `${answer.status} ${answer.statusText}`);
}
