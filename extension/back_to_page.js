/**
 * From the article back to its page: by the browser's Back, and by the button pressed on a reader page. Which
 * tab an article was opened in, in place of its page, is kept in `storage.session`, which is memory: the tab's
 * number and the article's address, nothing of the page; of private windows not even that.
 */

import { unreachable } from "./backend.js";
import { inFirefox } from "./browsers.js";
import { parseAddress } from "./settings.js";

/** @typedef {import("./reading.js").Tab} Tab */

/** @param {number} tabId */
const keyOf = (tabId) => `opened-in-${tabId}`;

/**
 * An article's own address: its ticket is gone once it is shown, a place in it is no other article.
 * @param {string} url
 */
const withoutTicket = (url) => url.split(/[?#]/, 1)[0];

/**
 * Return whether an address is that of an article at the backend.
 * @param {import("./settings.js").Settings} settings
 * @param {string | undefined} url
 * @throws {import("./problems.js").Problem} address_invalid
 */
export function isArticle(settings, url) {
  return url?.startsWith(`${parseAddress(settings.address).address}/read/`) ?? false;
}

/**
 * Let the browser's Back lead to a page that is about to be left. Chromium's passes over pages that nobody
 * clicked on or typed into, unless what leaves them is a person's act: and a script that an extension puts into
 * a page in a click on its button counts as such. To be called directly in the click: after an `await` the
 * browser no longer takes it for part of it. Firefox knows nothing of the kind.
 * @param {typeof chrome} browser
 * @param {number} tabId
 */
export function keepForBack(browser, tabId) {
  if (inFirefox(browser)) return;
  const touch = browser.scripting.executeScript({ target: { tabId }, func: doNothing, injectImmediately: true });
  touch.catch(() => {}); // a page that takes no script is named when it is to be read
}

/** Runs in the page. */
function doNothing() {}

/**
 * @param {typeof chrome} browser
 * @param {Pick<Tab, "id" | "incognito">} tab  in which the article takes the place of its page
 * @param {string} article
 */
export async function noteArticle(browser, tab, article) {
  // From a private window's article the link leads to the original.
  if (!tab.incognito) await browser.storage.session.set({ [keyOf(tab.id)]: withoutTicket(article) });
}

/**
 * @param {typeof chrome} browser
 * @param {number} tabId  of a tab that was closed
 */
export async function forgetArticle(browser, tabId) {
  await browser.storage.session.remove(keyOf(tabId));
}

/**
 * Leave a reader page for the page that it was made from: back in the tab's history when it came
 * from there; to the tab that it was opened from while that still shows the page; else by the link.
 * @param {typeof chrome} browser
 * @param {import("./settings.js").Settings} settings
 * @param {Tab} tab  which shows an article
 * @throws {import("./problems.js").Problem} unreachable, when the article itself did not load
 */
export async function returnToPage(browser, settings, tab) {
  const target = { tabId: tab.id };
  const lost = () => {
    throw unreachable(parseAddress(settings.address));
  };
  const { [keyOf(tab.id)]: article } = await browser.storage.session.get(keyOf(tab.id));
  if (article === withoutTicket(tab.url ?? "")) {
    // Where the browser shows an error in place of the article, no script runs.
    const left = browser.scripting.executeScript({ target, func: leave });
    await left.catch(() => browser.tabs.goBack(tab.id)).catch(lost);
    return;
  }
  const [found] = await browser.scripting.executeScript({ target, func: originalAddress }).catch(lost);
  const original = found?.result;
  if (!original) return; // a saved page without an address
  const opener = tab.openerTabId === undefined ? null : await browser.tabs.get(tab.openerTabId).catch(() => null);
  if (opener?.id !== undefined && samePage(opener.url, original)) await browser.tabs.update(opener.id, { active: true });
  else await browser.tabs.update(tab.id, { url: original });
}

/** Runs in the reader page: past the places in it that the reader jumped to, to what was before it. */
function leave() {
  const further = () => history.back();
  addEventListener("popstate", further);
  addEventListener("pagehide", () => removeEventListener("popstate", further), { once: true });
  history.back();
}

/** Runs in the reader page, whose bar holds the link to the original. */
function originalAddress() {
  return document.querySelector("header a.source")?.getAttribute("href") ?? null;
}

/**
 * @param {string | undefined} one
 * @param {string | undefined} other
 */
export function samePage(one, other) {
  return one?.split("#", 1)[0] === other?.split("#", 1)[0];
}
