/**
 * The article as it is read aloud: headline, standfirst, then the story block by block, in sentences, and
 * where each word stands in the page. Code, tables, figures, calls of notes and readings of ruby are not read.
 */

import { blockOf, blocks } from "../shared/blocks.js";
import { find } from "../shared/dom.js";

const UNSPOKEN = "pre, table, figure, math, rt, rp, button, sup:has(a[href^='#note-'])";

/**
 * @typedef {object} Passage
 * @property {HTMLElement} block
 * @property {string} text  white space as spaces, each of the page's characters one of these
 * @property {{ node: Text, start: number }[]} pieces  where in the text each text node begins
 */

/**
 * @typedef {object} Sentence
 * @property {Passage} passage
 * @property {number} start  in the passage's text, UTF-16 units
 * @property {number} end  exclusive
 */

/**
 * @param {HTMLElement} block
 * @returns {Passage}
 */
function passageOf(block) {
  /** @type {{ node: Text, start: number }[]} */
  const pieces = [];
  let text = "";
  /** @param {Text} node */
  const isOwn = (node) => !node.parentElement?.closest(UNSPOKEN) && (blockOf(node) ?? block) === block;
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeName === "BR") text += " ";
    if (!(node instanceof Text) || !isOwn(node)) continue;
    pieces.push({ node, start: text.length });
    text += node.data.replace(/\s/g, " ");
  }
  return { block, text, pieces };
}

/**
 * @param {string} language  BCP 47
 * @returns {Sentence[]} in reading order
 */
export function sentences(language) {
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  const all = [find("#title"), find(".head .standfirst"), ...blocks()];
  return all
    .flatMap((block) => (block?.checkVisibility() ? [passageOf(block)] : []))
    .flatMap((passage) =>
      [...segmenter.segment(passage.text)]
        .filter(({ segment }) => /[\p{L}\p{N}]/u.test(segment))
        .map(({ index, segment }) => ({ passage, start: index, end: index + segment.trimEnd().length })),
    );
}

/**
 * @param {Passage} passage
 * @param {number} start  in its text, UTF-16 units
 * @param {number} end  exclusive
 * @returns {Range}
 */
export function rangeOf({ block, pieces }, start, end) {
  const range = document.createRange();
  range.selectNodeContents(block);
  const first = pieces.findLast((piece) => piece.start <= start);
  const last = pieces.findLast((piece) => piece.start < end);
  if (first) range.setStart(first.node, Math.min(start - first.start, first.node.length));
  if (last) range.setEnd(last.node, Math.min(end - last.start, last.node.length));
  return range;
}

/**
 * @param {Passage} passage
 * @param {number} start
 * @param {string} language
 * @returns {number} where the word that begins at `start` ends, for browsers that do not say
 */
export function endOfWord({ text }, start, language) {
  const segmenter = new Intl.Segmenter(language, { granularity: "word" });
  const [word] = segmenter.segment(text.slice(start, start + 60));
  return start + (word?.segment.length ?? 1);
}
