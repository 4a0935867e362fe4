/**
 * The events, and nothing else: a worker that the browser may end after each of them.
 */

import { readTab } from "./reading.js";

const MENU = "read-page";

/** Tabs being read by this worker, so that a second click does not read twice. */
const reading = new Set();

/** @param {chrome.tabs.Tab | undefined} tab */
async function read(tab) {
  if (tab?.id === undefined || reading.has(tab.id)) return;
  reading.add(tab.id);
  try {
    await readTab(chrome, { ...tab, id: tab.id });
  } finally {
    reading.delete(tab.id);
  }
}

chrome.action.onClicked.addListener(read);

// Firefox for Android has no context menus.
chrome.contextMenus?.onClicked.addListener((_info, tab) => read(tab));

chrome.runtime.onInstalled.addListener(async () => {
  await chrome.contextMenus?.removeAll();
  chrome.contextMenus?.create({
    id: MENU,
    title: chrome.i18n.getMessage("menu_read_page"),
    contexts: ["page", "frame"],
  });
});

// "Try again" in the popup of a private window, where the page is still there to be read.
chrome.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === chrome.runtime.id && message?.type === "read-tab") chrome.tabs.get(message.tabId).then(read);
});
