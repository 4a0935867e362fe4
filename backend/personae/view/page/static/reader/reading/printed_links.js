/** On paper a link is a number, and its address stands in a list after the story; made when somebody prints. */

import { element, find, findAll, required } from "../shared/dom.js";
import { message } from "../shared/messages.js";

const story = required(".story");

/** @param {string} address */
function readable(address) {
  try {
    return decodeURI(address).replace(/\s/g, encodeURIComponent); // it can be typed as it stands
  } catch {
    return address; // it is not UTF-8
  }
}

function addSources() {
  removeSources();
  /** @type {Map<string, number>} address -> its number */
  const numbers = new Map();
  /** @type {HTMLAnchorElement[]} */
  const links = findAll('a[href^="http"]', story);
  for (const link of links) {
    if (!link.textContent.trim()) continue;
    if (!numbers.has(link.href)) numbers.set(link.href, numbers.size + 1);
    link.dataset.source = String(numbers.get(link.href));
  }
  if (numbers.size === 0) return;
  const items = [...numbers.keys()].map((address) => element("li", {}, readable(address)));
  story.after(
    element("section", { class: "sources" }, element("h2", {}, message("print_links")), element("ol", {}, ...items)),
  );
}

function removeSources() {
  find(".sources")?.remove();
  for (const link of findAll("a[data-source]", story)) delete link.dataset.source;
}

export function start() {
  addEventListener("beforeprint", addSources);
  addEventListener("afterprint", removeSources);
}
