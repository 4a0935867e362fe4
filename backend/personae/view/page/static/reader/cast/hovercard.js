/**
 * A small card beside a mark: who this is, in a glance. The pointer resting on a mark opens it, and so does the
 * key `i` for the mention where the reader is; `i` again, or its button, opens the actor's whole card.
 *
 * As WCAG 1.4.13 asks: Escape closes it where the pointer is, the pointer may move onto it, and it stays until
 * the pointer leaves. It stands above the line of the mark, over what has been read, or below it at the top of
 * the window; beside a vertical line. A finger has no hover: a tap chooses the actor instead.
 */

import { closest, element, find, findAll, holds, icon, required } from "../shared/dom.js";
import { base } from "../shared/backend.js";
import { onKey } from "../shared/keys.js";
import { cardOf, openCard } from "./cards.js";
import { currentMention, onActorChosen } from "./stepper.js";
import { boxExtent, besideLine, isVertical, onScroll, extentOf, visibleExtent } from "../shared/scroll_axis.js";
import { message } from "../shared/messages.js";

const OPENING_DELAY = 250; // milliseconds on a mark before its card opens
const CLOSING_DELAY = 300; // milliseconds for the pointer to get from the mark to the card
const GAP = 8; // CSS pixels from the mark's line, and from the window's edges

const content = element("div");
const more = element("button", { type: "button", class: "more", onclick: openWhole }, message("hovercard_more"));
more.append(icon("M6 3.5 10.5 8 6 12.5"));
const other = element("button", { type: "button", class: "more", onclick: askWhose });
const card = element(
  "div",
  { class: "hovercard", popover: "manual", role: "dialog", "aria-labelledby": "hovercard-name" },
  content,
  element("div", { class: "row" }, more, other),
);
/** @type {HTMLElement | null} the mark whose card is shown */
let shown = null;
/** @type {HTMLElement | null} the mark on which the pointer rests */
let awaited = null;
/** @type {Element | null} what had the focus before a key opened the card; null when the pointer opened it */
let before = null;
let timer = 0;

/** @param {HTMLElement} whole */
function fill(whole) {
  const kind = ["person", "organization", "country"].filter((name) => whole.classList.contains(name));
  card.classList.remove("person", "organization", "country");
  card.classList.add(...kind);
  const role = find(".role bdi", whole);
  const counts = findAll("h4", whole).filter((heading) => !heading.closest(".why"));
  const first = find(".quotations li", whole);
  content.replaceChildren(
    required(".type", whole).cloneNode(true),
    required("h3", whole).cloneNode(true),
    role ? element("p", { class: "role", lang: role.parentElement?.lang }, role.textContent) : "",
    element("p", { class: "counts" }, counts.map((heading) => heading.textContent).reverse().join(" · ")),
  );
  required("h3", content).id = "hovercard-name";
  if (first?.parentElement) {
    const { lang, dir } = first.parentElement;
    content.append(element("p", { class: "quotation", lang, dir }, first.textContent.trim()));
  }
}

/**
 * Put the card above the line of its mark, or below where there is no room above; beside a vertical line.
 * @param {{ x: number, y: number }} [pointer]  where it is, for a mark that breaks across lines
 */
function place(pointer) {
  if (!shown) return;
  const rects = [...shown.getClientRects()];
  /** @param {DOMRect} rect */
  const isAt = ({ left, top, right, bottom }) =>
    pointer && (isVertical() ? pointer.x >= left && pointer.x <= right : pointer.y >= top && pointer.y <= bottom);
  const rect = rects.find(isAt) ?? rects[0];
  const visible = visibleExtent();
  if (!rect || boxExtent(rect).end < visible.start || boxExtent(rect).start > visible.end) {
    hide();
    return;
  }
  const { offsetWidth: width, offsetHeight: height } = card;
  const beside = besideLine(rect, { width, height, gap: GAP, isOverRead: true });
  const above = rect.top - GAP - height;
  const isRoom = above >= visible.start + GAP;
  const start = document.dir === "rtl" ? rect.right - width + 2 * GAP : rect.left - 2 * GAP;
  card.style.setProperty("top", `${beside?.top ?? (isRoom ? above : rect.bottom + GAP)}px`);
  card.style.setProperty("left", `${beside?.left ?? Math.max(GAP, Math.min(start, innerWidth - width - GAP))}px`);
}

