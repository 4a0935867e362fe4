/** The pictures of an article, from their servers to the backend. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Backend } from "../../extension/backend.js";
import { keepPictures, patternsOf } from "../../extension/pictures/kept_pictures.js";
import { offerPictures, registerReaderPage } from "../../extension/reader_pages.js";
import { fakeBrowser, problem } from "./fakes.mjs";

const ID = "a".repeat(43);
const ADDRESS = "http://127.0.0.1:8765";
const listed = (...names) => ({
  pictures: names.map((name) => ({ src: `https://cdn.example/${name}`, kept: name === "kept" })),
  max_picture_bytes: 10,
});
const refusal = (status, code) => Response.json({ error: { code, message: "No.", hint: "Wait." } }, { status });

/** @param {(number: string) => Response} [answer]  of the backend, to the picture at that place */
function backendThat(answer = () => new Response(null, { status: 204 })) {
  const taken = [];
  const fetch = async (url, init) => {
    taken.push([new URL(url).pathname, init.method, init.headers.get("Content-Type"), new Uint8Array(init.body).length]);
    return answer(url.split("/").at(-1));
  };
  return { taken, backend: new Backend({ address: ADDRESS, token: "" }, { fetch }) };
}

async function keep(backend, pictures, fetch = async () => new Response("123")) {
  const done = [];
  const faults = await keepPictures(backend, ID, pictures, { fetch, progress: (number) => done.push(number) });
  return { done, faults: Object.fromEntries(faults) };
}

test("each picture that is not kept yet is handed in at its place, and progress is told", async () => {
  const { taken, backend } = backendThat();
  const { done, faults } = await keep(backend, listed("one", "kept", "two"));
  assert.deepEqual(faults, {});
  assert.deepEqual(done, [1, 2]);
  assert.deepEqual(
    taken,
    ["0", "2"].map((number) => [`/api/read/${ID}/pictures/${number}`, "PUT", "application/octet-stream", 3]),
  );
});

test("a request for a picture tells nothing of who asks", async () => {
  const asked = [];
  await keep(backendThat().backend, listed("one"), async (src, init) => {
    asked.push([src, init.credentials, init.referrerPolicy]);
    return new Response("1");
  });
  assert.deepEqual(asked, [["https://cdn.example/one", "omit", "no-referrer"]]);
});

test("what is too large is not read to its end, and not sent", async () => {
  const { taken, backend } = backendThat();
  let parts = 0;
  const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array((parts += 1) && 4)) });
  const { faults } = await keep(backend, listed("one"), async () => new Response(endless()));
  assert.deepEqual(faults, { too_large: 1 });
  assert.ok(parts < 10);
  assert.deepEqual(taken, []);
});

test("what does not come is counted, and the others go on", async () => {
  const answers = { "https://cdn.example/two": new Response("no", { status: 403 }), "https://cdn.example/three": new Response("ok") };
  const { done, faults } = await keep(backendThat().backend, listed("one", "two", "three"), async (src) => {
    if (!answers[src]) throw new TypeError("Failed to fetch");
    return answers[src];
  });
  assert.deepEqual(faults, { not_fetched: 2 });
  assert.deepEqual(done, [1, 2, 3]);
});

for (const [code, status, fault] of [
  ["not_a_picture", 422, "wrong_kind"],
  ["picture_too_large", 413, "too_large"],
  ["pictures_too_large", 413, "no_room"],
  ["no_room", 507, "no_room"],
]) {
  test(`a picture that the backend refuses with ${code} is counted as ${fault}`, async () => {
    const { backend } = backendThat((number) => (number === "0" ? refusal(status, code) : new Response(null, { status: 204 })));
    assert.deepEqual((await keep(backend, listed("one", "two"))).faults, { [fault]: 1 });
  });
}

test("when the article is gone or nobody answers, it is pointless to go on", async () => {
  const { taken, backend } = backendThat(() => refusal(404, "article_gone"));
  await assert.rejects(keep(backend, listed("one", "two")), problem("backend", { refusal: "article_gone" }));
  assert.equal(taken.length, 1);
  const away = new Backend({ address: ADDRESS, token: "" }, { fetch: async () => { throw new TypeError("refused"); } });
  await assert.rejects(keep(away, listed("one")), problem("unreachable"));
});

test("each host is asked for once, without its port", () => {
  const pictures = ["https://b.example:8443/1", "https://a.example/2", "https://b.example/3", "http://b.example/4"];
  assert.deepEqual(patternsOf(pictures.map((src) => ({ src, kept: false }))), [
    "http://b.example/*",
    "https://a.example/*",
    "https://b.example/*",
  ]);
});

const sender = (more = {}) => ({ url: `${ADDRESS}/read/${ID}`, frameId: 0, tab: { id: 7, index: 2, windowId: 1, incognito: false }, ...more });

test("an article's page opens the offer beside it", async () => {
  const browser = fakeBrowser();
  await offerPictures(browser, sender({ url: `${ADDRESS}/read/${ID}?x#m1` }));
  const [[made]] = browser.called("create");
  assert.equal(made.url, `chrome-extension://id/pictures/pictures.html?tab=7&article=${ID}`);
  assert.deepEqual([made.index, made.openerTabId], [3, 7]);
});

test("Firefox for Android, which knows no openers, opens it too", async () => {
  const browser = fakeBrowser({ openers: false });
  await offerPictures(browser, sender());
  assert.equal(browser.called("create").length, 2);
});

for (const [who, from] of [
  ["another port of this machine", sender({ url: `http://127.0.0.1:9999/read/${ID}` })],
  ["another page of the backend", sender({ url: `${ADDRESS}/read/short` })],
  ["a frame", sender({ frameId: 3 })],
  ["a private window", sender({ tab: { id: 7, index: 2, windowId: 1, incognito: true } })],
  ["no tab", sender({ tab: undefined })],
]) {
  test(`nothing opens for ${who}`, async () => {
    const browser = fakeBrowser();
    await offerPictures(browser, from);
    assert.deepEqual(browser.called("create"), []);
  });
}

test("the article pages of a backend elsewhere get the script, and those of the former one lose it", async () => {
  const browser = fakeBrowser();
  await registerReaderPage(browser);
  assert.equal(browser.registered.size, 0, "the manifest does it on this machine");
  await browser.storage.local.set({ address: "https://home.example/personae" });
  await registerReaderPage(browser);
  assert.deepEqual([...browser.registered.values()].map(({ matches }) => matches), [["https://home.example/personae/read/*"]]);
  await browser.storage.local.set({ address: "https://reader.example:8443" });
  await registerReaderPage(browser);
  assert.deepEqual([...browser.registered.values()].map(({ matches }) => matches), [["https://reader.example/read/*"]]);
  await browser.storage.local.set({ address: ADDRESS });
  await registerReaderPage(browser);
  assert.equal(browser.registered.size, 0);
});
