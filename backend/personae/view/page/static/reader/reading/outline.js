/** The outline: a story's sub-headings in a panel, the one being read marked. */

import { addTool } from "../shared/toolbar.js";
import { scrollToBlock, indexAt } from "../shared/blocks.js";
import { element, find, findAll, required } from "../shared/dom.js";
import { onKey } from "../shared/keys.js";
import { controlPanel, makePanel } from "../shared/panels.js";
import { onScroll } from "../shared/scroll_axis.js";
import { message } from "../shared/messages.js";

const LINES = "M2 3.5h12M5 8h9M5 12.5h9";
const FEWEST = 2;

/** @param {HTMLElement} heading */
function goToHeading(heading) {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.addEventListener("blur", () => heading.removeAttribute("tabindex"), { once: true });
  scrollToBlock(heading);
}

export function start() {
  const headings = findAll(".story :is(h2, h3, h4, h5, h6)").filter(
    (heading) => heading.textContent.trim() && !heading.closest("figure, table"),
  );
  if (headings.length < FEWEST) return;
  const top = Math.min(...headings.map((heading) => Number(heading.tagName[1])));
  const { lang, dir } = required(".story");
  const list = element("ol", { lang, dir });
  const panel = makePanel(message("outline"), element("nav", { "aria-label": message("outline") }, list));
  const links = headings.map((heading, i) => {
    heading.id ||= `section-${i + 1}`;
    const label = heading.textContent.replace(/\s+/g, " ").trim();
    const link = element("a", { href: `#${heading.id}` }, label);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault(); // an address with a place would win over where the reader was
      panel.hidePopover();
      goToHeading(heading);
    });
    const depth = Math.min(Number(heading.tagName[1]) - top, 3);
    list.append(element("li", { class: `depth-${depth}` }, link));
    return link;
  });
  const linked = headings.find((heading) => `#${heading.id}` === location.hash);
  if (linked) scrollToBlock(linked);

  const mark = () => {
    const here = indexAt(headings);
    for (const [i, link] of links.entries()) {
      if (i === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  panel.classList.add("outline");
  let closed = new AbortController();
  panel.addEventListener("toggle", (event) => {
    closed.abort();
    if (event.newState !== "open") return;
    closed = new AbortController();
    onScroll(mark, closed.signal);
    mark();
    const current = find("[aria-current]", panel) ?? links[0];
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "nearest" });
  });
  controlPanel(addTool(10, message("outline"), LINES, () => {}), panel);
  const group = message("keys_reading");
  onKey({ key: "o", group, description: message("outline"), act: () => panel.togglePopover() });
}
