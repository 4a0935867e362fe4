/**
 * What this browser remembers of articles: under a short hash of the original's address (or of this page's,
 * when the original is not known), so that nothing here tells what was read; of the latest two hundred.
 */

const MOST_ARTICLES = 200;
const PREFIX = "personae.articles.";

/**
 * A hash of 53 bits: FNV-1a over UTF-16 units, twice, with different beginnings.
 * @param {string} text
 */
function hash(text) {
  let [high, low] = [0x811c9dc5, 0x01234567];
  for (let i = 0; i < text.length; i += 1) {
    high = Math.imul(high ^ text.charCodeAt(i), 0x01000193);
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193) ^ (high >>> 15);
  }
  return (high >>> 0).toString(36) + (low >>> 11).toString(36);
}

const here = hash(document.querySelector(".bar a.source")?.href ?? location.pathname);

/** @param {string} kind  */
function all(kind) {
  try {
    const read = JSON.parse(localStorage.getItem(PREFIX + kind) ?? "{}");
    return read !== null && typeof read === "object" && !Array.isArray(read) ? read : {};
  } catch {
    return {}; // storage is forbidden, or holds what nobody of ours wrote
  }
}

/**
 * @param {string} kind  what is remembered, such as "position"
 * @returns {any} what `remember` was given for this article; undefined when nothing
 */
export function remembered(kind) {
  return all(kind)[here];
}

/**
 * Remember something of this article; undefined forgets it.
 * @param {string} kind
 * @param {any} value  plain JSON
 * @returns {boolean} false when this browser does not keep it
 */
export function remember(kind, value) {
  const { [here]: _old, ...others } = all(kind);
  const kept = Object.entries(others).slice(-(MOST_ARTICLES - 1));
  if (value !== undefined) kept.push([here, value]);
  try {
    localStorage.setItem(PREFIX + kind, JSON.stringify(Object.fromEntries(kept)));
    return true;
  } catch {
    return false;
  }
}

/** Forget everything that this browser remembers of any article. */
export function forgetAll() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    for (const key of keys) localStorage.removeItem(key);
  } catch {
    // Storage is forbidden, so there is nothing in it.
  }
}
