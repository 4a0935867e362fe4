/** Where the reader is: on every lane of mentions, and on the bar where the browser cannot do that by itself. */

import { find, required } from "../shared/dom.js";
import { onScroll, scrollPosition, extentOf, visibleExtent, maxScrollPosition } from "../shared/scroll_axis.js";

const root = document.documentElement;

export function start() {
  const story = required(".story");
  const bar = CSS.supports("animation-timeline: scroll()") ? null : find(".progress");
  let waiting = false;

  function update() {
    waiting = false;
    const { start, end } = extentOf(story);
    const line = visibleExtent().end * 0.4;
    const at = Math.min(Math.max((line - start) / Math.max(end - start, 1), 0), 1);
    root.style.setProperty("--at", at.toFixed(4));
    root.classList.toggle("reading", start < line && end > line);
    if (bar) bar.style.transform = `scaleX(${scrollPosition() / Math.max(maxScrollPosition(), 1)})`;
  }
  function updateSoon() {
    if (!waiting) requestAnimationFrame(update);
    waiting = true;
  }
  onScroll(updateSoon);
  addEventListener("resize", updateSoon);
  update();
}
