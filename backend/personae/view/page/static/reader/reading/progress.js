/** Where the reader is: on every lane of mentions, and on the bar where the browser cannot do that by itself. */

import { onWay, passed, stretch, view, wayLength } from "../shared/scroll_axis.js";

const root = document.documentElement;

export function start() {
  const story = document.querySelector(".story");
  const bar = CSS.supports("animation-timeline: scroll()") ? null : document.querySelector(".progress");
  let waiting = false;

  function follow() {
    waiting = false;
    const { start, end } = stretch(story);
    const line = view().end * 0.4;
    const at = Math.min(Math.max((line - start) / Math.max(end - start, 1), 0), 1);
    root.style.setProperty("--at", at.toFixed(4));
    root.classList.toggle("reading", start < line && end > line);
    if (bar) bar.style.transform = `scaleX(${passed() / Math.max(wayLength(), 1)})`;
  }
  function soon() {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  }
  onWay(soon);
  addEventListener("resize", soon);
  follow();
}
