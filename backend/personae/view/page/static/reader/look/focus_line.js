/**
 * A line or a paragraph in the light, the rest of the text dimmed (setting "focusLine"): one frame over the
 * text whose shadow dims what is around it. It stands on whole lines, and changes as the reader scrolls.
 */

import { blocks, indexAt, isShown, readingLine } from "../shared/blocks.js";
import { element } from "../shared/dom.js";
import { onSetting, setting } from "../shared/settings.js";
import { along, onWay, stretch } from "../shared/scroll_axis.js";

/** CSS pixels around the text, which the frame leaves in the light. */
const AROUND = { line: 3, paragraph: 8 };

const frame = element("div", { class: "focus-frame", "aria-hidden": "true" });
let waiting = false;

/**
 * @param {HTMLElement} block
 * @param {number} at  along the way
 * @returns {import("../shared/scroll_axis.js").Stretch} the line of a block that is nearest to a place
 */
function lineAt(block, at) {
  const range = document.createRange();
  range.selectNodeContents(block);
  const far = ({ start, end }) => Math.max(start - at, at - end, 0);
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0).map(along);
  const nearest = boxes.reduce((best, box) => (best && far(best) <= far(box) ? best : box), null);
  if (!nearest || block.matches("figure, .scroll")) return stretch(block);
  const middle = (nearest.start + nearest.end) / 2;
  const most = (nearest.end - nearest.start) * 2;
  const same = boxes.filter(({ start, end }) => start < middle && end > middle && end - start < most);
  return { start: Math.min(...same.map((box) => box.start)), end: Math.max(...same.map((box) => box.end)) };
}

function follow() {
  waiting = false;
  const all = blocks();
  const at = readingLine();
  const block = all[indexAt(all, at)] ?? all.find(isShown);
  const mode = setting("focusLine");
  if (!block || mode === "off") return;
  const { start, end } = mode === "line" ? lineAt(block, at) : stretch(block);
  const around = AROUND[mode];
  frame.style.setProperty("inset-block-start", `${start - stretch(frame.parentElement).start - around}px`);
  frame.style.setProperty("block-size", `${end - start + 2 * around}px`);
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
  onWay(soon);
  addEventListener("resize", soon);
  new ResizeObserver(soon).observe(document.querySelector(".story"));
  onSetting("focusLine", change);
  change(setting("focusLine"));
}
