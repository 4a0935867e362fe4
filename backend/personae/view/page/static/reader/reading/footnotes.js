/**
 * Footnotes beside the place that calls them. A short link to a later paragraph of the story is such a call;
 * what it leads to opens as a small panel, with a link to the note where it stands.
 */

import { closest, element, find, findAll, isPlainClick, required } from "../shared/dom.js";
import { makePanel } from "../shared/panels.js";
import { besideLine, onScroll, extentOf, visibleExtent } from "../shared/scroll_axis.js";
import { message } from "../shared/messages.js";

const LONGEST_CALL = 12; // UTF-16 units: "[12]", "*", "note 3"
const LINK = 'a[href^="#note-"]';
const HOLDERS = "li, p, dd, td, blockquote";

/**
 * @param {HTMLAnchorElement} link
 * @returns {HTMLElement | null} the note that the link calls; null for any other link within the story
 */
function noteOf(link) {
  const target = document.getElementById(decodeURIComponent(link.getAttribute("href")?.slice(1) ?? ""));
  if (!target || link.textContent.trim().length > LONGEST_CALL) return null;
  const place = target.matches("dt") ? target.nextElementSibling : target;
  const note = place && (closest(place, HOLDERS) ?? find("p", place));
  if (!note || !note.closest(".story") || note.contains(link)) return null;
  const isLater = link.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING;
  return isLater ? note : null;
}

/** @param {HTMLElement} note */
function copyOf(note) {
  const text = element("div", { class: "called", lang: closest(note, "[lang]")?.lang });
  text.dir = closest(note, "[dir]")?.dir ?? "";
  text.append(...note.cloneNode(true).childNodes);
  for (const named of findAll("[id]", text)) named.removeAttribute("id");
  for (const back of findAll(LINK, text)) back.remove();
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
  const toNote = element("a", { href: link.getAttribute("href"), class: "to-note" }, message("note_in_place"));
  const panel = makePanel(message("note", { number: link.textContent.trim() }), copyOf(note), toNote);
  panel.classList.add("note-panel");
  panel.tabIndex = -1;
  toNote.addEventListener("click", () => panel.hidePopover());
  const closed = new AbortController();
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    closed.abort();
    panel.remove();
  });
  const update = () => {
    const { start, end } = extentOf(link);
    const visible = visibleExtent();
    if (end < visible.start || start > visible.end) panel.hidePopover();
    else place(panel, link.getBoundingClientRect());
  };
  onScroll(update, closed.signal);
  link.focus({ preventScroll: true }); // where the focus goes back to
  panel.showPopover();
  update();
  panel.focus({ preventScroll: true });
}

export function start() {
  required(".story").addEventListener("click", (event) => {
    if (event.defaultPrevented || !isPlainClick(event)) return;
    /** @type {HTMLAnchorElement | null} */
    const link = closest(event.target, LINK);
    const note = link && noteOf(link);
    if (!note) return;
    event.preventDefault();
    open(link, note);
  });
}
