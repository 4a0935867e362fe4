/** "This is wrong": composes a report that the reader can read whole, change, copy or save. Nothing is sent. */

import { addAction } from "./article_menu.js";
import { copyText } from "../shared/clipboard.js";
import { announce, element, find, findAll, required, saveFile } from "../shared/dom.js";
import { makeDialog } from "../shared/panels.js";
import { message } from "../shared/messages.js";

const page = required("article.page");

/**
 * The kinds of mistakes: the value, its name, and how it stands in the report (in English, for whoever mends it).
 * @returns {[string, string, string][]}
 */
function kinds() {
  return [
    ["missing", message("report_missing"), "Text of the article is missing"],
    ["extra", message("report_extra"), "Something that is not the article was kept"],
    ["title", message("report_title"), "Title, author or date is wrong"],
    ["actor", message("report_actor"), "An actor is wrong, missing or merged wrongly"],
    ["role", message("report_role"), "A role is wrong"],
    ["quote", message("report_quote"), "A quotation has the wrong speaker"],
    ["look", message("report_look"), "The page looks wrong"],
    ["other", message("report_else"), "Something else"],
  ];
}

/** Return what helps to find the mistake and says nothing of what was read. */
function facts() {
  const { version, language, access, paragraphs, removed } = page.dataset;
  const cast = findAll(".entry");
  return [
    `Personae ${version}`,
    `Language: ${language || "unknown"}; access: ${access}; paragraphs: ${paragraphs}; removed blocks: ${removed}`,
    `Cast: ${cast.length}, key: ${findAll(".key-actors .entry").length}`,
    `Browser: ${navigator.userAgent}`,
  ];
}

/** @param {string} actor  its id */
function aboutActor(actor) {
  const card = find(`.card[data-actor="${CSS.escape(actor)}"]`);
  /** @param {string} selector */
  const line = (selector) => card && find(selector, card)?.textContent.replace(/\s+/g, " ").trim();
  return [line("h3"), line(".type"), line(".role"), line(".also")].filter(Boolean).join("; ");
}

/**
 * Return the report as text.
 * @param {object} fields
 * @param {string} fields.kind
 * @param {string} fields.actor  its id; "" for none
 * @param {string} fields.note
 * @param {boolean} fields.withAddress
 * @param {boolean} fields.withSelection
 * @param {string} fields.selected  what was selected of the page
 */
function compose({ kind, actor, note, withAddress, withSelection, selected }) {
  const [, , english] = kinds().find(([name]) => name === kind) ?? kinds()[0];
  /** @type {HTMLAnchorElement | null} */
  const source = find("a.source");
  const lines = [`# ${english}`, ""];
  if (note.trim()) lines.push(note.trim(), "");
  if (actor) lines.push(`Actor: ${aboutActor(actor)}`, "");
  if (withAddress) lines.push(`Address: ${source?.href ?? "a saved page"}`, "");
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
  const actors = element("select", {}, element("option", { value: "" }, message("report_no_actor")));
  for (const entry of findAll(".entry")) {
    actors.append(element("option", { value: entry.dataset.actor }, required(".name bdi", entry).textContent));
  }
  const note = element("textarea", { rows: 3 });
  const withAddress = element("input", { type: "checkbox" });
  const withSelection = element("input", { type: "checkbox" });
  const report = element("textarea", { rows: 9, readonly: true, spellcheck: "false" });
  /**
   * @param {string} label
   * @param {HTMLElement} control
   */
  const labelled = (label, control) => element("label", { class: "field" }, element("span", {}, label), control);
  /**
   * @param {string} label
   * @param {HTMLElement} control
   */
  const ticked = (label, control) => element("label", { class: "toggle" }, control, element("span", {}, label));
  const dialog = makeDialog(
    message("report"),
    element("p", {}, message("report_explained")),
    labelled(message("report_kind"), select),
    labelled(message("report_which_actor"), actors),
    labelled(message("report_note"), note),
    ticked(message("report_address"), withAddress),
    ...(selected ? [ticked(message("report_selection"), withSelection)] : []),
    labelled(message("report_text"), report),
    element(
      "p",
      { class: "row" },
      element("button", { type: "button", class: "button", onclick: copyReport }, message("report_copy")),
      element("button", { type: "button", class: "plain", onclick: () => saveFile(report.value, "text/markdown", "report.md") }, message("report_save")),
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
      await copyText(report.value);
      announce(message("report_copied"));
    } catch {
      report.select(); // the reader can copy by hand
    }
  }
}

export function start() {
  /** @type {HTMLDetailsElement | null} */
  const menu = find(".bar details.menu");
  if (!menu) return;
  const summary = required("summary", menu);
  summary.addEventListener("pointerdown", () => {
    if (!menu.open) selectedBefore = selection();
  });
  summary.addEventListener("keydown", () => (selectedBefore = ""));
  addAction(60, message("report"), openReport);
}
