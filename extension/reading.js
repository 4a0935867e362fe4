/**
 * One click, from the page to the article. All that a step needs comes in: the browser's API, a
 * way to fetch, the clock's patience; so tests pass fakes, and nothing here must survive the worker.
 */

import { Backend, pack } from "./backend.js";
import { inFirefox } from "./browsers.js";
import { saveProblem, toBase64 } from "./problem_store.js";
import { needed } from "./permissions.js";
import { Problem, unreadable } from "./problems.js";
import { isArticle, keepForBack, noteArticle, returnToPage, samePage } from "./back_to_page.js";
import { allowsReading, forgetOpened } from "./rules.js";
import { loadSettings } from "./settings.js";

/** Put into the page one after the other; the last gives what is sent. */
const SNAPSHOT = [
  "dom_getters",
  "vocabulary",
  "markup",
  "rendering",
  "output",
  "copied_markup",
  "selection",
  "write",
  "snapshot",
];
const WHOLE_PAGE = SNAPSHOT.map((name) => `snapshot/${name}.js`);
const JUST_SELECTION = ["snapshot/just_selection.js", ...WHOLE_PAGE];
/** How long a page's own scripts may keep it from answering. */
const SNAPSHOT_TIMEOUT_MS = 15_000;

/**
 * @typedef {chrome.tabs.Tab & { id: number }} Tab
 * @typedef {import("./backend.js").Page} Page
 * @typedef {import("./settings.js").Settings} Settings
 * @typedef {typeof globalThis.fetch} Fetch
 * @typedef {{ fetch?: Fetch, snapshotTimeout?: number }} Seams
 *
 * @typedef {object} Wish  what was asked for
 * @property {boolean} [byRule]  a site's rule asks, and not a click
 * @property {boolean} [beside]  the article opens in a tab beside, whatever the options say
 * @property {boolean} [selection]  only what is selected is read
 *
 * What snapshot/snapshot.js gives: the page and its own address, or why there is none.
 * @typedef {{ html: string, url: string }} Taken
 * @typedef {{ trouble: "not_html" | "nothing_selected" | "page_too_large" | "snapshot_failed", detail: string }} NotTaken
 * @typedef {Taken | NotTaken} Snapshot
 */

/**
 * Read the page in a tab and show the article, or the problem; on an article, return to its page,
 * unless a part of it was asked for.
 * @param {typeof chrome} browser
 * @param {Tab} tab  on which the reader just acted, so that its page is open to us (activeTab)
 * @param {Wish} [wish]
 * @param {Seams} [seams]
 */
export async function readTab(browser, tab, wish = {}, seams = {}) {
  // Before anything else, and nothing waits for it: a click is answered at once.
  showBadge(browser, tab.id, "working");
  if (!wish.byRule) keepForBack(browser, tab.id);
  const stored = await loadSettings(browser.storage.local);
  const settings = wish.beside ? { ...stored, place: /** @type {const} */ ("beside") } : stored;
  let packed = new Uint8Array();
  try {
    if (!wish.byRule && isArticle(settings, tab.url)) {
      if (wish.selection) throw new Problem("already_read");
      await returnToPage(browser, settings, tab);
      await showBadge(browser, tab.id, "idle");
      return;
    }
    if (!wish.byRule && !(await allowsReading(browser, tab, Date.now()))) return;
    const files = wish.selection ? JUST_SELECTION : WHOLE_PAGE;
    const page = await takeSnapshot(browser, tab, files, seams.snapshotTimeout ?? SNAPSHOT_TIMEOUT_MS);
    packed = await pack(page);
    const article = await send(browser, settings, packed, seams.fetch);
    await showBadge(browser, tab.id, "idle");
    await show(browser, settings, tab, article, "done");
  } catch (error) {
    // Nobody clicked: the page stays, and only the button tells.
    if (wish.byRule) {
      await showBadge(browser, tab.id, "trouble");
      await forgetOpened(browser, tab.url ?? "");
    } else await showProblem(browser, settings, tab, asProblem(error), packed);
  }
}

/**
 * Send a packed page with the settings as they are now.
 * @param {typeof chrome} browser
 * @param {Settings} settings
 * @param {Uint8Array<ArrayBuffer>} packed
 * @param {Fetch} [fetch]
 * @returns {Promise<string>} the article's address
 * @throws {Problem}
 */
export async function send(browser, settings, packed, fetch) {
  if (!(await browser.permissions.contains(needed(browser, settings)))) {
    throw new Problem("permission_missing", { address: settings.address });
  }
  return new Backend(settings, { fetch }).read(packed);
}

/**
 * @param {typeof chrome} browser
 * @param {Tab} tab
 * @param {string[]} files
 * @param {number} timeout  milliseconds
 * @returns {Promise<Page>}
 * @throws {Problem}
 */
async function takeSnapshot(browser, tab, files, timeout) {
  /** @type {Snapshot} */
  let snapshot;
  try {
    const injection = browser.scripting.executeScript({
      target: { tabId: tab.id },
      files,
      // Not "when the page is idle": some never are. The snapshot itself waits for the parser.
      injectImmediately: true,
    });
    const [injected] = await within(timeout, injection);
    if (!injected) throw new Error("nothing was injected");
    snapshot = /** @type {any} */ (injected.result);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw unreadable(tab.url ?? "", error instanceof Error ? error.message : String(error));
  }
  if (!snapshot) throw new Problem("snapshot_failed", { message: "The script in the page gave nothing." });
  if ("trouble" in snapshot) {
    const { trouble, detail } = snapshot;
    throw new Problem(trouble, trouble === "snapshot_failed" ? { message: detail } : { value: detail });
  }
  return { url: snapshot.url, html: snapshot.html, private: tab.incognito };
}

