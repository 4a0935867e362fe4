/** "What was removed": each block that stood within the article can be put back where it was. */

import { ask, base } from "../shared/backend.js";
import { element, say } from "../shared/dom.js";
import { words } from "../shared/messages.js";

/** @type {Promise<any> | null} the article as JSON, asked for when the first block is wanted */
let article = null;

function removals() {
  article ??= ask("GET", `${base}.json`).then((answer) => answer.json());
  return article.then((read) => read.removed);
}

/**
 * The block of the story after which a removed one stood; null when it stood before all of them.
 * @param {string | undefined} after  the id of the paragraph before it
 */
function before(after) {
  const story = document.querySelector(".story");
  if (after === undefined) return null;
  let place = document.getElementById(after);
  while (place && place.parentElement !== story) place = place.parentElement;
  return place ?? story.lastElementChild;
}

/**
 * @param {HTMLElement} item  of the list of what was removed
 * @param {HTMLButtonElement} button
 */
async function putBack(item, button) {
  const removal = (await removals())[Number(item.dataset.removal)];
  const block = element(
    "section",
    { class: "put-back", tabindex: -1, "aria-label": words("was_removed", { kind: item.querySelector("b").textContent }) },
    element("p", { class: "label" }, words("was_removed", { kind: item.querySelector("b").textContent })),
  );
  // The server sanitised it as it did the article; parsed apart, nothing in it can run or load before it is here.
  const parsed = new DOMParser().parseFromString(removal.html, "text/html");
  block.append(...parsed.body.childNodes);
  const place = before(item.dataset.after);
  if (place) place.after(block);
  else document.querySelector(".story").prepend(block);
  const out = element("button", { type: "button" }, words("take_out"));
  const takeOut = () => {
    block.remove();
    button.textContent = words("put_back");
    button.onclick = () => act(item, button);
    button.focus();
  };
  out.addEventListener("click", takeOut);
  block.querySelector(".label").append(out);
  button.textContent = words("take_out");
  button.onclick = takeOut;
  block.focus({ preventScroll: true });
  block.scrollIntoView({ block: "center" });
}

async function act(item, button) {
  try {
    await putBack(item, button);
  } catch (error) {
    article = null;
    say(error.message);
  }
}

export function start() {
  if (!base) return;
  for (const item of document.querySelectorAll(".removed li[data-removal]")) {
    const button = element("button", { type: "button", class: "put" }, words("put_back"));
    button.onclick = () => act(item, button);
    item.append(button);
  }
}
