/**
 * What this browser remembers of articles: under a short hash of the original's address (or of this page's,
 * when the original is not known), so that nothing here tells what was read; of the latest two hundred.
 */

import { find } from "./dom.js";

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

/** Whether the article was forgotten: what the page would still write as it closes is not stored. */
let isForgotten = false;

/** @type {HTMLAnchorElement | null} */
const link = find(".bar a.source");
const articleKey = hash(link?.href ?? location.pathname);

/**
 * @param {string} kind
 * @returns {Record<string, unknown>} article's key -> what is stored for it
 */
function readAll(kind) {
  try {
    const stored = JSON.parse(localStorage.getItem(PREFIX + kind) ?? "{}");
    return stored !== null && typeof stored === "object" && !Array.isArray(stored) ? stored : {};
  } catch {
    return {}; // storage is forbidden, or holds what nobody of ours wrote
  }
}

function storageKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // storage is forbidden
  }
}

/**
 * Return the storage for one kind of thing, such as positions, with one value for each article.
 * @param {string} kind
 * @param {number} [most]  articles; the oldest give way
 */
export function articleStorage(kind, most = MOST_ARTICLES) {
  return {
    /** @returns {unknown} what is stored for this article; undefined when nothing is */
    load() {
      return readAll(kind)[articleKey];
    },
    /**
     * Store something for this article; null and undefined forget it.
     * @param {unknown} value  plain JSON
     * @returns {boolean} false when this browser does not store it
     */
    save(value) {
      if (isForgotten) return false;
      const others = readAll(kind);
      delete others[articleKey]; // what is stored last stands last
      const kept = Object.entries(others).slice(-(most - 1));
      if (value !== undefined && value !== null) kept.push([articleKey, value]);
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
export function forgetArticle() {
  for (const key of storageKeys()) articleStorage(key.slice(PREFIX.length)).save(null);
  isForgotten = true;
}

/**
 * Forget what this browser remembers of another article.
 * @param {string} address  of the original, or the path of the reader page when nobody knows it
 */
export function forgetArticleAt(address) {
  const name = hash(address);
  for (const key of storageKeys()) {
    const others = readAll(key.slice(PREFIX.length));
    delete others[name];
    localStorage.setItem(key, JSON.stringify(others));
  }
}

/** Forget everything that this browser remembers of any article; of this one nothing is kept from now on. */
export function forgetAllArticles() {
  for (const key of storageKeys()) localStorage.removeItem(key);
  isForgotten = true;
}
