import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { Backend, pack } from "../../extension/backend.js";
import { problem } from "./fakes.mjs";

const ADDRESS = "http://127.0.0.1:8765";

/** A fetch that notes what it is asked and gives one answer. */
function answering(body, init = {}) {
  const asked = [];
  const fetch = async (url, options) => {
    asked.push({ url, ...options, headers: Object.fromEntries(options.headers) });
    return new Response(typeof body === "string" ? body : JSON.stringify(body), init);
  };
  return { fetch, asked };
}

const backend = (fetch, more = {}) => new Backend({ address: ADDRESS, token: "", ...more }, { fetch });
const bytes = new Uint8Array([1, 2, 3]);

test("a page is packed as JSON, compressed, whatever is in it", async () => {
  const page = { url: "https://news.example/ä", html: "<p>“é” \u{1f30d}</p>", private: true };
  assert.deepEqual(JSON.parse(gunzipSync(await pack(page)).toString("utf8")), page);
});

test("half a surrogate pair is packed as the replacement character", async () => {
  const packed = await pack({ url: "u", html: "a\ud800b", private: false });
  assert.equal(JSON.parse(gunzipSync(packed).toString("utf8")).html, "a\ufffdb");
});

test("reading posts the packed page and gives the view's address", async () => {
  const { fetch, asked } = answering({ view: "/read/abc?ticket=1" });
  assert.equal(await backend(fetch).read(bytes), `${ADDRESS}/read/abc?ticket=1`);
  const [request] = asked;
  assert.equal(request.url, `${ADDRESS}/api/read`);
  assert.equal(request.method, "POST");
  assert.equal(request.body, bytes);
  assert.deepEqual(request.headers, {
    accept: "application/json",
    "content-encoding": "gzip",
    "content-type": "application/json",
  });
  assert.equal(request.credentials, "omit");
});

test("the token goes along when there is one", async () => {
  const { fetch, asked } = answering({ view: "/read/abc" });
  await backend(fetch, { token: "secret" }).read(bytes);
  assert.equal(asked[0].headers.authorization, "Bearer secret");
});

test("a backend below a path keeps that path", async () => {
  const { fetch, asked } = answering({ view: "/read/abc" });
  const url = await backend(fetch, { address: "https://home.example/personae/" }).read(bytes);
  assert.equal(url, "https://home.example/personae/read/abc");
  assert.equal(asked[0].url, "https://home.example/personae/api/read");
});

for (const view of [undefined, 7, "", "read/abc", "https://elsewhere.example/", "javascript:alert(1)", "@elsewhere.example/"]) {
  test(`a view of ${JSON.stringify(view)} is not followed`, async () => {
    await assert.rejects(backend(answering({ view }).fetch).read(bytes), problem("not_personae"));
  });
}

test("a view never leads to another host", async () => {
  const url = await backend(answering({ view: "//elsewhere.example/" }).fetch).read(bytes);
  assert.equal(new URL(url).origin, ADDRESS);
});

const REFUSALS = [
  // status, the error's code, the problem
  [401, "token_required", "token_required"],
  [401, "token_wrong", "token_wrong"],
  [403, "origin_not_allowed", "origin_not_allowed"],
  [413, "too_large", "too_large"],
  [421, "host_not_allowed", "host_not_allowed"],
  [422, "no_article", "no_article"],
  [422, "took_too_long", "took_too_long"],
  [503, "busy", "busy"],
  [422, "too_complex", "backend"],
  [500, "internal", "backend"],
  [422, "toString", "backend"],
];
for (const [status, code, expected] of REFUSALS) {
  test(`${status} ${code} is named ${expected}, with the backend's own words`, async () => {
    const { fetch } = answering({ error: { code, message: "The cause.", hint: "The next step." } }, { status });
    const detail = { address: ADDRESS, message: "The cause.", hint: "The next step." };
    await assert.rejects(backend(fetch).read(bytes), problem(expected, detail));
  });
}

const OTHERS = [
  // status and body of a server that is not Personae, the problem
  [200, "<h1>It works!</h1>", "not_personae"],
  [200, "[]", "not_personae"],
  [200, "null", "not_personae"],
  [404, "Not found", "not_personae"],
  [405, "", "not_personae"],
  [501, "Unsupported method", "not_personae"],
  [413, "<h1>Request Entity Too Large</h1>", "too_large_on_the_way"],
  [421, "Misdirected", "host_not_allowed"],
  [502, "<h1>Bad Gateway</h1>", "server_error"],
  [401, "Sign in", "server_error"],
];
for (const [status, body, expected] of OTHERS) {
  test(`${status} ${JSON.stringify(body)} from something else is named ${expected}`, async () => {
    await assert.rejects(backend(answering(body, { status }).fetch).read(bytes), problem(expected));
  });
}

test("the status of a server error is told", async () => {
  await assert.rejects(backend(answering("", { status: 502 }).fetch).status(), problem("server_error", { value: "502" }));
});

test("a refused connection is named by where the backend should be", async () => {
  const refused = async () => {
    throw new TypeError("Failed to fetch");
  };
  await assert.rejects(backend(refused).read(bytes), problem("unreachable", { address: ADDRESS }));
  const remote = backend(refused, { address: "https://reader.example" });
  await assert.rejects(remote.read(bytes), problem("unreachable_remote", { address: "https://reader.example" }));
});

test("an answer that breaks off is a backend that cannot be reached", async () => {
  const broken = async () => {
    const body = new ReadableStream({
      pull() {
        throw new TypeError("connection reset");
      },
    });
    return new Response(body);
  };
  await assert.rejects(backend(broken).read(bytes), problem("unreachable"));
});

test("a backend that does not answer in time is named, with the time", async () => {
  const silent = (_url, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  // The signal's own timer does not keep the process alive.
  const alive = setInterval(() => {}, 1000);
  const slow = new Backend({ address: ADDRESS, token: "" }, { fetch: silent, readTimeout: 20, statusTimeout: 2000 });
  await assert.rejects(slow.read(bytes), problem("timeout", { value: "0" }));
  clearInterval(alive);
});

test("an address that forwards is named and not followed", async () => {
  const forwarding = async () => ({ type: "opaqueredirect", ok: false, status: 0, text: async () => "" });
  await assert.rejects(backend(forwarding).read(bytes), problem("redirected"));
});

test("status gives the version of a backend that is new enough", async () => {
  const { fetch, asked } = answering({ name: "personae", version: "1.2.3", api: 1 });
  assert.deepEqual(await backend(fetch).status(), { version: "1.2.3" });
  assert.equal(asked[0].url, `${ADDRESS}/api/status`);
});

test("a newer API is good enough, none or an older one is too old", async () => {
  await backend(answering({ name: "personae", version: "9", api: 2 }).fetch).status();
  for (const api of [0, undefined, "x"]) {
    const { fetch } = answering({ name: "personae", version: "0.0.1", api });
    await assert.rejects(backend(fetch).status(), problem("too_old", { value: "0.0.1" }));
  }
});

test("another program's JSON is not Personae", async () => {
  await assert.rejects(backend(answering({ name: "other", api: 1 }).fetch).status(), problem("not_personae"));
});

test("a stored address that is none is named before anything is sent", () => {
  assert.throws(() => backend(undefined, { address: "nonsense address" }), problem("address_invalid"));
});
