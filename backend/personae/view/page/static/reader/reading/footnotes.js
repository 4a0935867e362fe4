/**
 * Footnotes beside the place that calls them. A short link to a later paragraph of the story is such a call;
 * what it leads to opens as a small panel, with a link to the note where it stands.
 */

import { element } from "../shared/dom.js";
import { makePanel } from "../shared/panels.js";
import { besideLine, onWay, stretch, view } from "../shared/scroll_axis.js";
import { words } from "../shared/messages.js";

const LONGEST_CALL = 12; // UTF-16 units: "[12]", "*", "note 3"
const LINK = 'a[href^="#note-"]';
const HOLDERS = "li, p, dd, td, blockquote";

/**
 * @param {HTMLAnchorElement} link
 * @returns {HTMLElement | null} the note that the link calls; null for any other link within the story
 */
function noteOf(link) {
  const target = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
  if (!target || link.textContent.trim().length > LONGEST_CALL) return null;
  const place = target.matches("dt") ? target.nextElementSibling : target;
  const note = place?.closest(HOLDERS) ?? place?.querySelector?.("p") ?? null;
  if (!note || !note.closest(".story") || note.contains(link)) return null;
  const isLater = link.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING;
  return isLater ? note : null;
}

/** @param {HTMLElement} note */
function copyOf(note) {
  const text = element("div", { class: "called", lang: note.closest("[lang]")?.lang });
  text.dir = note.closest("[dir]")?.dir ?? "";
  text.append(...note.cloneNode(true).childNodes);
  for (const named of text.querySelectorAll("[id]")) named.removeAttribute("id");
  for (const back of text.querySelectorAll(LINK)) back.remove();
  return text;
}

/**
 * Put the panel below the link, or above when there is more room; beside it where lines are vertical.
 * @param {HTMLElement} panel
 * @param {DOMRect} link
 */
function place(panel, link) {
  const { width, height } = panel.getBoundingClientRect();
  const isBelow = link.bottom + height + 20 < innerHeight || link.top < height + 20;
  const { left, top } = besideLine(link, { width, height, gap: 12 }) ?? {
    left: Math.min(Math.max(link.left + link.width / 2 - width / 2, 12), innerWidth - width - 12),
    top: isBelow ? link.bottom + 8 : link.top - height - 8,
  };
  panel.style.setProperty("--left", `${left}px`);
  panel.style.setProperty("--top", `${top}px`);
}

/**
 * @param {HTMLAnchorElement} link
 * @param {HTMLElement} note
 */
function open(link, note) {
  const toNote = element("a", { href: link.getAttribute("href"), class: "to-note" }, words("note_in_place"));
  const panel = makePanel(words("note", { number: link.textContent.trim() }), copyOf(note), toNote);
  panel.classList.add("note-panel");
  panel.tabIndex = -1;
  toNote.addEventListener("click", () => panel.hidePopover());
  const closed = new AbortController();
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    closed.abort();
    panel.remove();
  });
  const follow = () => {
    const { start, end } = stretch(link);
    const seen = view();
    if (end < seen.start || start > seen.end) panel.hidePopover();
    else place(panel, link.getBoundingClientRect());
  };
  onWay(follow, closed.signal);
  link.focus({ preventScroll: true }); // where the focus goes back to
  panel.showPopover();
  follow();
  panel.focus({ preventScroll: true });
}

export function start() {
  document.querySelector(".story").addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target instanceof Element && event.target.closest(LINK);
    const note = link && noteOf(link);
    if (!note) return;
    event.preventDefault();
    open(link, note);
  });
}
