/** Taking words along: the article as Markdown, and a selected passage with its source. */

import { addAction } from "./article_menu.js";
import { base } from "../shared/backend.js";
import { element, say } from "../shared/dom.js";
import { exportOf } from "./exports.js";
import { onKey } from "../shared/keys.js";
import { isVertical, onWay } from "../shared/scroll_axis.js";
import { words } from "../shared/messages.js";

/**
 * @param {string} text
 * @returns {Promise<void>}
 * @throws {Error} when the browser does not let us
 */
export async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Browsers keep the clipboard from pages that came over plain HTTP from another machine.
  const area = element("textarea", { class: "hidden", "aria-hidden": "true" });
  const focused = document.activeElement;
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!done) throw new Error(words("copy_refused"));
}

/**
 * The words that are selected, without the page's own about them; "[…]" stands where paragraphs are folded away.
 * @param {Selection} selection
 */
function wordsOf(selection) {
  const story = document.querySelector(".story");
  const ours = [...story.querySelectorAll("button, .put-back > .label")];
  const gaps = [...story.querySelectorAll(".fold")].map((fold) => {
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

/** What is selected of the article; null when nothing is. */
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
  const title = document.querySelector("h1").textContent.trim();
  const site = document.querySelector(".source b").textContent.trim();
  const date = document.querySelector(".byline time")?.textContent.trim();
  const link = document.querySelector("a.source")?.href;
  const from = [words("quoted_name", { name: title }), site, date].filter(Boolean).join(words("list_separator"));
  return [words("quoted_name", { name: text }), link ? `${from}\n${link}` : from].join("\n\n— ");
}

async function copyPassage() {
  const found = passage();
  if (!found) return;
  try {
    await copy(withSource(wordsOf(found.selection)));
    say(words("copied_with_source"));
  } catch (error) {
    say(error.message);
  }
}

/** A button that follows the selection. */
function follower() {
  const button = element("button", { type: "button", class: "take-along", hidden: true }, words("copy_with_source"));
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
  onWay(() => {
    if (isVertical()) button.hidden = true;
  });
  return button;
}

export function start() {
  document.body.append(follower());
  onKey({ key: "c", group: words("keys_page"), says: words("copy_with_source"), act: copyPassage });
  if (!base) return;
  addAction(10, words("copy_markdown"), async () => {
    const answer = await exportOf(`${base}.md`);
    await copy(await answer.text());
    say(words("copied_markdown"));
  });
}
