import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { fromBase64 } from "../../extension/problem_store.js";
import { readTab } from "../../extension/reading.js";
import { shouldOpenByItself, setRule } from "../../extension/rules.js";
import { fakeBrowser } from "./fakes.mjs";

const TAB = { id: 7, index: 2, windowId: 1, url: "https://news.example/story", incognito: false, active: true };
const ARTICLE = "http://127.0.0.1:8765/read/abc?ticket=1";

const answering = (body, status = 200) => {
  const bodies = [];
  const fetch = async (_url, { body: packed }) => {
    bodies.push(JSON.parse(gunzipSync(packed).toString("utf8")));
    return new Response(JSON.stringify(body), { status });
  };
  return { fetch, bodies };
};
const working = () => answering({ view: "/read/abc?ticket=1" });
const stopped = async () => {
  throw new TypeError("Failed to fetch");
};

/** The one problem that is kept, with its id. */
const theProblem = (browser) => {
  const [[id, entry], ...others] = [...browser.storage.session.kept].filter(([key]) => key.startsWith("problem-"));
  assert.deepEqual(others, []);
  return { id, ...entry };
};
const badges = (browser) => browser.called("setBadgeText").map(([{ text }]) => text);

test("a click sends the page and shows the article in the same tab", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  const { fetch, bodies } = working();
  await readTab(browser, TAB, {}, { fetch });
  assert.deepEqual(bodies, [{ url: TAB.url, html: "<!doctype html><html></html>", private: false }]);
  assert.deepEqual(browser.called("update"), [[7, { url: ARTICLE }]]);
  assert.deepEqual(browser.called("create"), []);
  assert.deepEqual(badges(browser), ["…", ""]);
  assert.deepEqual([...browser.storage.session.kept], [["opened-in-7", "http://127.0.0.1:8765/read/abc"]]);
});

test("badge and title say that work goes on, and Back is to lead here, before anything is read or asked", () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  for (const area of Object.values(browser.storage)) {
    const { get } = area;
    area.get = (keys) => {
      browser.calls.push(["get", keys]);
      return get(keys);
    };
  }
  readTab(browser, TAB, {}, working());
  // Before the click's own turn ends, so nothing was waited for.
  assert.deepEqual(
    browser.calls.slice(0, 5).map(([name]) => name),
    ["setBadgeText", "setBadgeBackgroundColor", "setTitle", "executeScript", "get"],
  );
  assert.deepEqual(browser.injected(), ["doNothing"]);
  assert.deepEqual(browser.called("setBadgeText"), [[{ tabId: 7, text: "…" }]]);
  assert.deepEqual(browser.called("setTitle"), [[{ tabId: 7, title: "action_working" }]]);
});

test("badge and title say that it is done once the article is there, not before", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  await readTab(browser, TAB, {}, working());
  browser.loaded(7, TAB.url);
  browser.loaded(8, ARTICLE);
  assert.equal(badges(browser).at(-1), "");
  browser.loaded(7, "http://127.0.0.1:8765/read/abc");
  assert.equal(badges(browser).at(-1), "✓");
  assert.equal(browser.called("setTitle").at(-1)[0].title, "action_done");
  assert.equal(browser.listeners.size, 0);
});

test("badge and title tell of trouble where it is explained", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  await readTab(browser, TAB, {}, { fetch: stopped });
  browser.loaded(7, `chrome-extension://id/problem/problem.html#${theProblem(browser).id}`);
  assert.equal(badges(browser).at(-1), "!");
  assert.equal(browser.called("setTitle").at(-1)[0].title, "action_trouble");
});

test("a story that failed to open by its site's rule opens by itself the next time", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  await setRule(browser, "news.example", "always");
  const opens = () => shouldOpenByItself(browser, { tab: TAB, url: TAB.url, frameId: 0 }, 0);
  assert.equal(await opens(), true);
  await readTab(browser, TAB, { byRule: true }, { fetch: stopped });
  assert.equal(await opens(), true);
  await readTab(browser, TAB, { byRule: true }, working());
  assert.equal(await opens(), false);
});

test("only the clicked tab's own document is read", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  await readTab(browser, TAB, {}, working());
  assert.deepEqual(browser.called("executeScript").map(([{ target }]) => target), [{ tabId: 7 }, { tabId: 7 }]);
  const files = browser.injected()[1];
  assert.equal(files[0], "snapshot/dom_getters.js");
  assert.equal(files.at(-1), "snapshot/snapshot.js");
});

test("the article opens beside the page when that is chosen", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  await browser.storage.local.set({ place: "beside" });
  await readTab(browser, TAB, {}, working());
  assert.deepEqual(browser.called("update"), []);
  assert.deepEqual(browser.called("create"), [
    [{ url: ARTICLE, windowId: 1, index: 3, openerTabId: 7, active: true }],
  ]);
});

