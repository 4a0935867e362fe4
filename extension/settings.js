/**
 * What the reader chose, kept in this browser only (`storage.local`: a token is not for syncing).
 *
 * @typedef {object} Settings
 * @property {string} address  of the backend, as `parseAddress` gives it
 * @property {string} token  "" when the backend asks for none
 * @property {"same" | "beside"} place  where the article opens: the page's own tab, or a new one beside
 */

import { Problem } from "./problems.js";

/** @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({ address: "http://127.0.0.1:8765", token: "", place: "same" });

/**
 * @typedef {object} Address
 * @property {string} address  scheme, host, port and path prefix, without a slash at the end
 * @property {string} pattern  the match pattern of the permission it needs (patterns take no port)
 * @property {boolean} loopback  it is this machine
 * @property {boolean} encrypted  nobody between can read along
 */

const LOOPBACK = /^(?:localhost|(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Read what a person typed as the backend's address. Without a scheme it is http on this machine
 * and https elsewhere.
 * @param {string} typed
 * @returns {Address}
 * @throws {Problem} address_invalid
 */
export function parseAddress(typed) {
  const text = typed.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = toURL(hasScheme ? text : `https://${text}`);
  if (url === null || !isHost(url.hostname, text) || !(hasScheme || isNamed(url)) || url.username || url.password || url.search || url.hash) {
    throw new Problem("address_invalid", { address: text });
  }
  const loopback = LOOPBACK.test(url.hostname);
  // Only the text tells whether https was typed; "host:443" must keep its port under http.
  const scheme = hasScheme ? url.protocol : loopback ? "http:" : "https:";
  if (scheme !== "http:" && scheme !== "https:") throw new Problem("address_invalid", { address: text });
  const { host, pathname } = toURL(hasScheme ? text : `${scheme}//${text}`) ?? url;
  return {
    address: `${scheme}//${host}${pathname.replace(/\/+$/, "")}`,
    pattern: `${scheme}//${url.hostname}/*`,
    loopback,
    encrypted: loopback || scheme === "https:",
  };
}

/**
 * Return whether that is the name of a host. Some browsers take any sign in one and escape it; all write a number as an
 * address ("8765" as 0.0.34.61), and a scheme that was typed twice as a name.
 * @param {string} hostname
 * @param {string} text  as it was typed
 */
function isHost(hostname, text) {
  if (/^\d+(?:\.\d+){3}$/.test(hostname)) return text.includes(hostname);
  return /^(?!https?$)(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/i.test(hostname);
}

/**
 * Return whether it is an address also without a scheme before it. A mere word is more likely a mistake, and the
 * browser would ask to allow a host that is not there; with a port it is a machine of the reader's network.
 * @param {URL} url
 */
function isNamed({ hostname, port }) {
  return port !== "" || /^\[|\.[^.]/.test(hostname) || LOOPBACK.test(hostname);
}

/** @param {string} text */
function toURL(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * A token as it can stand in a header.
 * @param {string} typed
 * @returns {string}
 * @throws {Problem} token_invalid
 */
export function parseToken(typed) {
  const token = typed.trim();
  if (!/^[\x21-\x7e]*$/.test(token)) throw new Problem("token_invalid");
  return token;
}

/**
 * @typedef {Pick<chrome.storage.StorageArea, "get" | "set">} Store
 */

/**
 * @param {Store} store
 * @returns {Promise<Settings>}
 */
export async function loadSettings(store) {
  return { ...DEFAULTS, ...(await store.get(/** @type {Settings} */ ({ ...DEFAULTS }))) };
}

/**
 * @param {Store} store
 * @param {Settings} settings
 */
export async function saveSettings(store, settings) {
  await store.set(settings);
}
