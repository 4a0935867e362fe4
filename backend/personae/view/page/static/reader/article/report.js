/** "This is wrong": composes a report that the reader can read whole, change, copy or save. Nothing is sent. */

import { addAction } from "./article_menu.js";
import { copy } from "./copy_text.js";
import { element, saveFile, say } from "../shared/dom.js";
import { makeDialog } from "../shared/panels.js";
import { words } from "../shared/messages.js";

const page = document.querySelector("article.page");

/** The kinds of mistakes, each with how it stands in the report (in English, for whoever mends it). */
function kinds() {
  return [
    ["missing", words("report_missing"), "Text of the article is missing"],
    ["extra", words("report_extra"), "Something that is not the article was kept"],
    ["title", words("report_title"), "Title, author or date is wrong"],
    ["actor", words("report_actor"), "An actor is wrong, missing or merged wrongly"],
    ["role", words("report_role"), "A role is wrong"],
    ["quote", words("report_quote"), "A quotation has the wrong speaker"],
    ["look", words("report_look"), "The page looks wrong"],
    ["other", words("report_else"), "Something else"],
  ];
}

/** What helps to find the mistake and tells nothing of what was read. */
function facts() {
  const { version, language, access, paragraphs, removed } = page.dataset;
  const cast = [...document.querySelectorAll(".entry")];
  return [
    `Personae ${version}`,
    `Language: ${language || "unknown"}; access: ${access}; paragraphs: ${paragraphs}; removed blocks: ${removed}`,
    `Cast: ${cast.length}, key: ${document.querySelectorAll(".key-actors .entry").length}`,
    `Browser: ${navigator.userAgent}`,
  ];
}

/** @param {string} actor  its id */
function aboutActor(actor) {
  const card = document.querySelector(`.card[data-actor="${CSS.escape(actor)}"]`);
  const line = (selector) => card?.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim();
  return [line("h3"), line(".type"), line(".role"), line(".also")].filter(Boolean).join("; ");
}

function compose({ kind, actor, note, withAddress, withSelection, selected }) {
  const [, , english] = kinds().find(([name]) => name === kind);
  const lines = [`# ${english}`, ""];
  if (note.trim()) lines.push(note.trim(), "");
  if (actor) lines.push(`Actor: ${aboutActor(actor)}`, "");
  if (withAddress) lines.push(`Address: ${document.querySelector("a.source")?.href ?? "a saved page"}`, "");
  if (withSelection && selected) lines.push("Passage:", ...selected.split("\n").map((line) => `> ${line}`), "");
  return [...lines, ...facts()].join("\n");
}

/** What was selected before the menu was opened: a click on it lets go of the selection. */
let selectedBefore = "";

function selection() {
  return String(getSelection() ?? "").trim();
}

function openReport() {
  const selected = selection() || selectedBefore;
  const select = element("select", {}, ...kinds().map(([value, label]) => element("option", { value }, label)));
  const actors = element("select", {}, element("option", { value: "" }, words("report_no_actor")));
  for (const entry of document.querySelectorAll(".entry")) {
    actors.append(element("option", { value: entry.dataset.actor }, entry.querySelector(".name bdi").textContent));
  }
  const note = element("textarea", { rows: 3 });
  const withAddress = element("input", { type: "checkbox" });
  const withSelection = element("input", { type: "checkbox" });
  const report = element("textarea", { rows: 9, readonly: true, spellcheck: "false" });
  const labelled = (label, control) => element("label", { class: "field" }, element("span", {}, label), control);
  const ticked = (label, control) => element("label", { class: "toggle" }, control, element("span", {}, label));
  const dialog = makeDialog(
    words("report"),
    element("p", {}, words("report_explained")),
    labelled(words("report_kind"), select),
    labelled(words("report_which_actor"), actors),
    labelled(words("report_note"), note),
    ticked(words("report_address"), withAddress),
    ...(selected ? [ticked(words("report_selection"), withSelection)] : []),
    labelled(words("report_text"), report),
    element(
      "p",
      { class: "row" },
      element("button", { type: "button", class: "button", onclick: copyReport }, words("report_copy")),
      element("button", { type: "button", class: "plain", onclick: () => saveFile(report.value, "text/markdown", "report.md") }, words("report_save")),
    ),
  );
  const write = () => {
    report.value = compose({
      kind: select.value,
      actor: actors.value,
      note: note.value,
      withAddress: withAddress.checked,
      withSelection: withSelection.checked,
      selected,
    });
  };
  dialog.addEventListener("input", write);
  write();
  dialog.showModal();

  async function copyReport() {
    try {
      await copy(report.value);
      say(words("report_copied"));
    } catch {
      report.select(); // the reader can copy by hand
    }
  }
}

export function start() {
  const menu = document.querySelector(".bar details.menu");
  if (!menu) return;
  menu.querySelector("summary").addEventListener("pointerdown", () => (selectedBefore = menu.open ? selectedBefore : selection()));
  menu.querySelector("summary").addEventListener("keydown", () => (selectedBefore = ""));
  addAction(60, words("report"), openReport);
}
