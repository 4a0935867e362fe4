import assert from "node:assert/strict";
import { test } from "node:test";

import { giveBack, needed } from "../../extension/permissions.js";
import { fakeBrowser } from "./fakes.mjs";

const FORMER = ["https://reader.example/*", "*://reader.example/*"];

/** What is given back of some permissions, all of them held, when this is saved. */
async function given(origins, { address = "https://new.example", rules = {}, permitted = true } = {}) {
  const browser = fakeBrowser({ permitted });
  await browser.storage.local.set({ address });
  const any = await giveBack(browser, origins, rules);
  const removed = browser.called("removePermission").flatMap(([permissions]) => permissions.origins);
  assert.equal(any, removed.length > 0);
  return removed;
}

test("what a former backend was allowed is given back", async () => {
  assert.deepEqual(await given(FORMER), FORMER);
});

test("what the saved backend, an always rule or the manifest needs stays", async () => {
  assert.deepEqual(await given(FORMER, { address: "https://reader.example/personae" }), []);
  assert.deepEqual(await given(FORMER, { rules: { "reader.example": "always" } }), []);
  assert.deepEqual(await given(["http://127.0.0.1/*", "*://127.0.0.1/*"]), []);
});

test("another scheme or another host needs nothing of it, and a never rule neither", async () => {
  assert.deepEqual(await given(["http://reader.example/*"], { address: "https://reader.example" }), ["http://reader.example/*"]);
  assert.deepEqual(await given(["https://localhost/*"]), ["https://localhost/*"]);
  const rules = { "reader.example": "never", "www.reader.example": "always" };
  assert.deepEqual(await given(FORMER, { rules }), FORMER);
});

test("nothing is said to be given back that was not held", async () => {
  assert.deepEqual(await given(FORMER, { permitted: ({ origins }) => origins[0] === FORMER[0] }), [FORMER[0]]);
  assert.deepEqual(await given(FORMER, { permitted: false }), []);
});

test("in Firefox a token needs the reader's consent too", () => {
  const [address, origins] = ["https://reader.example", ["https://reader.example/*"]];
  const asked = (scheme, token) => needed(fakeBrowser({ scheme }), { address, token });
  assert.deepEqual(asked("moz-extension", "secret"), { origins, data_collection: ["authenticationInfo"] });
  assert.deepEqual(asked("moz-extension", ""), { origins });
  assert.deepEqual(asked("chrome-extension", "secret"), { origins });
});

test("the consent to send a token goes with the token, in Firefox, which alone knows it", async () => {
  const removed = async (scheme, token) => {
    const browser = fakeBrowser({ scheme });
    await browser.storage.local.set({ token });
    await giveBack(browser, [], {});
    return browser.called("removePermission");
  };
  assert.deepEqual(await removed("moz-extension", ""), [[{ data_collection: ["authenticationInfo"] }]]);
  assert.deepEqual(await removed("moz-extension", "secret"), []);
  assert.deepEqual(await removed("chrome-extension", ""), []);
});
