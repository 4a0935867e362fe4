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

/** Whether the article was forgotten: what the page would still write as it closes is not kept. */
let isForgotten = false;

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

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // storage is forbidden
  }
}

/**
 * A shelf for one kind of thing, such as positions, with one place for each article.
 * @param {string} kind
 * @param {number} [most]  articles; the oldest give way
 */
export function perArticle(kind, most = MOST_ARTICLES) {
  return {
    /** @returns {any} what was kept for this article; undefined when nothing was */
    recall() {
      return all(kind)[here];
    },
    /**
     * Keep something for this article; null and undefined forget it.
     * @param {any} value  plain JSON
     * @returns {boolean} false when this browser does not keep it
     */
    keep(value) {
      if (isForgotten) return false;
      const others = all(kind);
      delete others[here]; // what is kept last stands last
      const kept = Object.entries(others).slice(-(most - 1));
      if (value !== undefined && value !== null) kept.push([here, value]);
      try {
        localStorage.setItem(PREFIX + kind, JSON.stringify(Object.fromEntries(kept)));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Forget what this browser remembers of this article, and keep nothing of it from now on. */
export function forgetThis() {
  for (const key of keys()) perArticle(key.slice(PREFIX.length)).keep(null);
  isForgotten = true;
}

/** Forget everything that this browser remembers of any article; of this one nothing is kept from now on. */
export function forgetAll() {
  for (const key of keys()) localStorage.removeItem(key);
  isForgotten = true;
}