test("asked for beside, it opens there whatever is chosen, and the button there says that it is done", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  await readTab(browser, TAB, { beside: true }, working());
  assert.deepEqual(browser.called("update"), []);
  assert.equal(browser.called("create")[0][0].url, ARTICLE);
  browser.loaded(100, "http://127.0.0.1:8765/read/abc");
  assert.deepEqual(browser.called("setBadgeText").at(-1), [{ tabId: 100, text: "✓" }]);
  assert.deepEqual([...browser.storage.session.kept], [], "there is no way back in the history of that tab");
});

test("where tabs know no opener, as in Firefox for Android, articles and problems open beside all the same", async () => {
  const beside = async (fetch) => {
    const browser = fakeBrowser({ tabs: [TAB], openers: false, scheme: "moz-extension" });
    await readTab(browser, TAB, { beside: true }, { fetch });
    return browser.called("create").at(-1)[0];
  };
  assert.deepEqual(await beside(working().fetch), { url: ARTICLE, windowId: 1, index: 3, active: true });
  assert.match((await beside(stopped)).url, /problem\.html#problem-/);
});

test("just the selection is taken down when that is asked for", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  await readTab(browser, TAB, { selection: true }, working());
  const files = browser.injected()[1];
  assert.equal(files[0], "snapshot/just_selection.js");
  assert.equal(files.at(-1), "snapshot/snapshot.js");
});

test("a reader who went on to another page keeps it: the article opens beside", async () => {
  const browser = fakeBrowser({ tabs: [{ ...TAB, url: "https://news.example/other" }] });
  await readTab(browser, TAB, {}, working());
  assert.deepEqual(browser.called("update"), []);
  assert.equal(browser.called("create")[0][0].url, ARTICLE);
});

test("a jump within the page is no other page", async () => {
  const browser = fakeBrowser({ tabs: [{ ...TAB, url: `${TAB.url}#comments` }] });
  await readTab(browser, TAB, {}, working());
  assert.deepEqual(browser.called("update"), [[7, { url: ARTICLE }]]);
});

test("in a background tab the article opens there without taking the reader away", async () => {
  const browser = fakeBrowser({ tabs: [{ ...TAB, active: false }] });
  await browser.storage.local.set({ place: "beside" });
  await readTab(browser, TAB, {}, working());
  assert.equal(browser.called("create")[0][0].active, false);
});

test("a tab that was closed meanwhile opens nothing", async () => {
  const browser = fakeBrowser({ tabs: [] });
  await readTab(browser, TAB, {}, working());
  assert.deepEqual([...browser.called("update"), ...browser.called("create")], []);
});

test("a stopped backend is explained in the same tab, and the page waits for a second try", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  await readTab(browser, TAB, {}, { fetch: stopped });
  const { id, code, detail, packed } = theProblem(browser);
  assert.equal(code, "unreachable");
  assert.equal(detail.address, "http://127.0.0.1:8765");
  const page = JSON.parse(gunzipSync(fromBase64(packed)).toString("utf8"));
  assert.equal(page.html, "<!doctype html><html></html>");
  assert.deepEqual(browser.called("update"), [[7, { url: `chrome-extension://id/problem/problem.html#${id}` }]]);
  assert.deepEqual(badges(browser), ["…", "!"]);
});

test("a page without an article is not kept: sending it again cannot help", async () => {
  const browser = fakeBrowser({ tabs: [TAB] });
  await readTab(browser, TAB, {}, answering({ error: { code: "no_article", message: "m", hint: "h" } }, 422));
  const { code, packed } = theProblem(browser);
  assert.equal(code, "no_article");
  assert.equal(packed, "");
});

test("nothing is sent to an address that the browser has not allowed", async () => {
  const browser = fakeBrowser({ tabs: [TAB], permitted: false });
  await browser.storage.local.set({ address: "https://reader.example:444" });
  const { fetch, bodies } = working();
  await readTab(browser, TAB, {}, { fetch });
  assert.equal(theProblem(browser).code, "permission_missing");
  assert.deepEqual(browser.called("contains"), [[{ origins: ["https://reader.example/*"] }]]);
  assert.deepEqual(bodies, []);
});

test("in Firefox a token is sent only while the reader consents to that", async () => {
  const permitted = ({ data_collection: data }) => !data;
  const browser = fakeBrowser({ tabs: [TAB], scheme: "moz-extension", permitted });
  await browser.storage.local.set({ token: "secret" });
  const { fetch, bodies } = working();
  await readTab(browser, TAB, {}, { fetch });
  assert.equal(theProblem(browser).code, "permission_missing");
  assert.deepEqual(bodies, []);
});

test("a private window's page says so, and is not kept when the backend is away", async () => {
  const tab = { ...TAB, incognito: true };
  const { fetch, bodies } = working();
  const read = fakeBrowser({ tabs: [tab] });
  await readTab(read, tab, {}, { fetch });
  assert.equal(bodies[0].private, true);
  assert.deepEqual(read.called("update"), [[7, { url: ARTICLE }]]);
  assert.equal(read.storage.session.kept.size, 0, "not even the article's address");

  const browser = fakeBrowser({ tabs: [tab] });
  await readTab(browser, tab, {}, { fetch: stopped });
  assert.equal(theProblem(browser).packed, "");
});

