/** Code, copied by a button in its corner: as it can be run, without the numbers of its lines. */

import { copyText } from "../shared/clipboard.js";
import { announce, announceError, element, findAll, iconButton } from "../shared/dom.js";
import { message } from "../shared/messages.js";

const SHEETS = "M6 5.5h7.5V13H6zM10 5.5V3H2.5v7.5H6";
const NUMBER = /^\s*(\d+)[.:|]?(?:[ \t]|$)/;
const FEWEST = 3; // lines that count up before numbers are those of lines

/** @param {string} code */
function withoutNumbers(code) {
  const lines = code.replace(/\n+$/, "").split("\n");
  const numbers = lines.map((line) => Number(NUMBER.exec(line)?.[1] ?? Number.NaN));
  const areLines = lines.length >= FEWEST && numbers.every((number, i) => number === numbers[0] + i);
  return (areLines ? lines.map((line) => line.replace(NUMBER, "")) : lines).join("\n");
}

/** @param {HTMLElement} block */
function offer(block) {
  const code = withoutNumbers(block.textContent);
  if (!code.trim()) return; // a column of numbers
  const button = iconButton(message("code_copy"), SHEETS, async () => {
    try {
      await copyText(code);
      announce(message("code_copied"));
    } catch (error) {
      announceError(error);
    }
  });
  const frame = element("div", { class: "code-frame" });
  block.before(frame);
  frame.append(block, button);
}

export function start() {
  for (const block of findAll(".story pre")) offer(block);
}
