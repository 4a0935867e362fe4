/**
 * A line or a paragraph in the light, the rest of the text dimmed (setting "focusLine"): one frame over the
 * text whose shadow dims what is around it. It stands on whole lines, and changes as the reader scrolls.
 */

import { blocks, indexAt, readingLine } from "./blocks.js";
import { element } from "./dom.js";
import { onSetting, setting } from "./settings.js";

/** CSS pixels around the text, which the frame leaves in the light. */
const AROUND = { line: 3, paragraph: 8 };

const frame = element("div", { class: "focus-frame", "aria-hidden": "true" });
let waiting = false;

/**
 * @param {HTMLElement} block
 * @param {number} at  from the top of the window
 * @returns {{ top: number, bottom: number }} the line of a block that is nearest to a height
 */
function lineAt(block, at) {
  const range = document.createRange();
  range.selectNodeContents(block);
  const far = (box) => Math.max(box.top - at, at - box.bottom, 0);
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const nearest = boxes.reduce((best, box) => (best && far(best) <= far(box) ? best : box), null);
  if (!nearest || block.matches("figure, .scroll")) return block.getBoundingClientRect();
  const middle = (nearest.top + nearest.bottom) / 2;
  const same = boxes.filter((box) => box.top < middle && box.bottom > middle && box.height < nearest.height * 2);
  return { top: Math.min(...same.map((box) => box.top)), bottom: Math.max(...same.map((box) => box.bottom)) };
}

function follow() {
  waiting = false;
  const all = blocks();
  const at = readingLine();
  const block = all[Math.max(indexAt(all, at), 0)];
  const mode = setting("focusLine");
  if (!block || mode === "off") return;
  const { top, bottom } = mode === "line" ? lineAt(block, at) : block.getBoundingClientRect();
  const around = AROUND[mode];
  frame.style.setProperty("top", `${top - frame.parentElement.getBoundingClientRect().top - around}px`);
  frame.style.setProperty("height", `${bottom - top + 2 * around}px`);
}

function soon() {
  if (!waiting && frame.isConnected) requestAnimationFrame(follow);
  waiting = frame.isConnected;
}

/** @param {string} mode */
function change(mode) {
  if (mode === "off") {
    frame.remove();
    return;
  }
  document.querySelector(".body").append(frame);
  follow();
}

export function start() {
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  new ResizeObserver(soon).observe(document.querySelector(".story"));
  onSetting("focusLine", change);
  change(setting("focusLine"));
}
