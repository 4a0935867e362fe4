/**
 * Site rules: where a story is read without a click ("always"), and where nothing is read at all ("never"). They
 * are kept in this browser only (`storage.local`), by host name. Each holds with and without `www.`; "never" holds for
 * all sub-domains too, but for one that has a rule of its own.
 *
 * "always" needs the browser's permission for that one site, and only there stands `story_detector.js`,
 * which says when a story has come. Whoever sets such a rule asks for the permission first,
 * directly in the click: after an `await` browsers no longer take it for one. The permission is
 * given back with the rule.
 */

import { keepForBack } from "./back_to_page.js";
import { giveBack } from "./permissions.js";
import { loadSettings } from "./settings.js";

/**
 * @typedef {"always" | "never"} Kind
 * @typedef {Record<string, Kind>} Rules  by host name
 * @typedef {{ site: string, patterns: string[] }} Site  the host name without `www.`, and the match patterns of its
 *   permission
 * @typedef {import("./reading.js").Tab} Tab
 */

/**
 * The entries of the button's menu: what each sets, its title, and the message when it is done.
 * @type {Readonly<Record<string, { kind: Kind | null, title: string, done: string }>>}
 */
const MENU = Object.freeze({
  "always-here": { kind: "always", title: "menu_always_here", done: "rule_set_always" },
  "never-here": { kind: "never", title: "menu_never_here", done: "rule_set_never" },
  "no-rule-here": { kind: null, title: "menu_no_rule_here", done: "rule_set_none" },
});
const SCRIPT = "story-detector";
/** What many sites of a country share, such as co.uk. Some are sites themselves (www.gov.uk), so only the bare name counts. */
const SHARED_ENDING = /^(?:ac|co|com|edu|go|gob|gouv|gov|gub|ne|net|nom|or|org|sch)\.[a-z]{2}$/;
/**
 * A story opens by itself once in this time. Whoever returned to its original wants to see that,
 * however they came there; then a click reads it.
 */
const OPENS_ONCE_IN_MS = 60 * 60 * 1000;
/** Of the stories that were opened; kept in `storage.session`, which is memory. */
const OPENED_KEPT = 100;

/**
 * The site of an address, as a page has it or a person types it: a host name, with and without `www.`.
 * @param {string} address
 * @returns {Site | null} null when it is not on the web, or a word that is no host name ("bbc")
 */
export function siteOf(address) {
  const host = hostOf(toURL(withScheme(address)));
  // Browsers write any number as an address: "2025" as 0.0.7.233.
  if (!host || isWord(host) || (isIPv4(host) && !address.includes(host))) return null;
  const site = host.replace(/^www\.(?=.*\.)/, "");
  return { site, patterns: patternsOf(site) };
}

/**
 * Why what a person typed sets no rule.
 * @param {string} typed
 * @returns {"word" | "ending" | "invalid" | null}  null: it names a site
 */
export function whyNoSite(typed) {
  const url = toURL(withScheme(typed));
  const host = hostOf(url);
  if (siteOf(typed)) return host && SHARED_ENDING.test(host) && url?.pathname === "/" ? "ending" : null;
  return host && (isWord(host) || /^\d+$/.test(typed.trim())) ? "word" : "invalid";
}

/** @param {string} typed */
function withScheme(typed) {
  const text = typed.trim();
  return /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text) ? text : `https://${text}`;
}

/**
 * @param {URL | null} url
 * @returns {string | null} null when it is not on the web
 */
function hostOf(url) {
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  // Some browsers take any sign in a host name and escape it.
  return isIPv6(host) || /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(host) ? host : null;
}

/** @param {string} host */
const isIPv4 = (host) => /^\d+(?:\.\d+){3}$/.test(host);
/** @param {string} host */
const isIPv6 = (host) => /^\[[0-9a-f:.]+\]$/.test(host);
/** @param {string} host */
const isWord = (host) => !host.includes(".") && !isIPv6(host) && host !== "localhost";
/** Of one machine, which has no other names above or below its own. @param {string} host */
const isMachine = (host) => isIPv4(host) || isIPv6(host) || host === "localhost";

/**
 * The match patterns of a site's permission.
 * @param {string} site  a host name without `www.`
 * @returns {string[]}
 */
