/**
 * The backend's article pages, as the extension stands in them: `reader_page.js` passes on the reader's wish to
 * keep an article's pictures. On this machine the manifest puts it there; here it is for a backend elsewhere.
 */

import { isArticle } from "./back_to_page.js";
import { loadSettings, parseAddress } from "./settings.js";

const SCRIPT = "reader-page";
/** An article's own address: its id, and nothing after it. */
const ARTICLE = /\/read\/([\w-]{43})(?:[?#]|$)/;

/**
 * Put `reader_page.js` into the article pages of a backend on another machine, and of no other.
 * @param {typeof chrome} browser
 */
export async function registerReaderPage(browser) {
  const { address, pattern } = parseAddress((await loadSettings(browser.storage.local)).address);
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT] });
  if (registered.length) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT] });
  if (browser.runtime.getManifest().host_permissions?.includes(pattern)) return;
  const matches = [`${pattern.slice(0, -"/*".length)}${new URL(`${address}/read/`).pathname}*`];
  await browser.scripting.registerContentScripts([{ id: SCRIPT, js: ["reader_page.js"], matches, runAt: "document_start" }]);
}

/**
 * Open the page that keeps an article's pictures, beside the article: nothing happens before a click there.
 * @param {typeof chrome} browser
 * @param {chrome.runtime.MessageSender} sender  the article's page
 */
export async function offerPictures(browser, { tab, url = "", frameId }) {
  const article = ARTICLE.exec(url)?.[1];
  const settings = await loadSettings(browser.storage.local);
  // Whoever else answers at another port of this machine has no articles of ours.
  if (!article || tab?.id === undefined || tab.incognito || frameId !== 0 || !isArticle(settings, url)) return;
  const page = `pictures/pictures.html?${new URLSearchParams({ tab: String(tab.id), article })}`;
  const place = { url: browser.runtime.getURL(page), index: tab.index + 1, windowId: tab.windowId };
  try {
    await browser.tabs.create({ ...place, openerTabId: tab.id });
  } catch {
    // Firefox for Android knows no openers, and refuses what names one.
    await browser.tabs.create(place);
  }
}
