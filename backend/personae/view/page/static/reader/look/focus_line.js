/**
 * A line or a paragraph in the light, the rest of the text dimmed (setting "focusLine"): one frame over the
 * text whose shadow dims what is around it. It stands on whole lines, and changes as the reader scrolls.
 */

import { blocks, indexAt, isShown, readingLine } from "../shared/blocks.js";
import { element, required } from "../shared/dom.js";
import { onSetting, setting } from "../shared/settings.js";
import { boxExtent, onScroll, extentOf } from "../shared/scroll_axis.js";

/**
 * CSS pixels around the text, which the frame leaves in the light, by the value of the setting.
 * @type {Readonly<Record<string, number>>}
 */
const AROUND = { line: 3, paragraph: 8 };

const frame = element("div", { class: "focus-frame", "aria-hidden": "true" });
let waiting = false;

/**
 * @param {HTMLElement} block
 * @param {number} at  along the axis of scrolling
 * @returns {import("../shared/scroll_axis.js").Extent} the line of a block that is nearest to a place
 */
function lineAt(block, at) {
  const range = document.createRange();
  range.selectNodeContents(block);
  /** @param {import("../shared/scroll_axis.js").Extent} extent */
  const distance = ({ start, end }) => Math.max(start - at, at - end, 0);
  const rects = [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
  const boxes = rects.map(boxExtent);
  if (boxes.length === 0 || block.matches("figure, .scroll")) return extentOf(block);
  const nearest = boxes.reduce((best, box) => (distance(best) <= distance(box) ? best : box));
  const middle = (nearest.start + nearest.end) / 2;
  const most = (nearest.end - nearest.start) * 2;
  const same = boxes.filter(({ start, end }) => start < middle && end > middle && end - start < most);
  return { start: Math.min(...same.map((box) => box.start)), end: Math.max(...same.map((box) => box.end)) };
}

function update() {
  waiting = false;
  const all = blocks();
  const at = readingLine();
  const block = all[indexAt(all, at)] ?? all.find(isShown);
  const mode = setting("focusLine");
  if (!block || !frame.parentElement || mode === "off") return;
  const { start, end } = mode === "line" ? lineAt(block, at) : extentOf(block);
  const around = AROUND[mode];
  frame.style.setProperty("inset-block-start", `${start - extentOf(frame.parentElement).start - around}px`);
  frame.style.setProperty("block-size", `${end - start + 2 * around}px`);
}

function updateSoon() {
  if (!waiting && frame.isConnected) requestAnimationFrame(update);
  waiting = frame.isConnected;
}

/** @param {string} mode */
function change(mode) {
  if (mode === "off") {
    frame.remove();
    return;
  }
  required(".body").append(frame);
  update();
}

export function start() {
  onScroll(updateSoon);
  addEventListener("resize", updateSoon);
  new ResizeObserver(updateSoon).observe(required(".story"));
  onSetting("focusLine", change);
  change(setting("focusLine"));
}