export function patternsOf(site) {
  const hosts = isMachine(site) ? [site] : [site, `www.${site}`];
  return hosts.map((host) => `*://${host}/*`);
}

/** @param {string} url */
const withoutPlace = (url) => url.split("#", 1)[0];

/** @param {string} text */
function toURL(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * @param {Pick<chrome.storage.StorageArea, "get">} store
 * @returns {Promise<Rules>}
 */
export async function loadRules(store) {
  const { rules } = await store.get({ rules: {} });
  /** @type {Rules} */
  const found = {};
  for (const [host, kind] of Object.entries(/** @type {Rules} */ (rules))) {
    // Earlier versions told www.news.example from news.example; of two rules the one that reads nothing stays.
    const site = siteOf(host)?.site ?? host;
    if (found[site] !== "never") found[site] = kind;
  }
  return found;
}

/**
 * The rule that holds for an address: its site's own, or else that a site is never read of which it is a sub-domain.
 * @param {Pick<chrome.storage.StorageArea, "get">} store
 * @param {string} address
 * @returns {Promise<{ site: string, kind: Kind } | null>} with the site that it was set for
 */
export async function ruleFor(store, address) {
  const rules = await loadRules(store);
  let site = siteOf(address)?.site ?? "";
  if (Object.hasOwn(rules, site)) return { site, kind: rules[site] };
  while (site.includes(".") && !isMachine(site)) {
    site = site.slice(site.indexOf(".") + 1);
    if (Object.hasOwn(rules, site) && rules[site] === "never" && !SHARED_ENDING.test(site)) return { site, kind: "never" };
  }
  return null;
}

/**
 * Set the rule of a site, or remove it; without "always" its permission is given back.
 * @param {typeof chrome} browser
 * @param {string} site  host name
 * @param {Kind | null} kind  null: no rule
 * @returns {Promise<boolean>} whether a permission was given back
 */
export async function setRule(browser, site, kind) {
  const rules = await loadRules(browser.storage.local);
  if (kind === null) delete rules[site];
  else rules[site] = kind;
  await browser.storage.local.set({ rules });
  await registerDetector(browser);
  return kind !== "always" && giveBack(browser, patternsOf(site), rules);
}

/**
 * Register `story_detector.js` for the sites with an "always" rule, and for no other. Browsers forget it
 * when the extension is updated.
 * @param {typeof chrome} browser
 */
export async function registerDetector(browser) {
  const rules = await loadRules(browser.storage.local);
  const sites = Object.keys(rules).filter((site) => rules[site] === "always");
  // From the root: Firefox looks for it beside the page that registers it, be it the options.
  const script = { id: SCRIPT, js: ["/story_detector.js"], matches: sites.flatMap(patternsOf) };
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT] });
  if (registered.length && !sites.length) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT] });
  else if (registered.length) await browser.scripting.updateContentScripts([script]);
  else if (sites.length) await browser.scripting.registerContentScripts([script]);
}

/**
 * Return whether a page that has just come is to be read without a click.
 * @param {typeof chrome} browser
 * @param {chrome.runtime.MessageSender} sender  where `story_detector.js` found a story
 * @param {number} now  milliseconds since 1970
 */
export async function shouldOpenByItself(browser, { tab, url = "", frameId }, now) {
  // A private window's pages go nowhere without a click.
  if (!tab || tab.incognito || frameId !== 0) return false;
  if ((await ruleFor(browser.storage.local, url))?.kind !== "always") return false;
  const { address } = await loadSettings(browser.storage.local);
  if (url.startsWith(`${address}/`)) return false;
  return !(await noteOpened(browser, url, now));
}

/**
 * Note that a page was read, so that it does not open by itself when the reader returns to it.
 * @param {typeof chrome} browser
 * @param {string} url
 * @param {number} now  milliseconds since 1970
 * @returns {Promise<boolean>} whether it had been read shortly before
 */
async function noteOpened(browser, url, now) {
  const page = withoutPlace(url);
  const { opened } = await loadOpened(browser);
  const recent = opened.filter(([, when]) => now - when < OPENS_ONCE_IN_MS);
  const others = recent.filter(([one]) => one !== page);
  await browser.storage.session.set({ opened: [...others, [page, now]].slice(-OPENED_KEPT) });
  return others.length < recent.length;
}

