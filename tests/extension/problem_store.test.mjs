import assert from "node:assert/strict";
import { test } from "node:test";

import { fromBase64, loadProblem, removeProblem, saveProblem, toBase64 } from "../../extension/problem_store.js";
import { memoryStore } from "./fakes.mjs";

const entry = { code: "unreachable", detail: { address: "http://127.0.0.1:8765" }, packed: "AAAA" };

test("a stored problem comes back by its id until it is removed", async () => {
  const store = memoryStore();
  const id = await saveProblem(store, entry);
  const { since, ...rest } = await loadProblem(store, id);
  assert.deepEqual(rest, entry);
  assert.equal(typeof since, "number");
  await removeProblem(store, id);
  assert.equal(await loadProblem(store, id), null);
});

test("only the latest three are kept, and nothing else is touched", async (context) => {
  context.mock.timers.enable({ apis: ["Date"] });
  const store = memoryStore();
  await store.set({ other: 1 });
  const ids = [];
  for (let count = 0; count < 5; count += 1) {
    context.mock.timers.tick(1000);
    ids.push(await saveProblem(store, entry));
  }
  assert.deepEqual([...store.kept.keys()].sort(), ["other", ...ids.slice(2)].sort());
});

test("beyond the browser's quota the explanation is kept without the page", async () => {
  const store = memoryStore(1000);
  const id = await saveProblem(store, { ...entry, packed: "A".repeat(2000) });
  assert.equal((await loadProblem(store, id)).packed, "");
});

test("bytes survive base64, also more than a call takes arguments", () => {
  const bytes = Uint8Array.from({ length: 200_001 }, (_, index) => (index * 31) % 256);
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
  assert.equal(toBase64(new Uint8Array()), "");
});
