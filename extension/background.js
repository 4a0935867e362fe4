/**
 * The events, and nothing else: a worker that the browser may end after each of them.
 */

import { giveBack } from "./permissions.js";
import { readTab } from "./reading.js";
import { offerPictures, registerReaderPage } from "./reader_pages.js";
import { forgetArticle } from "./back_to_page.js";
import { chooseRule, loadRules, offerRules, registerDetector, shouldOpenByItself } from "./rules.js";

/**
 * The entries of the page's menu, by what each asks for. The button's own menu has the rules too.
 * @typedef {`${chrome.contextMenus.ContextType}`} Context
 * @type {Readonly<Record<string, { title: string, contexts: [Context, ...Context[]], wish: import("./reading.js").Wish }>>}
 */
const MENU = Object.freeze({
  "read-page": { title: "menu_read_page", contexts: ["page", "frame"], wish: {} },
  "read-beside": { title: "menu_read_beside", contexts: ["page", "frame", "action"], wish: { beside: true } },
  "read-selection": { title: "menu_read_selection", contexts: ["selection"], wish: { selection: true } },
});

/** Tabs being read by this worker, so that a second click does not read twice. */
const reading = new Set();

/**
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {import("./reading.js").Wish} [wish]
 */
async function read(tab, wish) {
  if (tab?.id === undefined || reading.has(tab.id)) return;
  reading.add(tab.id);
  try {
    await readTab(chrome, { ...tab, id: tab.id }, wish);
  } finally {
    reading.delete(tab.id);
  }
}

chrome.action.onClicked.addListener((tab) => read(tab));

// Firefox for Android has neither shortcuts nor context menus.
chrome.commands?.onCommand.addListener((command, tab) => {
  if (command === "read-beside") read(tab, MENU[command].wish);
});

chrome.contextMenus?.onClicked.addListener((info, tab) => {
  const entry = MENU[info.menuItemId];
  if (entry) read(tab, entry.wish);
  else chooseRule(chrome, info, tab, Date.now()).then((story) => (story ? read(tab, { byRule: true }) : undefined));
});

chrome.tabs.onRemoved.addListener((tabId) => forgetArticle(chrome, tabId));

chrome.runtime.onInstalled.addListener(async () => {
  await chrome.contextMenus?.removeAll();
  for (const [id, { title, contexts }] of Object.entries(MENU)) {
    chrome.contextMenus?.create({ id, title: chrome.i18n.getMessage(title), contexts });
  }
  offerRules(chrome);
  await registerDetector(chrome);
  await registerReaderPage(chrome);
});

// Another backend was chosen, here or in another window.
chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "local" && changes.address) registerReaderPage(chrome);
});

// The token is for the extension's own pages, not for what of it stands in a page of the web.
chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

// "Try again" in the popup of a private window, where the page is still there to be read.
chrome.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === chrome.runtime.id && message?.type === "read-tab") chrome.tabs.get(message.tabId).then((tab) => read(tab));
});

// The options were left after a test of which nothing was saved.
chrome.runtime.onMessage.addListener((message, sender) => {
  if (sender.id !== chrome.runtime.id || message?.type !== "give-back") return;
  loadRules(chrome.storage.local).then((rules) => giveBack(chrome, message.origins, rules));
});

// A story was opened at a site that the reader wants to be read there (see story_detector.js).
chrome.runtime.onMessage.addListener((message, sender) => {
  if (sender.id !== chrome.runtime.id || message?.type !== "story-opened") return;
  shouldOpenByItself(chrome, sender, Date.now()).then((opens) => (opens ? read(sender.tab, { byRule: true }) : undefined));
});

// An article's page passes on that its reader wants its pictures kept (see reader_page.js).
chrome.runtime.onMessage.addListener((message, sender) => {
  if (sender.id === chrome.runtime.id && message?.type === "keep-pictures") offerPictures(chrome, sender);
});
