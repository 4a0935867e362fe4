import assert from "node:assert/strict";
import { test } from "node:test";

import { readTab } from "../../extension/reading.js";
import { forgetArticle, isArticle, noteArticle } from "../../extension/back_to_page.js";
import { DEFAULTS } from "../../extension/settings.js";
import { fakeBrowser } from "./fakes.mjs";

const ORIGINAL = "https://news.example/story";
const READER = { id: 7, index: 2, windowId: 1, url: "http://127.0.0.1:8765/read/abc", incognito: false, active: true };
const unasked = async () => assert.fail("a reader page is not sent anywhere");

/** A browser whose reader page links to the original. */
const onReader = (tabs = [READER], original = ORIGINAL) => fakeBrowser({ tabs, snapshot: () => original });

test("only what the backend serves as an article is one", () => {
  for (const url of ["http://127.0.0.1:8765/read/abc", "http://127.0.0.1:8765/read/abc?ticket=1#p3"]) {
    assert.equal(isArticle(DEFAULTS, url), true, url);
  }
  for (const url of ["http://127.0.0.1:8765/", "http://127.0.0.1:87650/read/abc", "https://news.example/read/abc", undefined]) {
    assert.equal(isArticle(DEFAULTS, url), false, url);
  }
  assert.equal(isArticle({ ...DEFAULTS, address: "https://home.example/personae" }, "https://home.example/personae/read/x"), true);
});

test("pressed on an article that took its page's place, the button goes back in the history", async () => {
  const browser = onReader();
  await noteArticle(browser, READER, "http://127.0.0.1:8765/read/abc?ticket=1");
  await readTab(browser, { ...READER, url: `${READER.url}#p12` }, {}, { fetch: unasked });
  assert.deepEqual(browser.injected(), ["doNothing", "leave"]);
  assert.deepEqual(browser.called("update"), []);
});

test("pressed on an article that came here in another way, it follows the link to the original", async () => {
  const browser = onReader();
  await noteArticle(browser, READER, "http://127.0.0.1:8765/read/another");
  await readTab(browser, READER, {}, { fetch: unasked });
  assert.deepEqual(browser.called("update"), [[7, { url: ORIGINAL }]]);
});

test("pressed beside the page, it shows the page's own tab while that still shows it", async () => {
  const beside = { ...READER, openerTabId: 3 };
  const still = onReader([beside, { id: 3, url: `${ORIGINAL}#comments` }]);
  await readTab(still, beside, { beside: true }, { fetch: unasked });
  assert.deepEqual(still.called("update"), [[3, { active: true }]]);

  for (const others of [[], [{ id: 3, url: "https://news.example/other" }]]) {
    const moved = onReader([beside, ...others]);
    await readTab(moved, beside, {}, { fetch: unasked });
    assert.deepEqual(moved.called("update"), [[7, { url: ORIGINAL }]]);
  }
});

test("a part of an article is not read once more, and the reader is told, not sent away", async () => {
  const browser = onReader();
  await noteArticle(browser, READER, READER.url);
  await readTab(browser, READER, { selection: true }, { fetch: unasked });
  assert.deepEqual(browser.injected(), ["doNothing"]);
  const [{ code }] = [...browser.storage.session.kept.values()].filter((kept) => kept.code);
  assert.equal(code, "already_read");
});

test("an article without an original stays, and the button works again", async () => {
  const browser = onReader([READER], null);
  await readTab(browser, READER, {}, { fetch: unasked });
  assert.deepEqual(browser.called("update"), []);
  assert.equal(browser.called("setBadgeText").at(-1)[0].text, "");
});

test("a reader page that the browser could not load leads back all the same, or its backend is named", async () => {
  const failed = () => {
    throw new Error("Frame with ID 0 is showing error page");
  };
  const back = fakeBrowser({ tabs: [READER], snapshot: failed });
  await noteArticle(back, READER, READER.url);
  await readTab(back, READER, {}, { fetch: unasked });
  assert.deepEqual(back.called("goBack"), [[7]]);
  assert.equal(back.called("setBadgeText").at(-1)[0].text, "");

  const stuck = fakeBrowser({ tabs: [READER], snapshot: failed });
  await noteArticle(stuck, READER, READER.url);
  stuck.tabs.goBack = failed;
  await readTab(stuck, READER, {}, { fetch: unasked });
  assert.equal([...stuck.storage.session.kept.values()].find(({ code }) => code)?.code, "unreachable");

  for (const [address, code] of [["http://127.0.0.1:8765", "unreachable"], ["https://reader.example", "unreachable_remote"]]) {
    const tab = { ...READER, url: `${address}/read/abc` };
    const browser = fakeBrowser({ tabs: [tab], snapshot: failed });
    await browser.storage.local.set({ address });
    await readTab(browser, tab, {}, { fetch: unasked });
    const [problem] = [...browser.storage.session.kept.values()];
    assert.deepEqual([problem.code, problem.detail], [code, { address }]);
  }
});

test("what was opened in a closed tab is forgotten", async () => {
  const browser = onReader();
  await noteArticle(browser, READER, READER.url);
  await forgetArticle(browser, 7);
  assert.equal(browser.storage.session.kept.size, 0);
});

test("Back passes over no page that a click left; a rule's story, and Firefox, are left as they are", async () => {
  const seams = { fetch: async () => new Response(JSON.stringify({ view: "/read/abc" })) };
  const story = { ...READER, url: ORIGINAL };
  const touched = async (wish, scheme) => {
    const browser = fakeBrowser({ tabs: [story], scheme });
    await readTab(browser, story, wish, seams);
    return browser.injected().includes("doNothing");
  };
  assert.equal(await touched({}), true);
  assert.equal(await touched({ selection: true }), true);
  assert.equal(await touched({ byRule: true }), false);
  assert.equal(await touched({}, "moz-extension"), false);
});
