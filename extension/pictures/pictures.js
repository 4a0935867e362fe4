/**
 * The page that keeps an article's pictures, on the reader's wish. The address names the article's tab and the
 * article. It asks the browser for the hosts of these pictures, fetches them, hands them to the backend, gives
 * the permission back, and leads back to the article.
 */

import { Backend } from "../backend.js";
import { localise, message } from "../i18n.js";
import { giveBack } from "../permissions.js";
import { Problem } from "../problems.js";
import { loadRules } from "../rules.js";
import { loadSettings } from "../settings.js";
import { keepPictures, patternsOf } from "./kept_pictures.js";

const query = new URLSearchParams(location.search);
const tabId = Number(query.get("tab"));
const article = query.get("article") ?? "";

/** @param {string} name */
const byId = (name) => /** @type {HTMLElement} */ (document.getElementById(name));
const progress = /** @type {HTMLProgressElement} */ (byId("progress"));

/** @type {Readonly<Record<import("./kept_pictures.js").Fault, (number: string) => string>>} */
const FAULT_TEXTS = {
  not_fetched: (number) => message("pictures_not_fetched", number),
  too_large: (number) => message("pictures_too_large", number),
  wrong_kind: (number) => message("pictures_wrong_kind", number),
  no_room: (number) => message("pictures_no_room", number),
};

/**
 * @param {"good" | "bad" | ""} kind
 * @param {string} text
 * @param {string[]} [details]
 */
function say(kind, text, details = []) {
  const line = Object.assign(document.createElement(details.length ? "strong" : "p"), { textContent: text });
  const list = document.createElement("ul");
  list.append(...details.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
  byId("status").className = `result ${kind}`;
  byId("status").replaceChildren(line, ...(details.length ? [list] : []));
}

/** @param {unknown} error */
function sayProblem(error) {
  if (!(error instanceof Problem)) throw error;
  const values = [error.detail.address ?? "", error.detail.value ?? ""];
  const details = [message(`problem_${error.code}_next`, ...values), error.detail.message ?? ""];
  say("bad", message(`problem_${error.code}_title`, ...values), details.filter(Boolean));
}

/** To the article's tab, and this one away. */
async function goBack() {
  await chrome.tabs.update(tabId, { active: true }).catch(() => undefined); // it was closed
  const here = await chrome.tabs.getCurrent();
  if (here?.id !== undefined) await chrome.tabs.remove(here.id);
}

/**
 * @param {Backend} backend
 * @param {import("./kept_pictures.js").Pictures} listed
 * @returns {Promise<boolean>} whether all of them are kept
 */
async function keep(backend, listed) {
  const missing = listed.pictures.filter(({ kept }) => !kept).length;
  byId("keep").hidden = true;
  progress.hidden = false;
  progress.max = missing;
  const faults = await keepPictures(backend, article, listed, {
    fetch: (input, init) => fetch(input, init),
    progress(done) {
      progress.value = done;
      say("", message("pictures_progress", String(done), String(missing)));
    },
  });
  progress.hidden = true;
  const lost = [...faults.values()].reduce((sum, number) => sum + number, 0);
  const kept = listed.pictures.length - lost;
  // The article's page may be gone, or be another one by now.
  await chrome.tabs.sendMessage(tabId, { type: "pictures-kept", kept, missing: lost }).catch(console.info);
  if (!lost) return true;
  const details = [...faults].map(([fault, number]) => FAULT_TEXTS[fault](String(number)));
  say("bad", message("pictures_some", String(missing - lost), String(missing)), details);
  byId("back").focus();
  return false;
}

/**
 * @param {Backend} backend
 * @param {import("./kept_pictures.js").Pictures} listed
 */
async function offer(backend, listed) {
  const missing = listed.pictures.filter(({ kept }) => !kept);
  if (!missing.length) {
    say("", message("pictures_none"));
    return;
  }
  const origins = patternsOf(missing);
  // What the reader allowed for other reasons stays theirs.
  const before = await Promise.all(origins.map((one) => chrome.permissions.contains({ origins: [one] })));
  const asked = origins.filter((_, at) => !before[at]);
  byId("explained").textContent = message("pictures_explained", backend.address);
  byId("number").textContent = message("pictures_number", String(missing.length));
  byId("hosts").append(...origins.map((one) => Object.assign(document.createElement("li"), { textContent: new URL(one).hostname })));
  byId("asks").hidden = !asked.length;
  byId("offer").hidden = false;
  byId("keep").hidden = false;
  byId("keep").addEventListener("click", async () => {
    // Asked for directly in the click, or the browser does not ask the reader at all.
    const granted = asked.length ? await chrome.permissions.request({ origins: asked }) : true;
    if (!granted) {
      say("bad", message("pictures_denied"));
      return;
    }
    // Also when this page is closed meanwhile.
    addEventListener("pagehide", () => chrome.runtime.sendMessage({ type: "give-back", origins: asked }), { once: true });
    let isDone = false;
    try {
      isDone = await keep(backend, listed);
    } catch (error) {
      progress.hidden = true;
      sayProblem(error);
    }
    await giveBack(chrome, asked, await loadRules(chrome.storage.local));
    if (isDone) await goBack();
  });
}

localise(document);
document.title = message("pictures_title");
byId("back").addEventListener("click", goBack);
byId("title").focus();
try {
  const backend = new Backend(await loadSettings(chrome.storage.local));
  await offer(backend, await backend.pictures(article));
} catch (error) {
  sayProblem(error);
}
