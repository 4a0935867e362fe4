/** "What was removed": each block that stood within the article can be put back where it was. */

import { request, base } from "../shared/backend.js";
import { announceError, element, findAll, required } from "../shared/dom.js";
import { message } from "../shared/messages.js";

/** @type {Promise<{ html: string }[]> | null} of the article as JSON, asked for when the first block is wanted */
let removals = null;

async function fetchRemovals() {
  const answer = await request("GET", `${base}.json`);
  return (await answer.json()).removed;
}

/**
 * Return the block of the story after which a removed one stood; null when it stood before all of them.
 * @param {string | undefined} after  the id of the paragraph before it
 */
function blockBefore(after) {
  const story = required(".story");
  if (after === undefined) return null;
  /** @type {Element | null} */
  let place = document.getElementById(after);
  while (place && place.parentElement !== story) place = place.parentElement;
  return place ?? story.lastElementChild;
}

/**
 * @param {HTMLElement} item  of the list of what was removed
 * @param {HTMLButtonElement} button
 */
async function putBack(item, button) {
  removals ??= fetchRemovals();
  const removal = (await removals)[Number(item.dataset.removal)];
  const label = message("was_removed", { kind: required("b", item).textContent });
  const out = element("button", { type: "button" }, message("take_out"));
  const block = element(
    "section",
    { class: "put-back", tabindex: -1, "aria-label": label },
    element("p", { class: "label" }, label, out),
  );
  // The server sanitised it as it did the article; parsed apart, nothing in it can run or load before it is here.
  const parsed = new DOMParser().parseFromString(removal.html, "text/html");
  block.append(...parsed.body.childNodes);
  const place = blockBefore(item.dataset.after);
  if (place) place.after(block);
  else required(".story").prepend(block);
  const takeOut = () => {
    block.remove();
    button.textContent = message("put_back");
    button.onclick = () => tryToPutBack(item, button);
    button.focus();
  };
  out.addEventListener("click", takeOut);
  button.textContent = message("take_out");
  button.onclick = takeOut;
  block.focus({ preventScroll: true });
  block.scrollIntoView({ block: "center" });
}

/**
 * @param {HTMLElement} item
 * @param {HTMLButtonElement} button
 */
async function tryToPutBack(item, button) {
  try {
    await putBack(item, button);
  } catch (error) {
    removals = null;
    announceError(error);
  }
}

export function start() {
  if (!base) return;
  for (const item of findAll(".removed li[data-removal]")) {
    const button = element("button", { type: "button", class: "put" }, message("put_back"));
    button.onclick = () => tryToPutBack(item, button);
    item.append(button);
  }
}
