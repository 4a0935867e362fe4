/**
 * "This is not X, it is …": for one mention, or for all of an actor that are called the same. Whoever it is, of the
 * cast or new, is told by name, so that the correction says something of other stories too. Loaded when somebody asks;
 * where and what a mention is comes from the article as JSON, which the page does not hold.
 */

import { base } from "../shared/backend.js";
import { announceError, element, required } from "../shared/dom.js";
import { countedMessage, message } from "../shared/messages.js";
import { makeDialog } from "../shared/panels.js";
import { correct, LONGEST, requestCorrected } from "./corrections.js";

const AROUND = 48; // code points of the text before and after a mention
const FIELDS = ["title", "standfirst", "text"];

/**
 * @typedef {{ field: "title" | "standfirst" | "text", start: number, end: number, text: string }} Mention
 * @typedef {{ id: string, name: string, mentions: Mention[] }} Actor
 * @typedef {{ title: string, standfirst: string | null, text: string, actors: Actor[] }} Article
 */

/** @returns {Promise<Article>} the article as it is shown */
async function articleShown() {
  const answer = await requestCorrected(`${base}.json`, "application/json");
  return answer.json();
}

/**
 * Return the mention of a mark: the server numbers them as they stand on the page.
 * @param {Article} article
 * @param {HTMLElement} mark
 */
function mentionOf(article, mark) {
  const mentions = article.actors.flatMap((actor) => actor.mentions);
  mentions.sort((a, b) => FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field) || a.start - b.start || b.end - a.end);
  return mentions[Number(mark.id.slice(1)) - 1];
}

/** @param {string} text */
function folded(text) {
  return text.trim().replace(/\s+/g, " ");
}

/**
 * Show a mention between the words around it.
 * @param {Article} article
 * @param {Mention} mention
 */
function surroundings(article, { field, start, end, text }) {
  const whole = [...(article[field] ?? "")]; // by code points, as the server counts
  const before = whole.slice(0, start).join("").split("\n\n").at(-1) ?? "";
  const after = whole.slice(end).join("").split("\n\n")[0];
  const head = [...before].slice(-AROUND).join("");
  const tail = [...after].slice(0, AROUND).join("");
  const { lang, dir } = required(".story");
  return element(
    "p",
    { class: "where", lang, dir },
    head === before ? head : `… ${head.replace(/^\S*\s/, "")}`,
    element("b", {}, text),
    tail === after ? tail : `${tail.replace(/\s\S*$/, "")} …`,
  );
}

/**
 * Return the names of the others of the cast, those first that hold the last word of a name.
 * @param {Article} article
 * @param {string} actor
 * @param {string} alias
 */
function othersThan(article, actor, alias) {
  const last = alias.split(/\s/).at(-1) ?? alias;
  const names = article.actors.filter(({ id }) => id !== actor).map(({ name }) => name);
  /** @param {string} name */
  const isLike = (name) => name.split(/\s/).includes(last);
  return [...names.filter(isLike), ...names.filter((name) => !isLike(name))];
}

/**
 * @param {string} value
 * @param {string} label
 * @param {boolean} checked
 */
function radio(value, label, checked) {
  const input = element("input", { type: "radio", name: "where", value, checked });
  return element("label", { class: "toggle" }, input, element("span", {}, label));
}

/**
 * Everywhere or only here.
 * @param {string} alias
 * @param {number} count  how often the actor is so called
 */
function places(alias, count) {
  const everywhere = countedMessage("whose_everywhere", count, { name: message("quoted_name", { name: alias }) });
  return element(
    "fieldset",
    {},
    element("legend", { class: "hidden" }, message("whose_where")),
    radio("all", everywhere, true),
    radio("one", message("whose_here"), false),
  );
}

/**
 * Who it is: one of the cast, or a name that the reader types.
 * @param {string[]} names
 */
function chooser(names) {
  const options = names.map((name) => element("option", { value: name }, name));
  const who = element("select", {}, ...options, element("option", { value: "" }, message("whose_new")));
  const typed = element("input", { maxlength: LONGEST, autocomplete: "off" });
  const naming = element("label", { class: "field" }, element("span", {}, message("correct_name")), typed);
  const refresh = () => {
    naming.hidden = who.value !== "";
    typed.required = !naming.hidden;
  };
  who.addEventListener("change", () => {
    refresh();
    if (!naming.hidden) typed.focus();
  });
  refresh();
  return {
    fields: [element("label", { class: "field" }, element("span", {}, message("whose_is")), who), naming],
    name: () => who.value || folded(typed.value),
  };
}

/**
 * Ask who it is, and correct that.
 * @param {Article} article
 * @param {string} id  of the actor that it is not
 * @param {string} alias
 * @param {Mention} [mention]  the one that the reader means, if any
 */
function ask(article, id, alias, mention) {
  const actor = article.actors.find((one) => one.id === id);
  if (!actor) return;
  const count = actor.mentions.filter(({ text }) => text === alias).length;
  const who = chooser(othersThan(article, id, alias));
  const form = element(
    "form",
    {},
    mention ? surroundings(article, mention) : "",
    ...who.fields,
    mention && count > 1 ? places(alias, count) : "",
    element("p", { class: "row" }, element("button", { type: "submit", class: "button" }, message("whose_correct"))),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const isOne = new FormData(form).get("where") === "one";
    const place = isOne && mention ? { field: mention.field, start: mention.start } : undefined;
    if (who.name()) correct({ kind: "reassign", actor: id, value: who.name(), alias, place });
  });
  const dialog = makeDialog(message("whose_title", { name: actor.name }), form);
  dialog.classList.add("whose");
  dialog.showModal();
  required("select", form).focus();
}

/**
 * Ask whose name a mention is.
 * @param {HTMLElement} mark
 */
export async function askAtMark(mark) {
  try {
    const article = await articleShown();
    const mention = mentionOf(article, mark);
    if (mention) ask(article, mark.dataset.actor ?? "", mention.text, mention);
  } catch (error) {
    announceError(error);
  }
}

/**
 * Ask whose name it is wherever an actor is so called.
 * @param {string} actor
 * @param {string} alias
 */
export async function askEverywhere(actor, alias) {
  try {
    ask(await articleShown(), actor, alias);
  } catch (error) {
    announceError(error);
  }
}
