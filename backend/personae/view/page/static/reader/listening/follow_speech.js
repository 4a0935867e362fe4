/**
 * Shows what is being spoken: the sentence and its word, and keeps them in view, unless the reader looks
 * elsewhere; it follows again when the word is in view again.
 */

import { findAll } from "../shared/dom.js";
import { rangeOf } from "./spoken_text.js";
import { scrollToPosition, onScroll, scrollPosition, extentOf, visibleExtent } from "../shared/scroll_axis.js";

const LOW = 0.7; // of the window: beyond this the page moves on
const HIGH = 0.3; // where it brings the word
const OWN_SCROLL = 1000; // ms that a scroll of ours may take

const canHighlight = globalThis.CSS?.highlights !== undefined;
let isFollowing = true;
/** Until when a scroll is one of ours. */
let ownUntil = 0;

onScroll(() => {
  if (performance.now() > ownUntil) isFollowing = false;
});

/** @param {Range} range */
function keepInView(range) {
  const { start, end } = extentOf(range);
  const visible = visibleExtent();
  const isVisible = start > visible.start && end < visible.end;
  isFollowing ||= isVisible;
  if (!isFollowing || (isVisible && end < visible.end * LOW)) return;
  ownUntil = performance.now() + OWN_SCROLL;
  scrollToPosition(scrollPosition() + start - visible.end * HIGH);
}

/** The reader asked for this place: it is shown wherever they look. */
export function followAgain() {
  isFollowing = true;
}

/**
 * @param {import("./spoken_text.js").Sentence} sentence
 * @param {[number, number] | null} word
 */
export function showSpoken({ passage, start, end }, word) {
  const sentenceRange = rangeOf(passage, start, end);
  const wordRange = word && rangeOf(passage, ...word);
  if (canHighlight) {
    CSS.highlights.set("sentence", new Highlight(sentenceRange));
    CSS.highlights.set("word", new Highlight(...(wordRange ? [wordRange] : [])));
  } else if (!passage.block.classList.contains("spoken")) {
    hideSpoken();
    passage.block.classList.add("spoken");
  }
  keepInView(wordRange ?? sentenceRange);
}

export function hideSpoken() {
  if (canHighlight) {
    CSS.highlights.delete("sentence");
    CSS.highlights.delete("word");
  }
  for (const block of findAll(".spoken")) block.classList.remove("spoken");
}
