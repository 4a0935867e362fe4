import assert from "node:assert/strict";
import { test } from "node:test";

import { DEFAULTS, loadSettings, parseAddress, parseToken, saveSettings } from "../../extension/settings.js";
import { memoryStore, problem } from "./fakes.mjs";

const ADDRESSES = [
  // typed, address, permission, loopback, encrypted
  ["http://127.0.0.1:8765", "http://127.0.0.1:8765", "http://127.0.0.1/*", true, true],
  ["  http://127.0.0.1:8765/ ", "http://127.0.0.1:8765", "http://127.0.0.1/*", true, true],
  ["127.0.0.1:8765", "http://127.0.0.1:8765", "http://127.0.0.1/*", true, true],
  ["localhost:443", "http://localhost:443", "http://localhost/*", true, true],
  ["http://LOCALHOST:9000/", "http://localhost:9000", "http://localhost/*", true, true],
  ["http://[::1]:8765", "http://[::1]:8765", "http://[::1]/*", true, true],
  ["https://127.0.0.1:8765", "https://127.0.0.1:8765", "https://127.0.0.1/*", true, true],
  ["reader.example", "https://reader.example", "https://reader.example/*", false, true],
  ["https://home.example/personae/", "https://home.example/personae", "https://home.example/*", false, true],
  ["http://192.168.1.5:8765", "http://192.168.1.5:8765", "http://192.168.1.5/*", false, false],
  ["http://localhost.example", "http://localhost.example", "http://localhost.example/*", false, false],
  ["http://nas", "http://nas", "http://nas/*", false, false],
  ["nas:8765", "https://nas:8765", "https://nas/*", false, true],
  ["LOCALHOST", "http://localhost", "http://localhost/*", true, true],
  ["READER.Example.", "https://reader.example.", "https://reader.example./*", false, true],
  ["bücher.example", "https://xn--bcher-kva.example", "https://xn--bcher-kva.example/*", false, true],
  ["http://127.0.0.1.example", "http://127.0.0.1.example", "http://127.0.0.1.example/*", false, false],
];

for (const [typed, address, pattern, loopback, encrypted] of ADDRESSES) {
  test(`${typed} is read as ${address}`, () => {
    assert.deepEqual(parseAddress(typed), { address, pattern, loopback, encrypted });
  });
}

for (const typed of [
  "",
  "   ",
  "http://",
  "ftp://127.0.0.1",
  "javascript://127.0.0.1/%0aalert(1)",
  "http://me:secret@127.0.0.1:8765",
  "http://127.0.0.1:8765/?page=1",
  "http://127.0.0.1:8765/#top",
  "http://127.0.0.1:99999",
  "two words",
  "nonsense",
  "nonsense.",
  "nonsense/personae",
  "8765",
  "http://8765",
  "0x7f.1",
  ".",
  "reader..example",
  "https://https://reader.example",
  "http:reader.example",
  "*.example",
]) {
  test(`${JSON.stringify(typed)} is refused as an address`, () => {
    assert.throws(() => parseAddress(typed), problem("address_invalid", { address: typed.trim() }));
  });
}

test("a token loses the space around it and keeps every sign", () => {
  assert.equal(parseToken(" abc.DEF-123_~+/=\n"), "abc.DEF-123_~+/=");
  assert.equal(parseToken(""), "");
});

for (const typed of ["two words", "token\nX-Other: 1", "tökén", "token\u0000"]) {
  test(`${JSON.stringify(typed)} is refused as a token`, () => {
    assert.throws(() => parseToken(typed), problem("token_invalid"));
  });
}

test("settings that were never saved are the defaults, and one that was saved keeps the others", async () => {
  const store = memoryStore();
  assert.deepEqual(await loadSettings(store), { ...DEFAULTS });
  await store.set({ token: "abc" });
  assert.deepEqual(await loadSettings(store), { ...DEFAULTS, token: "abc" });
});

test("saved settings come back", async () => {
  const store = memoryStore();
  const settings = { address: "https://reader.example", token: "t", place: "beside" };
  await saveSettings(store, settings);
  assert.deepEqual(await loadSettings(store), settings);
});
