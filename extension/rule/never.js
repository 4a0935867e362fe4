/**
 * The popup of a click on a site with a "never" rule: says so, and offers to lift it. The address
 * names the tab that was clicked on and the site.
 */

import { localise, message } from "../i18n.js";
import { loadRules, setRule } from "../rules.js";

const query = new URLSearchParams(location.search);
const tabId = Number(query.get("tab"));
const site = query.get("site") ?? "";

/** @param {string} name */
const byId = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

async function read() {
  await chrome.runtime.sendMessage({ type: "read-tab", tabId });
  window.close();
}

async function lift() {
  await setRule(chrome, site, null);
  await read();
}

function show() {
  localise(document);
  document.title = byId("title").textContent = message("never_title", site);
  byId("lift").addEventListener("click", lift, { once: true });
  byId("options").addEventListener("click", () => chrome.runtime.openOptionsPage());
  byId("title").focus();
}

const holds = (await loadRules(chrome.storage.local))[site] === "never";
if (holds) show();
// The next click on the button asks the rules anew instead of opening this.
await chrome.action.setPopup({ tabId, popup: "" });
// It may have waited for this click, and the rule been lifted elsewhere meanwhile.
if (!holds) await read();
