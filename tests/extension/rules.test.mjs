import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import { allowsReading, chooseRule, loadRules, offerRules, shouldOpenByItself, ruleFor, setRule, siteOf, whyNoSite } from "../../extension/rules.js";
import { fakeBrowser } from "./fakes.mjs";

const STORY = "https://news.example/2025/story";
const TAB = { id: 7, windowId: 1, url: STORY, incognito: false };
const HOUR = 3_600_000;
/** Who tells of a story: the top frame of a tab. */
const sender = (more = {}) => ({ tab: TAB, url: STORY, frameId: 0, ...more });
const choose = (browser, id, tab = TAB) => chooseRule(browser, { menuItemId: id }, tab, 0);
const titles = (browser) => browser.called("setTitle").map(([{ title }]) => title);

for (const [typed, site] of [
  ["news.example", "news.example"],
  [" NEWS.example ", "news.example"],
  ["https://www.news.example:8443/a?b#c", "news.example"],
  ["WWW.News.Example.", "news.example"],
  ["sport.news.example", "sport.news.example"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["www.example", "www.example"],
  ["HTTPS://WWW.NEWS.example/", "news.example"],
  ["//news.example/story", "news.example"],
  ["https://me:secret@news.example/", "news.example"],
  ["مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv"],
  ["news.example:8080/story", "news.example"],
  ["http://127.0.0.1:3000/", "127.0.0.1"],
]) {
  test(`${typed} is the site ${site}, with a permission for it and its www. alone`, () => {
    const hosts = /^[\d.]+$/.test(site) ? [site] : [site, `www.${site}`];
    assert.deepEqual(siteOf(typed), { site, patterns: hosts.map((host) => `*://${host}/*`) });
  });
}

for (const [typed, site] of [
  ["http://localhost:3000/", "localhost"],
  ["[::1]:8080", "[::1]"],
]) {
  test(`${typed} is the site ${site}, which has no www.`, () => {
    assert.deepEqual(siteOf(typed), { site, patterns: [`*://${site}/*`] });
    assert.equal(whyNoSite(typed), null);
  });
}

for (const [typed, why] of [
  ["bbc", "word"],
  ["www", "word"],
  ["nonsense/", "word"],
  ["BBC.", "word"],
  ["https://bbc/story", "word"],
  ["co", "word"],
  ["2025", "word"],
  ["", "invalid"],
  ["news..example", "invalid"],
  [".", "invalid"],
  ["two words", "invalid"],
  ["0x7f.1", "invalid"],
  ["*", "invalid"],
  ["*.example", "invalid"],
  ["about:blank", "invalid"],
  ["chrome://version", "invalid"],
  ["file:///a/b.html", "invalid"],
  ["ftp://news.example", "invalid"],
]) {
  test(`${JSON.stringify(typed)} is no site: ${why}`, () => {
    assert.equal(siteOf(typed), null);
    assert.equal(whyNoSite(typed), why);
  });
}

test("an ending that many sites share is none of them, but whose pages stand at it is a site", () => {
  for (const ending of ["co.uk", "CO.UK.", "https://com.au/", "or.jp"]) assert.equal(whyNoSite(ending), "ending", ending);
  for (const site of ["www.gov.uk", "https://gov.pl/web/story", "news.co.uk", "com.example"]) assert.equal(whyNoSite(site), null, site);
});

test("always holds for its own site, with and without www., and for no other", async () => {
  const browser = fakeBrowser();
  await setRule(browser, "news.example", "always");
  const rule = (address) => ruleFor(browser.storage.local, address);
  for (const address of [STORY, "http://news.example:8080/", "https://www.news.example/story", "https://NEWS.example./"]) {
    assert.deepEqual(await rule(address), { site: "news.example", kind: "always" }, address);
  }
  for (const address of [
    "https://other.news.example/story",
    "https://www.other.news.example/story",
    "https://news.example.org/story",
    "https://constructor/story",
    "",
  ]) {
    assert.equal(await rule(address), null, address);
  }
});

test("never holds for all sub-domains too, but for those with a rule of their own", async () => {
  const browser = fakeBrowser();
  await setRule(browser, "news.example", "never");
  await setRule(browser, "sport.news.example", "always");
  const rule = (address) => ruleFor(browser.storage.local, address);
  for (const host of ["news.example", "www.news.example", "live.news.example", "a.b.news.example", "a.sport.news.example"]) {
    assert.deepEqual(await rule(`https://${host}/story`), { site: "news.example", kind: "never" }, host);
  }
  assert.deepEqual(await rule("https://www.sport.news.example/story"), { site: "sport.news.example", kind: "always" });
  for (const host of ["oldnews.example", "news.example.org", "example"]) assert.equal(await rule(`https://${host}/`), null, host);
});

test("never at an address of a machine, or at an ending that many share, holds for nothing below it", async () => {
  const browser = fakeBrowser();
  await browser.storage.local.set({ rules: { "0.0.1": "never", "gov.uk": "never" } });
  for (const host of ["127.0.0.1", "health.gov.uk"]) assert.equal(await ruleFor(browser.storage.local, `https://${host}/`), null, host);
});

test("the code that looks for stories stands at sites with an always rule only", async () => {
  const browser = fakeBrowser();
  const stands = () => browser.registered.get("story-detector")?.matches ?? [];
  await setRule(browser, "quiet.example", "never");
  assert.deepEqual(stands(), []);
  await setRule(browser, "news.example", "always");
  await setRule(browser, "post.example", "always");
  assert.deepEqual(stands(), ["*://news.example/*", "*://www.news.example/*", "*://post.example/*", "*://www.post.example/*"]);
  await setRule(browser, "news.example", "never");
  assert.deepEqual(stands(), ["*://post.example/*", "*://www.post.example/*"]);
  await setRule(browser, "post.example", null);
  assert.deepEqual(stands(), []);
});

test("a rule that goes gives its permission back", async () => {
  const browser = fakeBrowser();
  await setRule(browser, "news.example", "always");
  assert.deepEqual(browser.called("removePermission"), []);
  await setRule(browser, "news.example", null);
  assert.deepEqual(browser.called("removePermission"), [[{ origins: ["*://news.example/*", "*://www.news.example/*"] }]]);
  assert.deepEqual(await loadRules(browser.storage.local), {});
});

test("the permission that the backend needs, or the manifest requires, stays", async () => {
  const browser = fakeBrowser();
  await browser.storage.local.set({ address: "https://news.example/personae" });
  for (const site of ["news.example", "localhost"]) {
    await setRule(browser, site, "always");
    await setRule(browser, site, null);
  }
  assert.deepEqual(browser.called("removePermission"), [[{ origins: ["*://www.news.example/*"] }]]);
});

test("a story on an always site opens by itself, elsewhere it does not", async () => {
  const browser = fakeBrowser();
  assert.equal(await shouldOpenByItself(browser, sender(), 0), false);
  await setRule(browser, "news.example", "never");
  assert.equal(await shouldOpenByItself(browser, sender(), 0), false);
  await setRule(browser, "news.example", "always");
  assert.equal(await shouldOpenByItself(browser, sender(), 0), true);
});

test("nothing opens by itself in a private window, in a frame, or without a tab", async () => {
  const browser = fakeBrowser();
  await setRule(browser, "news.example", "always");
  assert.equal(await shouldOpenByItself(browser, sender({ tab: { ...TAB, incognito: true } }), 0), false);
  assert.equal(await shouldOpenByItself(browser, sender({ frameId: 3 }), 0), false);
  assert.equal(await shouldOpenByItself(browser, sender({ tab: undefined }), 0), false);
  assert.equal(browser.storage.session.kept.size, 0);
});

test("the backend's own pages are no stories to be read", async () => {
  const browser = fakeBrowser();
  await setRule(browser, "127.0.0.1", "always");
  assert.equal(await shouldOpenByItself(browser, sender({ url: "http://127.0.0.1:8765/read/abc" }), 0), false);
  assert.equal(await shouldOpenByItself(browser, sender({ url: "http://127.0.0.1:3000/story" }), 0), true);
});

test("whoever returns to the original sees it, and an hour after the last time it opens again", async () => {
  const browser = fakeBrowser();
  await setRule(browser, "news.example", "always");
  assert.equal(await shouldOpenByItself(browser, sender(), 0), true);
  assert.equal(await shouldOpenByItself(browser, sender({ url: `${STORY}#comments` }), HOUR - 1), false);
  assert.equal(await shouldOpenByItself(browser, sender(), HOUR + 1), false);
  assert.equal(await shouldOpenByItself(browser, sender({ url: "https://news.example/other" }), HOUR + 1), true);
  assert.equal(await shouldOpenByItself(browser, sender(), 2 * HOUR + 1), true);
});

test("a story that was read with a click does not open again on the way back", async () => {
  const browser = fakeBrowser();
  await setRule(browser, "news.example", "always");
  assert.equal(await allowsReading(browser, TAB, 0), true);
  assert.equal(await shouldOpenByItself(browser, sender(), 1000), false);
});

test("addresses are remembered on always sites only, never from private windows, and not all of them", async () => {
  const browser = fakeBrowser();
  await allowsReading(browser, TAB, 0);
  await setRule(browser, "news.example", "always");
  await allowsReading(browser, { ...TAB, incognito: true }, 0);
  assert.equal(browser.storage.session.kept.size, 0);
  for (let at = 0; at < 300; at += 1) await shouldOpenByItself(browser, sender({ url: `${STORY}/${at}` }), at);
  const { opened } = await browser.storage.session.get("opened");
  assert.equal(opened.length, 100);
  assert.equal(opened.at(-1)[0], `${STORY}/299`);
});

test("on a never site a click reads nothing, and a popup says so", async () => {
  const browser = fakeBrowser();
  await setRule(browser, "news.example", "never");
  assert.equal(await allowsReading(browser, TAB, 0), false);
  assert.deepEqual(browser.called("setPopup"), [[{ tabId: 7, popup: "rule/never.html?tab=7&site=news.example" }]]);
  assert.deepEqual(browser.called("openPopup"), [[{ windowId: 1 }]]);
  assert.deepEqual(titles(browser), ["rule_is_never"]);
  assert.deepEqual(browser.called("executeScript"), []);
});

test("below a never site the popup names the site whose rule it lifts, and no rule here lifts it too", async () => {
  const browser = fakeBrowser();
  await setRule(browser, "news.example", "never");
  const below = { ...TAB, url: "https://live.news.example/story" };
  assert.equal(await allowsReading(browser, below, 0), false);
  assert.deepEqual(browser.called("setPopup").at(-1), [{ tabId: 7, popup: "rule/never.html?tab=7&site=news.example" }]);
  await choose(browser, "no-rule-here", below);
  assert.deepEqual(await loadRules(browser.storage.local), {});
});

test("where no popup opens after the click, the next click opens it", async () => {
  const openPopup = async () => {
    throw new Error("openPopup requires a user gesture");
  };
  const browser = fakeBrowser({ openPopup });
  await setRule(browser, "news.example", "never");
  assert.equal(await allowsReading(browser, TAB, 0), false);
  assert.equal(browser.called("setPopup").length, 1);
});

test("the button's menu offers the three rules, and a browser without menus none", () => {
  const browser = fakeBrowser();
  offerRules(browser);
  assert.deepEqual(
    browser.called("createMenu").map(([{ id, title, contexts }]) => [id, title, ...contexts]),
    [
      ["always-here", "menu_always_here", "action"],
      ["never-here", "menu_never_here", "action"],
      ["no-rule-here", "menu_no_rule_here", "action"],
    ],
  );
  offerRules({ ...browser, contextMenus: undefined });
});

test("always here asks for that one site's permission before anything else", async () => {
  const browser = fakeBrowser({ snapshot: () => true });
  assert.equal(await choose(browser, "always-here"), true);
  assert.deepEqual(browser.calls[0], ["request", { origins: ["*://news.example/*", "*://www.news.example/*"] }]);
  assert.deepEqual(await ruleFor(browser.storage.local, STORY), { site: "news.example", kind: "always" });
  assert.deepEqual(titles(browser), ["rule_set_always"]);
});

test("the page on which always was chosen is read when it is a story, and once", async () => {
  assert.equal(await choose(fakeBrowser({ snapshot: () => false }), "always-here"), false);
  const browser = fakeBrowser({ snapshot: () => true });
  assert.equal(await choose(browser, "always-here"), true);
  assert.equal(await shouldOpenByItself(browser, sender(), 1), false);
  assert.deepEqual(browser.injected(), ["doNothing", ["story_detector.js"]], "Back is to lead here");
});

test("without the permission there is no rule", async () => {
  const browser = fakeBrowser({ grants: false });
  assert.equal(await choose(browser, "always-here"), false);
  assert.deepEqual(await loadRules(browser.storage.local), {});
  assert.deepEqual(titles(browser), ["rule_denied"]);
});

test("never here and no rule here ask for nothing", async () => {
  const browser = fakeBrowser();
  assert.equal(await choose(browser, "never-here"), false);
  assert.deepEqual(await loadRules(browser.storage.local), { "news.example": "never" });
  assert.equal(await choose(browser, "no-rule-here"), false);
  assert.deepEqual(await loadRules(browser.storage.local), {});
  assert.deepEqual(titles(browser), ["rule_set_never", "rule_set_none"]);
  assert.deepEqual(browser.called("request"), []);
});

test("a rule chosen in the menu closes the popup that waits for the next click", async () => {
  const openPopup = async () => {
    throw new Error("openPopup requires a user gesture");
  };
  const browser = fakeBrowser({ openPopup });
  await choose(browser, "never-here");
  await allowsReading(browser, TAB, 0);
  await choose(browser, "no-rule-here");
  assert.deepEqual(browser.called("setPopup").at(-1), [{ tabId: 7, popup: "" }]);
});

test("in a private window always here sets the rule and reads nothing", async () => {
  const browser = fakeBrowser({ snapshot: () => true });
  assert.equal(await choose(browser, "always-here", { ...TAB, incognito: true }), false);
  assert.deepEqual(browser.called("executeScript"), []);
});

test("the browser's own pages have no rules, and other entries of menus are not ours", async () => {
  const browser = fakeBrowser();
  await choose(browser, "always-here", { ...TAB, url: "chrome://version" });
  assert.deepEqual(titles(browser), ["rule_no_site"]);
  await choose(browser, "read-page");
  assert.deepEqual(await loadRules(browser.storage.local), {});
  assert.deepEqual(browser.called("request"), []);
});

const CODE = readFileSync(new URL("../../extension/story_detector.js", import.meta.url), "utf8");

/** Run story_detector.js in a page: what it sends, what it waits for, and its value. */
function detect({ path = "/2025/story", ogType, data = [], type = "navigate", prerendering = false } = {}) {
  const sent = [];
  const waiting = [];
  const document = {
    prerendering,
    querySelector: () => ogType && { getAttribute: () => ogType },
    querySelectorAll: () => data.map((one) => ({ textContent: typeof one === "string" ? one : JSON.stringify(one) })),
    addEventListener: (name, act) => waiting.push([name, act]),
  };
  const story = runInNewContext(CODE, {
    document,
    location: { pathname: path },
    performance: { getEntriesByType: () => [{ type }] },
    chrome: { runtime: { sendMessage: (message) => sent.push(message.type) } },
  });
  return { story, sent, waiting };
}

for (const [what, page] of Object.entries({
  "og:type article": { ogType: "article" },
  "og:type of another kind, and one NewsArticle": { ogType: "website", data: [{ "@type": "NewsArticle" }] },
  "one article in a graph": { data: [{ "@graph": [{ "@type": "WebSite" }, { "@type": ["Thing", "ReportageNewsArticle"] }] }] },
  "one article in a list of nodes, beside broken data": { data: ["{", [{ "@type": "BlogPosting" }, { "@type": "BreadcrumbList" }]] },
})) {
  test(`a page with ${what} is a story`, () => assert.deepEqual(detect(page).sent, ["story-opened"]));
}

for (const [what, page] of Object.entries({
  "no sign of being one": {},
  "og:type website": { ogType: "website" },
  "the front page's address": { path: "/", ogType: "article" },
  "several articles": { data: [[{ "@type": "NewsArticle" }, { "@type": "NewsArticle" }]] },
  "a list that holds articles": { data: [{ "@type": "ItemList", itemListElement: [{ "@type": "NewsArticle" }] }] },
  "data that is no object": { data: ["null", "3", '"Article"', "[null]"] },
})) {
  test(`a page with ${what} is no story`, () => {
    const { story, sent } = detect(page);
    assert.equal(story, false);
    assert.deepEqual(sent, []);
  });
}

for (const type of ["back_forward", "reload", "prerender"]) {
  test(`a story reached by ${type} stays as it is`, () => {
    const { story, sent } = detect({ ogType: "article", type });
    assert.equal(story, true);
    assert.deepEqual(sent, []);
  });
}

test("a story that the browser loads ahead waits until somebody opens it", () => {
  const { sent, waiting } = detect({ ogType: "article", prerendering: true });
  assert.deepEqual(sent, []);
  const [[event, act]] = waiting;
  assert.equal(event, "prerenderingchange");
  act();
  assert.deepEqual(sent, ["story-opened"]);
});

test("rules of an earlier version for www. and without are one, and never wins", async () => {
  const browser = fakeBrowser();
  await browser.storage.local.set({ rules: { "www.news.example": "always", "post.example": "never", "www.post.example": "always" } });
  assert.deepEqual(await loadRules(browser.storage.local), { "news.example": "always", "post.example": "never" });
  await setRule(browser, "news.example", null);
  assert.deepEqual(await loadRules(browser.storage.local), { "post.example": "never" });
});
