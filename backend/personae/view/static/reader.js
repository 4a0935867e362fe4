// The page is complete without this. Here: going through one actor's mentions, and the place in the story.
//
// Click a name in the cast or a mark: that actor's marks stand out; again: the next mention.
// n and p: next and previous; Escape: let go.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const root = document.documentElement;
const story = document.querySelector(".story");
const marks = [...document.querySelectorAll("mark.actor[id]")];
const entries = new Map([...document.querySelectorAll(".entry")].map((e) => [e.dataset.actor, e]));
let chosen = null; // the actor's id
let place = -1; // index within its mentions

root.classList.add("js");

const mentionsOf = (actor) => marks.filter((mark) => mark.dataset.actor === actor);

/** Mark all places of an actor; null lets go of the one that was chosen. */
function choose(actor) {
  for (const on of document.querySelectorAll(".on, .now")) on.classList.remove("on", "now");
  chosen = actor;
  place = -1;
  stepper.hidden = actor === null;
  if (actor === null) return;
  for (const mark of document.querySelectorAll("mark.actor")) {
    if (mark.dataset.actor === actor) mark.classList.add("on");
  }
  entries.get(actor)?.classList.add("on");
}

/** Show the mention at an index, counted round. */
function go(index, { scroll = true } = {}) {
  const mentions = mentionsOf(chosen);
  if (mentions.length === 0) return;
  mentions[place]?.classList.remove("now");
  place = (index + mentions.length) % mentions.length;
  const mark = mentions[place];
  mark.classList.add("now");
  if (scroll) mark.scrollIntoView({ block: "center" });
  const entry = entries.get(chosen);
  who.textContent = entry?.querySelector(".name bdi").textContent ?? mark.textContent;
  glyph.replaceChildren(entry?.querySelector(".name .glyph").cloneNode(true) ?? "");
  at.textContent = `${place + 1} of ${mentions.length}`;
}

const nextOf = (actor) => {
  if (actor === chosen) return place + 1;
  // The first mention below the top of the window, so that the reader is not thrown back.
  choose(actor);
  const below = mentionsOf(actor).findIndex((mark) => mark.getBoundingClientRect().top > 60);
  return Math.max(below, 0);
};

function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function button(label, path, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.setAttribute("aria-label", label);
  made.title = label;
  made.append(icon(path));
  made.addEventListener("click", act);
  return made;
}

const stepper = document.createElement("div");
stepper.className = "stepper";
stepper.hidden = true;
stepper.setAttribute("role", "group");
stepper.setAttribute("aria-label", "Mentions");
const glyph = document.createElement("span");
const said = document.createElement("span");
said.setAttribute("role", "status");
const who = document.createElement("span");
who.className = "who";
const at = document.createElement("span");
at.className = "at";
said.append(who, " ", at);
stepper.append(
  glyph,
  said,
  button("Previous mention (p)", "M10 3.5 5.5 8l4.5 4.5", () => go(place - 1)),
  button("Next mention (n)", "M6 3.5 10.5 8 6 12.5", () => go(place + 1)),
  button("Let go (Escape)", "m4 4 8 8m0-8-8 8", () => choose(null)),
);
document.body.append(stepper);

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest('a[href^="#m"]');
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (link?.classList.contains("name")) {
    event.preventDefault();
    go(nextOf(link.closest(".entry").dataset.actor));
  } else if (target?.dataset.actor) {
    event.preventDefault();
    link.closest("[popover]")?.hidePopover?.();
    if (chosen !== target.dataset.actor) choose(target.dataset.actor);
    go(mentionsOf(chosen).indexOf(target));
  } else {
    const mark = event.target.closest("mark.actor");
    if (!mark || event.target.closest("a") || String(getSelection())) return;
    const { actor } = mark.dataset;
    if (chosen === actor && mark.classList.contains("now")) {
      go(place + 1);
    } else {
      if (chosen !== actor) choose(actor);
      go(Math.max(mentionsOf(actor).indexOf(mark), 0), { scroll: false });
    }
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "Escape" && !document.querySelector(":popover-open")) choose(null);
  if (event.key !== "n" && event.key !== "p") return;
  const first = document.querySelector(".entry")?.dataset.actor;
  if (chosen === null && first) go(nextOf(first));
  else if (chosen !== null) go(place + (event.key === "n" ? 1 : -1));
});

// Where the reader is: on every lane, and on the bar where the browser cannot do that by itself.
const bar = CSS.supports("animation-timeline: scroll()") ? null : document.querySelector(".progress");
let waiting = false;
function follow() {
  waiting = false;
  const box = story.getBoundingClientRect();
  const line = innerHeight * 0.4;
  root.style.setProperty("--at", Math.min(Math.max((line - box.top) / Math.max(box.height, 1), 0), 1).toFixed(4));
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

// One menu at a time, and a click elsewhere closes it.
const menu = document.querySelector(".menu");
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
