/** Where the reader is: on every lane of mentions, and on the bar where the browser cannot do that by itself. */

const root = document.documentElement;

export function start() {
  const story = document.querySelector(".story");
  const bar = CSS.supports("animation-timeline: scroll()") ? null : document.querySelector(".progress");
  let waiting = false;

  function follow() {
    waiting = false;
    const box = story.getBoundingClientRect();
    const line = innerHeight * 0.4;
    const at = Math.min(Math.max((line - box.top) / Math.max(box.height, 1), 0), 1);
    root.style.setProperty("--at", at.toFixed(4));
    root.classList.toggle("reading", box.top < line && box.bottom > line);
    if (bar) bar.style.transform = `scaleX(${scrollY / Math.max(root.scrollHeight - innerHeight, 1)})`;
  }
  function soon() {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  }
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  follow();
}