for (const scheme of ["chrome-extension", "moz-extension"]) {
  test(`in a private window a popup explains, and the page stays (${scheme})`, async () => {
    const tab = { ...TAB, incognito: true };
    const browser = fakeBrowser({ tabs: [tab], scheme });
    await readTab(browser, tab, {}, { fetch: stopped });
    const { id } = theProblem(browser);
    assert.deepEqual(browser.called("setPopup"), [[{ tabId: 7, popup: `problem/problem.html?tab=7#${id}` }]]);
    assert.deepEqual(browser.called("openPopup"), [[{ windowId: 1 }]]);
    assert.deepEqual(browser.called("update"), []);
  });
}

test("a Firefox that opens no popup shows the problem in its private tab", async () => {
  const tab = { ...TAB, incognito: true };
  const openPopup = async () => {
    throw new Error("openPopup requires a user gesture");
  };
  const browser = fakeBrowser({ tabs: [tab], scheme: "moz-extension", openPopup });
  await readTab(browser, tab, {}, { fetch: stopped });
  const { id } = theProblem(browser);
  assert.deepEqual(browser.called("setPopup").at(-1), [{ tabId: 7, popup: "" }]);
  assert.deepEqual(browser.called("update"), [[7, { url: `moz-extension://id/problem/problem.html#${id}` }]]);
});

test("a popup that cannot open now waits for the next click", async () => {
  const tab = { ...TAB, incognito: true };
  const openPopup = async () => {
    throw new Error("Could not find an active browser window.");
  };
  const browser = fakeBrowser({ tabs: [tab], openPopup });
  await readTab(browser, tab, {}, { fetch: stopped });
  assert.equal(browser.called("setPopup").length, 1);
  assert.equal(badges(browser).at(-1), "!");
});

test("a page that does not answer is given up", async () => {
  const browser = fakeBrowser({ tabs: [TAB], snapshot: () => new Promise(() => {}) });
  await readTab(browser, TAB, {}, { ...working(), snapshotTimeout: 20 });
  assert.equal(theProblem(browser).code, "page_stuck");
});

for (const [trouble, detail] of [
  ["not_html", "application/pdf"],
  ["nothing_selected", ""],
  ["page_too_large", "20"],
]) {
  test(`the snapshot's own ${trouble} is shown`, async () => {
    const browser = fakeBrowser({ tabs: [TAB], snapshot: () => ({ trouble, detail }) });
    await readTab(browser, TAB, {}, working());
    const entry = theProblem(browser);
    assert.equal(entry.code, trouble);
    assert.equal(entry.detail.value, detail);
  });
}

test("what went wrong unexpectedly is told in its own words, to be reported", async () => {
  for (const snapshot of [() => ({ trouble: "snapshot_failed", detail: "Error: x" }), () => ({ html: 7, url: TAB.url }), () => undefined]) {
    const browser = fakeBrowser({ tabs: [TAB], snapshot });
    await readTab(browser, TAB, {}, working());
    const { code, detail } = theProblem(browser);
    assert.equal(code, "snapshot_failed");
    assert.match(detail.message, /\w/);
  }
});

const CLOSED = [
  // what the tab shows, what the browser says, the problem
  ["chrome://settings/", "Cannot access a chrome:// URL", "unreadable_browser"],
  [undefined, "Cannot access a chrome:// URL", "unreadable_browser"],
  ["about:addons", "Missing host permission for the tab", "unreadable_browser"],
  ["moz-extension://id/page.html", "Missing host permission for the tab", "unreadable_browser"],
  ["https://chromewebstore.google.com/detail/x", "The extensions gallery cannot be scripted.", "unreadable_store"],
  [undefined, "The extensions gallery cannot be scripted.", "unreadable_store"],
  ["https://addons.mozilla.org/en-US/firefox/", "Missing host permission for the tab", "unreadable_store"],
  ["https://addons.mozilla.org.example/", "Missing host permission for the tab", "unreadable_other"],
  ["view-source:https://news.example/story", "Missing host permission for the tab", "unreadable_source"],
  ["https://news.example/report.PDF?x=1", "Missing host permission for the tab", "unreadable_pdf"],
  ["https://news.example/story?of=a.pdf", "Missing host permission for the tab", "unreadable_other"],
  ["file:///home/me/story.html", "Cannot access contents of url file:///home/me/story.html", "unreadable_file"],
  ["https://news.example/x", "Frame with ID 0 is showing error page", "unreadable_error"],
  ["https://news.example/x", "This page cannot be scripted due to an ExtensionsSettings policy.", "unreadable_other"],
];
for (const [url, said, expected] of CLOSED) {
  test(`${url}: “${said}” is named ${expected}`, async () => {
    const snapshot = () => {
      throw new Error(said);
    };
    const tab = { ...TAB, url };
    const browser = fakeBrowser({ tabs: [tab], snapshot });
    await readTab(browser, tab, {}, working());
    assert.equal(theProblem(browser).code, expected);
  });
}
