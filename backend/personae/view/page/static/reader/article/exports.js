/**
 * What is taken along shows the cast as this reader corrected it. Without corrections the menu's links do all of
 * it themselves; with them, the server makes the file of them (a POST that stores nothing), and it is saved here.
 */

import { request } from "../shared/backend.js";
import { requestCorrected, hasCorrections } from "../cast/corrections.js";
import { announceError, findAll, saveFile } from "../shared/dom.js";

const ANYTHING = "*/*"; // the form is in the path, and whatever goes wrong comes as JSON

/**
 * The article in one of its forms, corrected where this reader did so.
 * @param {string} path  such as "/read/ID.md"
 * @returns {Promise<Response>}
 * @throws {Error} see `ask`
 */
export function exportOf(path) {
  return hasCorrections() ? requestCorrected(path, ANYTHING) : request("GET", path, { accept: ANYTHING });
}

/**
 * The file's name as the server gives it (RFC 6266).
 * @param {Response} answer
 */
function nameOf(answer) {
  const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "");
  return named ? decodeURIComponent(named[1]) : new URL(answer.url).pathname.split("/").at(-1) ?? "";
}

/**
 * @param {HTMLAnchorElement} link  that leads to a file
 * @param {MouseEvent} event  on it
 */
async function save(link, event) {
  if (!hasCorrections()) return;
  event.preventDefault();
  try {
    const answer = await exportOf(link.pathname);
    const content = await answer.blob();
    saveFile(content, content.type, nameOf(answer));
  } catch (error) {
    console.info(error);
    announceError(error);
  }
}

export function start() {
  /** @type {HTMLAnchorElement[]} */
  const links = findAll(".bar .menu a[download]");
  for (const link of links) link.addEventListener("click", (event) => save(link, event));
}
