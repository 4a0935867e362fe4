/** On paper a link is a number, and its address stands in a list after the story; made when somebody prints. */

import { element } from "../shared/dom.js";
import { words } from "../shared/messages.js";

const story = document.querySelector(".story");

/** @param {string} address */
function shown(address) {
  try {
    return decodeURI(address).replace(/\s/g, encodeURIComponent); // it can be typed as it stands
  } catch {
    return address; // it is no UTF-8
  }
}

function addSources() {
  removeSources();
  /** @type {Map<string, number>} address -> its number */
  const numbers = new Map();
  for (const link of story.querySelectorAll('a[href^="http"]')) {
    if (!link.textContent.trim()) continue;
    if (!numbers.has(link.href)) numbers.set(link.href, numbers.size + 1);
    link.dataset.source = String(numbers.get(link.href));
  }
  if (numbers.size === 0) return;
  const items = [...numbers.keys()].map((address) => element("li", {}, shown(address)));
  story.after(
    element("section", { class: "sources" }, element("h2", {}, words("print_links")), element("ol", {}, ...items)),
  );
}

function removeSources() {
  document.querySelector(".sources")?.remove();
  for (const link of story.querySelectorAll("a[data-source]")) delete link.dataset.source;
}

export function start() {
  addEventListener("beforeprint", addSources);
  addEventListener("afterprint", removeSources);
}
