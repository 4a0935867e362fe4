/** Copying: the article as Markdown, and a selected passage with its source. */

import { addAction } from "./article_menu.js";
import { base } from "../shared/backend.js";
import { copyText } from "../shared/clipboard.js";
import { announce, announceError, element, find, findAll, required } from "../shared/dom.js";
import { exportOf } from "./exports.js";
import { onKey } from "../shared/keys.js";
import { isVertical, onScroll } from "../shared/scroll_axis.js";
import { message } from "../shared/messages.js";

/**
 * Return the words that are selected, without the page's own about them; "[…]" stands where paragraphs are folded.
 * @param {Selection} selection
 */
function textOf(selection) {
  const story = required(".story");
  const ours = findAll("button, .put-back > .label", story);
  const gaps = findAll(".fold", story).map((fold) => {
    const gap = element("p", {}, "[…]");
    fold.before(gap);
    return gap;
  });
  for (const one of ours) one.style.setProperty("display", "none", "important");
  const text = selection.toString(); // as it is laid out at this moment, of which nothing is drawn
  for (const one of ours) one.style.removeProperty("display");
  for (const gap of gaps) gap.remove();
  return text.replace(/\s*\n\s*/g, "\n").trim();
}

/** Return what is selected of the article; null when nothing is. */
function passage() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const place = range.commonAncestorContainer;
  const holder = place instanceof Element ? place : place.parentElement;
  if (!holder?.closest("article.page .story, h1, .standfirst")) return null;
  return selection.toString().trim() ? { selection, range } : null;
}

/** @param {string} text */
function withSource(text) {
  const title = required("h1").textContent.trim();
  const site = required(".source b").textContent.trim();
  const date = find(".byline time")?.textContent.trim();
  /** @type {HTMLAnchorElement | null} */
  const source = find("a.source");
  const from = [message("quoted_name", { name: title }), site, date].filter(Boolean).join(message("list_separator"));
  return [message("quoted_name", { name: text }), source ? `${from}\n${source.href}` : from].join("\n\n— ");
}

async function copyPassage() {
  const found = passage();
  if (!found) return;
  try {
    await copyText(withSource(textOf(found.selection)));
    announce(message("copied_with_source"));
  } catch (error) {
    announceError(error);
  }
}

/** Make a button that follows the selection. */
function selectionButton() {
  const button = element("button", { type: "button", class: "take-along", hidden: true }, message("copy_with_source"));
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  button.addEventListener("click", async () => {
    await copyPassage();
    button.hidden = true;
  });
  const place = () => {
    const found = passage();
    button.hidden = !found;
    if (!found) return;
    const box = [...found.range.getClientRects()].at(-1) ?? found.range.getBoundingClientRect();
    const left = Math.min(Math.max(box.right - 60, 8), innerWidth - button.offsetWidth - 8);
    // A vertical line may end at the foot of the window.
    const lowest = isVertical() ? innerHeight - button.offsetHeight - 8 : Infinity;
    button.style.setProperty("left", `${left + scrollX}px`);
    button.style.setProperty("top", `${Math.min(box.bottom + 8, lowest) + scrollY}px`);
  };
  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(place, 150);
  });
  // Down the page the button goes along; sideways only the story moves.
  onScroll(() => {
    if (isVertical()) button.hidden = true;
  });
  return button;
}

export function start() {
  document.body.append(selectionButton());
  onKey({ key: "c", group: message("keys_page"), description: message("copy_with_source"), act: copyPassage });
  if (!base) return;
  addAction(10, message("copy_markdown"), async () => {
    const answer = await exportOf(`${base}.md`);
    await copyText(await answer.text());
    announce(message("copied_markdown"));
  });
}