/**
 * @template T
 * @param {number} timeout
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function within(timeout, promise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_resolve, reject) => {
    const seconds = String(Math.round(timeout / 1000));
    timer = setTimeout(() => reject(new Problem("page_stuck", { value: seconds })), timeout);
  });
  try {
    return await Promise.race([promise, /** @type {Promise<never>} */ (late)]);
  } finally {
    clearTimeout(timer);
  }
}

/** @param {unknown} error */
function asProblem(error) {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem("snapshot_failed", { message: String(error) });
}

/**
 * Show the problem where the article would have opened. In the same tab "Back" returns to the page.
 * @param {typeof chrome} browser
 * @param {Settings} settings
 * @param {Tab} tab
 * @param {Problem} problem
 * @param {Uint8Array} packed  what was to be sent; empty when it did not come so far
 */
async function showProblem(browser, settings, tab, problem, packed) {
  await showBadge(browser, tab.id, "trouble");
  // A private window's page is not kept, not even in memory.
  const keeps = problem.remedy.retry && !tab.incognito;
  const id = await saveProblem(browser.storage.session, {
    code: problem.code,
    detail: problem.detail,
    packed: keeps ? toBase64(packed) : "",
  });
  // In a popup the page stays, and "Try again" can read it once more.
  if (tab.incognito && (await showPopup(browser, tab, `problem/problem.html?tab=${tab.id}#${id}`))) return;
  await show(browser, settings, tab, browser.runtime.getURL(`problem/problem.html#${id}`), "trouble");
}

/**
 * @param {typeof chrome} browser
 * @param {Tab} tab
 * @param {string} popup
 * @returns {Promise<boolean>} whether it is open, or opens with the next click
 */
async function showPopup(browser, tab, popup) {
  await browser.action.setPopup({ tabId: tab.id, popup });
  try {
    await browser.action.openPopup({ windowId: tab.windowId });
    return true;
  } catch (error) {
    console.info(error);
    // The window lost the focus meanwhile: the badge stays, and the next click opens it.
    // Chromium runs one worker for all windows ("spanning") and then shows no page of ours in a private tab.
    if (!inFirefox(browser)) return true;
    // Firefox shows pages there; before 149 it opens no popup once something was waited for.
    await browser.action.setPopup({ tabId: tab.id, popup: "" });
    return false;
  }
}

/**
 * Go to an address in the tab of the click, or beside it when the reader wants that or went on to
 * another page meanwhile: whatever they look at now is not taken from them.
 * @param {typeof chrome} browser
 * @param {Settings} settings
 * @param {Tab} clicked  the tab as it was at the click
 * @param {string} url
 * @param {"done" | "trouble"} state  what the button tells where it is shown
 */
async function show(browser, settings, clicked, url, state) {
  const tab = await browser.tabs.get(clicked.id).catch(() => null);
  if (!tab) return; // closed: nobody waits for the article
  if (settings.place === "same" && samePage(tab.url, clicked.url)) {
    showBadgeOnArrival(browser, clicked.id, url, state);
    if (state === "done") await noteArticle(browser, clicked, url);
    await browser.tabs.update(clicked.id, { url });
    return;
  }
  const { id } = await openBeside(browser, { ...tab, id: clicked.id }, url);
  if (id !== undefined) showBadgeOnArrival(browser, id, url, state);
}

/**
 * @param {typeof chrome} browser
 * @param {Tab} tab
 * @param {string} url
 */
async function openBeside(browser, { id, windowId, index, active }, url) {
  const place = { url, windowId, index: index + 1, active };
  try {
    return await browser.tabs.create({ ...place, openerTabId: id });
  } catch {
    // Firefox for Android knows no openers, and refuses what names one.
    return browser.tabs.create(place);
  }
}

/**
 * Let the button tell once a page of ours is there: browsers clear it when a tab goes elsewhere.
 * @param {typeof chrome} browser
 * @param {number} tabId
 * @param {string} url
 * @param {"done" | "trouble"} state
 */
function showBadgeOnArrival(browser, tabId, url, state) {
  const page = url.split(/[?#]/, 1)[0];
  /**
   * @param {number} id
   * @param {{ status?: string }} change
   * @param {chrome.tabs.Tab} tab
   */
  const listener = (id, change, tab) => {
    if (id !== tabId || change.status !== "complete" || !tab.url?.startsWith(page)) return;
    browser.tabs.onUpdated.removeListener(listener);
    showBadge(browser, tabId, state);
  };
  browser.tabs.onUpdated.addListener(listener);
}

/** @type {Record<"idle" | "working" | "done" | "trouble", { text: string, colour: string, title: string }>} */
const BADGES = {
  idle: { text: "", colour: "#6b665c", title: "action_title" },
  working: { text: "…", colour: "#6b665c", title: "action_working" },
  done: { text: "✓", colour: "#2f6b4a", title: "action_done" },
  trouble: { text: "!", colour: "#b45309", title: "action_trouble" },
};

/**
 * What the button tells: to the eye by its badge, to everybody by its title, which is its name.
 * @param {typeof chrome} browser
 * @param {number} tabId
 * @param {keyof typeof BADGES} state
 */
export async function showBadge(browser, tabId, state) {
  const { text, colour, title } = BADGES[state];
  try {
    await Promise.all([
      browser.action.setBadgeText({ tabId, text }),
      browser.action.setBadgeBackgroundColor({ tabId, color: colour }),
      browser.action.setTitle({ tabId, title: browser.i18n.getMessage(title) }),
    ]);
  } catch (error) {
    console.info(error); // the tab was closed
  }
}