/**
 * Forget that a page was opened by a rule: it was to be, and could not be read.
 * @param {typeof chrome} browser
 * @param {string} url
 */
export async function forgetOpened(browser, url) {
  const { opened } = await loadOpened(browser);
  await browser.storage.session.set({ opened: opened.filter(([one]) => one !== withoutPlace(url)) });
}

/**
 * @param {typeof chrome} browser
 * @returns {Promise<{ opened: [string, number][] }>} the stories that were opened, and when
 */
async function loadOpened(browser) {
  return /** @type {any} */ (await browser.storage.session.get({ opened: [] }));
}

/**
 * What the rules say to a click. On a "never" site a popup says that nothing is read here and
 * offers to lift the rule. On an "always" site the click is noted, so that the way back to the
 * original is not taken for a new story.
 * @param {typeof chrome} browser
 * @param {Tab} tab  on which the reader clicked
 * @param {number} now  milliseconds since 1970
 * @returns {Promise<boolean>} whether the page may be read
 */
export async function allowsReading(browser, tab, now) {
  const rule = await ruleFor(browser.storage.local, tab.url ?? "");
  if (rule?.kind === "always" && !tab.incognito) await noteOpened(browser, tab.url ?? "", now);
  if (rule?.kind !== "never") return true;
  const { site } = rule;
  await showOnButton(browser, tab.id, "–", "rule_is_never", site);
  await browser.action.setPopup({ tabId: tab.id, popup: `rule/never.html?${new URLSearchParams({ tab: String(tab.id), site })}` });
  try {
    await browser.action.openPopup({ windowId: tab.windowId });
  } catch (error) {
    // Some browsers open no popup after a click that went to us: the next click opens it.
    console.info(error);
  }
  return false;
}

/**
 * Put the rules into the button's own menu. Firefox for Android has none; the options do the same.
 * @param {typeof chrome} browser
 */
export function offerRules(browser) {
  for (const [id, { title }] of Object.entries(MENU)) {
    browser.contextMenus?.create({ id, title: browser.i18n.getMessage(title), contexts: ["action"] });
  }
}

/**
 * Do what an entry of the button's menu says.
 * @param {typeof chrome} browser
 * @param {chrome.contextMenus.OnClickData} info
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {number} now  milliseconds since 1970
 * @returns {Promise<boolean>} whether the page in the tab is a story that is to be read now
 */
export async function chooseRule(browser, info, tab, now) {
  const address = tab?.url ?? info.pageUrl ?? "";
  const where = siteOf(address);
  const chosen = MENU[String(info.menuItemId)];
  if (!chosen || tab?.id === undefined) return false;
  if (where === null) {
    await showOnButton(browser, tab.id, "!", "rule_no_site", "");
    return false;
  }
  // Nothing is awaited before this: only then does the browser take it for part of the click.
  const { kind, done } = chosen;
  const granted = kind === "always" ? browser.permissions.request({ origins: where.patterns }) : null;
  const mayRead = kind === "always" && !tab.incognito;
  if (mayRead) keepForBack(browser, tab.id);
  if (granted && !(await granted)) {
    await showOnButton(browser, tab.id, "!", "rule_denied", where.site);
    return false;
  }
  // Without a rule is a page only when the one goes that holds for it, be it set for a site above its own.
  const site = kind === null ? ((await ruleFor(browser.storage.local, address))?.site ?? where.site) : where.site;
  await setRule(browser, site, kind);
  // Of a click on a "never" site; it may be none any more.
  await browser.action.setPopup({ tabId: tab.id, popup: "" });
  await showOnButton(browser, tab.id, "✓", done, site);
  if (!mayRead) return false;
  await noteOpened(browser, tab.url ?? "", now);
  const [found] = await browser.scripting.executeScript({ target: { tabId: tab.id }, files: ["story_detector.js"] });
  return found?.result === true;
}

/**
 * @param {typeof chrome} browser
 * @param {number} tabId
 * @param {string} badge
 * @param {string} key  of the text
 * @param {string} site
 */
async function showOnButton(browser, tabId, badge, key, site) {
  await Promise.all([
    browser.action.setBadgeText({ tabId, text: badge }),
    browser.action.setBadgeBackgroundColor({ tabId, color: "#6b665c" }),
    browser.action.setTitle({ tabId, title: browser.i18n.getMessage(key, site) }),
  ]);
}
