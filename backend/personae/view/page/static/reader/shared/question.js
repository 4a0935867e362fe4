/** A question that the backend asks on a page of its own, asked in a dialog where the reader is. */

import { element, find } from "./dom.js";

/**
 * Show it. Cancelling leaves the reader where they are; what is fetched is a page of this backend alone.
 * @param {string} address  of the page that asks
 * @returns {Promise<HTMLFormElement | null>} the form that says yes; null when the browser goes to the page instead
 */
export async function showQuestion(address) {
  const question = await questionOf(address);
  /** @type {HTMLFormElement | null} */
  const form = question && find("form", question);
  if (!question || !form) {
    location.assign(address);
    return null;
  }
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "question" }, question);
  const cancel = find("a.button", question);
  cancel?.setAttribute("role", "button");
  cancel?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return form;
}

/**
 * @param {string} address
 * @returns {Promise<HTMLElement | null>}
 */
async function questionOf(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const question = find(".question", page);
    return question && document.importNode(question, true);
  } catch {
    return null; // the browser says what is wrong when it goes there
  }
}
