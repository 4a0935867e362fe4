/**
 * The backend, over HTTP. Knows nothing of tabs or pages of ours; whoever calls passes `fetch`.
 */

import { parseAddress } from "./settings.js";
import { Problem } from "./problems.js";

/** The backend's API version that this extension speaks. */
export const API = 1;
/** Chromium ends a service worker whose fetch has no answer after 30 seconds: name it before. */
export const READ_TIMEOUT_MS = 27_000;
export const STATUS_TIMEOUT_MS = 8_000;
const NO_CONTENT = 204;

/**
 * @typedef {object} Page  what is sent
 * @property {string} url
 * @property {string} html
 * @property {boolean} private  from a private window: the backend keeps it in memory only, and briefly
 */

/**
 * The page as the request's body: JSON, compressed with gzip.
 * @param {Page} page
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function pack(page) {
  // Half a surrogate pair, which scripts can leave in a page, has no form in UTF-8.
  const json = JSON.stringify({ ...page, html: page.html.toWellFormed() });
  const stream = new Blob([json]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * @param {{ address: string, loopback: boolean }} where
 * @returns {Problem} that nothing answers there
 */
export function unreachable({ address, loopback }) {
  return new Problem(loopback ? "unreachable" : "unreachable_remote", { address });
}

export class Backend {
  /**
   * @param {{ address: string, token: string }} settings
   * @param {{ fetch?: typeof fetch, readTimeout?: number, statusTimeout?: number }} [seams]
   */
  constructor(settings, seams = {}) {
    const { address, loopback } = parseAddress(settings.address);
    this.address = address;
    this.loopback = loopback;
    this.token = settings.token;
    this.fetch = seams.fetch ?? ((input, init) => fetch(input, init));
    this.readTimeout = seams.readTimeout ?? READ_TIMEOUT_MS;
    this.statusTimeout = seams.statusTimeout ?? STATUS_TIMEOUT_MS;
  }

  /**
   * Have a page read.
   * @param {Uint8Array<ArrayBuffer>} packed  from `pack`
   * @returns {Promise<string>} the address of the article's page
   * @throws {Problem}
   */
  async read(packed) {
    const headers = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
    const answer = await this.#ask("/api/read", { method: "POST", headers, body: packed }, this.readTimeout);
    const { view } = answer;
    if (typeof view !== "string" || !view.startsWith("/")) throw this.#problem("not_personae");
    const url = new URL(this.address + view);
    if (url.origin !== new URL(this.address).origin) throw this.#problem("not_personae");
    return url.href;
  }

  /**
   * Who answers there.
   * @returns {Promise<{ version: string }>}
   * @throws {Problem}
   */
  async status() {
    const answer = await this.#ask("/api/status", { method: "GET" }, this.statusTimeout);
    if (answer.name !== "personae") throw this.#problem("not_personae");
    const version = String(answer.version);
    if (!(Number(answer.api) >= API)) throw this.#problem("too_old", { value: version });
    return { version };
  }

  /**
   * Which pictures an article has.
   * @param {string} article  its id
   * @returns {Promise<import("./pictures/kept_pictures.js").Pictures>}
   * @throws {Problem}
   */
  async pictures(article) {
    const answer = await this.#ask(`/api/read/${encodeURIComponent(article)}/pictures`, { method: "GET" }, this.statusTimeout);
    if (!Array.isArray(answer.pictures)) throw this.#problem("not_personae");
    return /** @type {any} */ (answer);
  }

  /**
   * Hand in a picture of an article.
   * @param {string} article  its id
   * @param {number} number  its place in the article's list
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @throws {Problem}
   */
  async keepPicture(article, number, bytes) {
    const headers = { "Content-Type": "application/octet-stream" };
    const path = `/api/read/${encodeURIComponent(article)}/pictures/${number}`;
    await this.#ask(path, { method: "PUT", headers, body: bytes }, this.readTimeout);
  }

  /**
   * @param {string} path
   * @param {RequestInit} init
   * @param {number} timeout  milliseconds, for the whole exchange
   * @returns {Promise<Record<string, unknown>>} the answer's JSON object; an empty one for an answer without content
   */
  async #ask(path, init, timeout) {
    const headers = new Headers(init.headers);
    headers.set("Accept", "application/json");
    if (this.token) headers.set("Authorization", `Bearer ${this.token}`);
    try {
      const response = await this.fetch(this.address + path, {
        ...init,
        headers,
        cache: "no-store",
        credentials: "omit",
        // A forwarded POST arrives as a GET: say where it leads instead of following.
        redirect: "manual",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(timeout),
      });
      if (response.type === "opaqueredirect") throw this.#problem("redirected");
      if (response.status === NO_CONTENT) return {};
      const answer = await jsonObject(response);
      if (!response.ok) throw this.#refusal(response.status, answer);
      if (!answer) throw this.#problem("not_personae");
      return answer;
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (error instanceof DOMException && error.name === "TimeoutError") {
        throw this.#problem("timeout", { value: String(Math.round(timeout / 1000)) });
      }
      throw unreachable(this);
    }
  }

  /**
   * The error that an answer outside 2xx stands for.
   * @param {number} status
   * @param {Record<string, unknown> | null} answer
   */
  #refusal(status, answer) {
    const error = /** @type {{ code?: unknown, message?: unknown, hint?: unknown } | undefined} */ (answer?.error);
    if (typeof error?.code === "string") {
      const words = { message: String(error.message ?? ""), hint: String(error.hint ?? "") };
      return this.#problem(error.code, { ...words, refusal: error.code });
    }
    // Something before the backend answered: a proxy with limits of its own, or another server.
    if (status === 413) return this.#problem("too_large_on_the_way");
    if (status === 421) return this.#problem("host_not_allowed");
    if (status === 404 || status === 405 || status === 501) return this.#problem("not_personae");
    return this.#problem("server_error", { value: String(status) });
  }

  /**
   * @param {string} code
   * @param {import("./problems.js").Detail} [detail]
   */
  #problem(code, detail = {}) {
    return new Problem(code, { address: this.address, ...detail });
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Record<string, unknown> | null>} null when the body is not a JSON object
 */
async function jsonObject(response) {
  const text = await response.text();
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
