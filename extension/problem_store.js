/**
 * What a problem page needs to explain itself and to try again: kept in `storage.session`, which
 * is memory, never disk, and ends with the browser. Only the latest few are kept. A page from a
 * private window is never among them (see reading.js).
 *
 * @typedef {object} StoredProblem
 * @property {string} code
 * @property {import("./problems.js").Detail} detail
 * @property {string} packed  the request's body in base64; "" when there is nothing to send again
 * @property {number} since  milliseconds since 1970
 */

const PREFIX = "problem-";
const MOST_PROBLEMS = 3;

/** @typedef {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} Store */

/**
 * @param {Store} store
 * @param {Omit<StoredProblem, "since">} entry
 * @returns {Promise<string>} its id
 */
export async function saveProblem(store, entry) {
  const id = `${PREFIX}${crypto.randomUUID()}`;
  const all = /** @type {Record<string, StoredProblem>} */ (await store.get(null));
  const older = Object.keys(all)
    .filter((key) => key.startsWith(PREFIX))
    .sort((a, b) => all[b].since - all[a].since);
  await store.remove(older.slice(MOST_PROBLEMS - 1));
  const problem = { ...entry, since: Date.now() };
  try {
    await store.set({ [id]: problem });
  } catch {
    // The browser's quota: the explanation fits without the page, and "try again" becomes "go back".
    await store.set({ [id]: { ...problem, packed: "" } });
  }
  return id;
}

/**
 * @param {Store} store
 * @param {string} id
 * @returns {Promise<StoredProblem | null>} null when it is gone: the browser was restarted, or others came after
 */
export async function loadProblem(store, id) {
  const found = await store.get(id);
  return /** @type {StoredProblem | undefined} */ (found[id]) ?? null;
}

/**
 * @param {Store} store
 * @param {string} id
 */
export async function removeProblem(store, id) {
  await store.remove(id);
}

/** @param {Uint8Array} bytes */
export function toBase64(bytes) {
  let text = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** @param {string} text */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
