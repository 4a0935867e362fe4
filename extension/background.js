/**
 * The events, and nothing else: a worker that the browser may end after each of them.
 */

import { readTab } from "./reading.js";
import { allowsReading, chooseRule, offerRules, opensByItself, standAtSites } from "./rules.js";

const MENU = "read-page";

/** Tabs being read by this worker, so that a second click does not read twice. */
const reading = new Set();

/**
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {{ byRule?: boolean }} [way]  whether a site's rule asks for it, and not a click
 */
async function read(tab, { byRule = false } = {}) {
  if (tab?.id === undefined || reading.has(tab.id)) return;
  reading.add(tab.id);
  try {
    const one = { ...tab, id: tab.id };
    if (byRule || (await allowsReading(chrome, one, Date.now()))) await readTab(chrome, one, { byRule });
  } finally {
    reading.delete(tab.id);
  }
}

chrome.action.onClicked.addListener((tab) => read(tab));

// Firefox for Android has no context menus.
chrome.contextMenus?.onClicked.addListener((info, tab) => {
  if (info.menuItemId === MENU) read(tab);
  else chooseRule(chrome, info, tab, Date.now()).then((story) => (story ? read(tab, { byRule: true }) : undefined));
});

chrome.runtime.onInstalled.addListener(async () => {
  await chrome.contextMenus?.removeAll();
  chrome.contextMenus?.create({
    id: MENU,
    title: chrome.i18n.getMessage("menu_read_page"),
    contexts: ["page", "frame"],
  });
  offerRules(chrome);
  await standAtSites(chrome);
});

// The token is for the extension's own pages, not for what of it stands in a page of the web.
chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

// "Try again" in the popup of a private window, where the page is still there to be read.
chrome.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === chrome.runtime.id && message?.type === "read-tab") chrome.tabs.get(message.tabId).then(read);
});

// A story has come at a site that the reader wants to be read there (see arrived.js).
chrome.runtime.onMessage.addListener((message, sender) => {
  if (sender.id !== chrome.runtime.id || message?.type !== "arrived") return;
  opensByItself(chrome, sender, Date.now()).then((opens) => (opens ? read(sender.tab, { byRule: true }) : undefined));
});