/**
 * @param {HTMLElement} mark
 * @param {{ x: number, y: number }} [pointer]
 */
function show(mark, pointer) {
  const whole = cardOf(mark.dataset.actor ?? "");
  if (!whole || !mark.isConnected || find("dialog[open], :popover-open:is(.card, .panel)")) return;
  shown = mark;
  fill(whole);
  other.hidden = !base || !mark.id; // only what begins a mention has an id
  other.textContent = message("whose_open", { name: required("h3", whole).textContent.trim() });
  card.showPopover();
  place(pointer);
}

function hide() {
  clearTimeout(timer);
  awaited = null;
  if (shown === null) return;
  shown = null;
  const back = card.contains(document.activeElement) ? before : null;
  before = null;
  card.hidePopover();
  if (back instanceof HTMLElement && back !== document.body) back.focus({ preventScroll: true });
}

function openWhole() {
  const actor = shown?.dataset.actor ?? "";
  hide();
  openCard(actor);
}

async function askWhose() {
  const mark = shown;
  hide();
  if (mark) (await import("./whose_name.js")).askAtMark(mark);
}

/** The mark where the reader is: the one that has the focus or holds it, the last stepped to, the first in the window. */
function markOfReader() {
  const focused = closest(document.activeElement, "mark.actor");
  return focused ?? currentMention() ?? findAll("mark.actor").find((mark) => mark.checkVisibility() && isInWindow(mark));
}

/** @param {HTMLElement} mark */
function isInWindow(mark) {
  const { start, end } = extentOf(mark);
  const visible = visibleExtent();
  return start >= visible.start && end <= visible.end;
}

/** The key: the card of the mention where the reader is. */
function openByKey() {
  if (shown) {
    openWhole();
    return;
  }
  const mark = markOfReader();
  if (!mark) return;
  if (!isInWindow(mark)) mark.scrollIntoView({ block: "center", behavior: "instant" });
  show(mark);
  before = document.activeElement;
  more.focus({ preventScroll: true });
}

/** @param {PointerEvent} event */
function onPointerOver(event) {
  if (event.pointerType === "touch" || event.buttons !== 0 || !(event.target instanceof Element)) return;
  const mark = closest(event.target, "mark.actor");
  if (card.contains(event.target) || (mark && mark === shown)) {
    clearTimeout(timer);
    awaited = null;
  } else if (mark && mark !== awaited) {
    clearTimeout(timer);
    awaited = mark;
    timer = setTimeout(() => {
      awaited = null;
      hide();
      show(mark, { x: event.clientX, y: event.clientY });
    }, OPENING_DELAY);
  } else if (!mark) {
    clearTimeout(timer);
    awaited = null;
    if (shown && before === null) timer = setTimeout(hide, CLOSING_DELAY);
  }
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== "Escape" || !shown) return;
  event.preventDefault();
  hide();
}

export function start() {
  if (!find(".card")) return;
  document.body.append(card);
  document.addEventListener("pointerover", onPointerOver);
  document.documentElement.addEventListener("pointerleave", hide);
  document.addEventListener("keydown", onEscape, { capture: true });
  document.addEventListener("click", ({ target }) => {
    if (!holds(card, target)) hide();
  });
  const onOpening = (/** @type {ToggleEvent} */ { target, newState }) => {
    if (target !== card && newState === "open") hide();
  };
  document.addEventListener("beforetoggle", onOpening, { capture: true });
  card.addEventListener("focusout", ({ relatedTarget }) => {
    if (before !== null && shown && !holds(card, relatedTarget)) hide();
  });
  onScroll(() => place());
  addEventListener("resize", hide);
  onActorChosen(hide);
  const group = message("keys_cast");
  onKey({ key: "i", group, description: message("key_about"), act: openByKey });
  onKey({
    key: "Enter",
    group,
    description: message("key_card"),
    act: ({ target }) => {
      if (target instanceof HTMLElement && target.matches("mark.actor")) openCard(target.dataset.actor ?? "");
    },
  });
}
