/**
 * What went wrong, why, and what to do next. The address names the kept problem (`#id`, see
 * problem_store.js); with `?tab=` it is the popup of a private window, where the page is still in its tab.
 */

import { fromBase64, loadProblem, removeProblem } from "../problem_store.js";
import { localise, message } from "../i18n.js";
import { needed } from "../permissions.js";
import { Problem } from "../problems.js";
import { send } from "../reading.js";
import { noteArticle } from "../back_to_page.js";
import { loadSettings } from "../settings.js";

const id = location.hash.slice(1);
const popupTab = Number(new URLSearchParams(location.search).get("tab")) || null;

/** @param {string} name */
const byId = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

let settings = await loadSettings(chrome.storage.local);
/** The problem on show: another one after a second try that failed in another way. */
let shown = new Problem("gone");

/**
 * @param {Problem} problem
 * @param {string} address  of the backend, for texts of problems that carry none
 * @param {boolean} canRetry
 */
function render(problem, address, canRetry) {
  shown = problem;
  const { code, detail, remedy } = problem;
  const values = [detail.address ?? address, detail.value ?? ""];
  const title = message(`problem_${code}_title`, ...values);
  document.title = title;
  byId("title").textContent = title;
  byId("cause").textContent = message(`problem_${code}_cause`, ...values);
  byId("next").textContent = message(`problem_${code}_next`, ...values);

  byId("command").hidden = !remedy.command;
  byId("command").querySelector("code")?.replaceChildren(remedy.command ?? "");
  byId("again").hidden = !canRetry || Boolean(remedy.grant);
  byId("allow").hidden = !canRetry || !remedy.grant;
  byId("back").hidden = popupTab !== null || history.length < 2;
  byId("back").className = canRetry ? "" : "primary";
  byId("details").hidden = !detail.message && !detail.hint;
  byId("message").textContent = detail.message ?? "";
  byId("hint").textContent = detail.hint ?? "";
}

/** @param {Uint8Array<ArrayBuffer>} packed */
async function sendAgain(packed) {
  byId("status").textContent = message("problem_working");
  settings = await loadSettings(chrome.storage.local);
  try {
    const article = await send(chrome, settings, packed);
    await removeProblem(chrome.storage.session, id);
    const here = await chrome.tabs.getCurrent();
    // A tab that opened beside has no page before this one to go back to.
    if (here?.id !== undefined && history.length > 1) await noteArticle(chrome, { ...here, id: here.id }, article);
    // In place of this page, so that Back leads from the article to the page it came from.
    location.replace(article);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    render(error, settings.address, Boolean(error.remedy.retry));
    byId("status").textContent = message("problem_still", byId("title").textContent ?? "");
  }
}

async function readTabAgain() {
  await chrome.runtime.sendMessage({ type: "read-tab", tabId: popupTab });
  window.close();
}

async function start() {
  localise(document);
  const entry = await loadProblem(chrome.storage.session, id);
  byId("options").addEventListener("click", () => chrome.runtime.openOptionsPage());
  byId("back").addEventListener("click", () => history.back());
  if (popupTab !== null) {
    document.documentElement.classList.add("popup");
    // The next click on the button reads again instead of opening this.
    await chrome.action.setPopup({ tabId: popupTab, popup: "" });
  }
  if (entry === null) {
    render(shown, settings.address, false);
    return;
  }
  const problem = new Problem(entry.code, entry.detail);
  const again = popupTab === null ? () => sendAgain(fromBase64(entry.packed)) : readTabAgain;
  const canRetry = popupTab === null ? entry.packed !== "" : Boolean(problem.remedy.retry);
  render(problem, settings.address, canRetry);

  byId("again").addEventListener("click", () => once(again));
  byId("allow").addEventListener("click", () => {
    // Asked for directly in the click, or the browser does not ask the reader at all.
    const granted = chrome.permissions.request(needed(chrome, settings));
    once(async () => {
      if (await granted) await again();
    });
  });
  byId("title").focus();
}

let working = false;

/**
 * One attempt at a time. Not `disabled`: the button would lose the focus.
 * @param {() => Promise<void>} attempt
 */
async function once(attempt) {
  if (working) return;
  working = true;
  for (const name of ["again", "allow"]) byId(name).setAttribute("aria-disabled", "true");
  try {
    await attempt();
  } finally {
    working = false;
    for (const name of ["again", "allow"]) byId(name).removeAttribute("aria-disabled");
  }
}

await start();
