/**
 * Shows what is being said: the sentence and its word, and keeps them in view, unless the reader looks
 * elsewhere; it follows again when the word is in view again.
 */

import { rangeOf } from "./spoken_text.js";
import { goAlong, onWay, passed, stretch, view } from "../shared/scroll_axis.js";

const LOW = 0.7; // of the window: beyond this the page moves on
const HIGH = 0.3; // where it brings the word
const OWN_SCROLL = 1000; // ms that a scroll of ours may take

const canHighlight = globalThis.CSS?.highlights !== undefined;
let isFollowing = true;
let ours = 0;

onWay(() => {
  if (performance.now() > ours) isFollowing = false;
});

/** @param {Range} range */
function keepInView(range) {
  const { start, end } = stretch(range);
  const seen = view();
  const isSeen = start > seen.start && end < seen.end;
  isFollowing ||= isSeen;
  if (!isFollowing || (isSeen && end < seen.end * LOW)) return;
  ours = performance.now() + OWN_SCROLL;
  goAlong(passed() + start - seen.end * HIGH);
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
  const whole = rangeOf(passage, start, end);
  const said = word && rangeOf(passage, ...word);
  if (canHighlight) {
    CSS.highlights.set("sentence", new Highlight(whole));
    CSS.highlights.set("word", new Highlight(...(said ? [said] : [])));
  } else if (!passage.block.classList.contains("spoken")) {
    hideSpoken();
    passage.block.classList.add("spoken");
  }
  keepInView(said ?? whole);
}

export function hideSpoken() {
  if (canHighlight) {
    CSS.highlights.delete("sentence");
    CSS.highlights.delete("word");
  }
  for (const block of document.querySelectorAll(".spoken")) block.classList.remove("spoken");
}
