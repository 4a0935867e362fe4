/**
 * From paragraph to paragraph: j and k. The one where the reader is has a quiet line beside it, and the focus,
 * so that Tab and a screen reader go on from there.
 */

import { blocks, scrollToBlock, indexAt, isShown } from "../shared/blocks.js";
import { onKey } from "../shared/keys.js";
import { extentOf, visibleExtent } from "../shared/scroll_axis.js";
import { message } from "../shared/messages.js";

/** @param {1 | -1} step */
function go(step) {
  const all = blocks().filter(isShown);
  const current = all.findIndex((block) => block === document.activeElement);
  const from = current >= 0 && isInWindow(all[current]) ? current : indexAt(all);
  const next = all[Math.min(Math.max(from + step, 0), all.length - 1)];
  if (next) visit(next);
}

/** @param {HTMLElement} block */
function isInWindow(block) {
  const { start, end } = extentOf(block);
  const visible = visibleExtent();
  return end > visible.start && start < visible.end;
}

/** @param {HTMLElement} block */
function visit(block) {
  const wasStop = block.hasAttribute("tabindex"); // a table that scrolls is one
  if (!wasStop) block.tabIndex = -1;
  block.classList.add("current");
  block.focus({ preventScroll: true });
  block.addEventListener(
    "blur",
    () => {
      block.classList.remove("current");
      if (!wasStop) block.removeAttribute("tabindex");
    },
    { once: true },
  );
  scrollToBlock(block);
}

export function start() {
  const group = message("keys_reading");
  onKey({ key: "j", group, description: message("key_next_paragraph"), act: () => go(1) });
  onKey({ key: "k", group, description: message("key_previous_paragraph"), act: () => go(-1) });
}
