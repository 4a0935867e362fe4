/**
 * The pictures of an article, from their servers through this browser to the backend. All that it needs
 * comes in, as in reading.js.
 */

/**
 * @typedef {{ src: string, kept: boolean }} Listed  a picture of an article, by its place in the list
 * @typedef {{ pictures: Listed[], max_picture_bytes: number }} Pictures  what the backend says of an article's
 * @typedef {typeof globalThis.fetch} Fetch
 * @typedef {"not_fetched" | "too_large" | "wrong_kind" | "no_room"} Fault
 */

import { Problem } from "../problems.js";

const FETCH_TIMEOUT_MS = 30_000;
/** What the backend keeps, and most book readers show, before what fewer of them do. */
const ACCEPTED = "image/jpeg,image/png,image/gif;q=0.9,image/webp;q=0.8,image/avif;q=0.5,*/*;q=0.1";
/** @type {Readonly<Record<string, Fault>>} */
const FAULTS = Object.freeze({
  picture_too_large: "too_large",
  too_large: "too_large",
  too_large_on_the_way: "too_large",
  not_a_picture: "wrong_kind",
  pictures_too_large: "no_room",
  no_room: "no_room",
});

/**
 * The hosts of pictures, as match patterns, which take no port.
 * @param {Listed[]} pictures
 * @returns {string[]}
 */
export function patternsOf(pictures) {
  const patterns = pictures.map(({ src }) => {
    const { protocol, hostname } = new URL(src);
    return `${protocol}//${hostname}/*`;
  });
  return [...new Set(patterns)].sort();
}

/**
 * Hand the pictures that are not kept yet to the backend, one after the other.
 * @param {import("../backend.js").Backend} backend
 * @param {string} article  its id
 * @param {Pictures} listed
 * @param {{ fetch: Fetch, progress: (done: number) => void }} seams
 * @returns {Promise<Map<Fault, number>>} how many could not be kept, by cause
 * @throws {Problem} of the backend, when it is pointless to go on
 */
export async function keepPictures(backend, article, listed, { fetch, progress }) {
  /** @type {Map<Fault, number>} */
  const faults = new Map();
  let done = 0;
  for (const [number, { src, kept }] of listed.pictures.entries()) {
    if (kept) continue;
    const fault = await keepOne(backend, article, { number, src, most: listed.max_picture_bytes, fetch });
    if (fault) faults.set(fault, (faults.get(fault) ?? 0) + 1);
    progress((done += 1));
  }
  return faults;
}

/**
 * @param {import("../backend.js").Backend} backend
 * @param {string} article
 * @param {{ number: number, src: string, most: number, fetch: Fetch }} picture
 * @returns {Promise<Fault | null>} null when it is kept
 */
async function keepOne(backend, article, { number, src, most, fetch }) {
  const bytes = await bytesOf(src, most, fetch);
  if (typeof bytes === "string") return bytes;
  try {
    await backend.keepPicture(article, number, bytes);
    return null;
  } catch (error) {
    const fault = error instanceof Problem ? FAULTS[error.detail.refusal ?? error.code] : undefined;
    if (!fault) throw error;
    return fault;
  }
}

/**
 * The picture's bytes, at most so many. Nothing goes along that tells who asks: no cookies, no referrer.
 * @param {string} src
 * @param {number} most
 * @param {Fetch} fetch
 * @returns {Promise<Uint8Array<ArrayBuffer> | Fault>}
 */
async function bytesOf(src, most, fetch) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const chunks = [];
  let size = 0;
  try {
    const answer = await fetch(src, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      headers: { Accept: ACCEPTED },
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    if (!answer.ok || !answer.body) return "not_fetched";
    const reader = answer.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > most) {
        await reader.cancel();
        return "too_large";
      }
      chunks.push(part.value);
    }
  } catch (error) {
    console.info(error);
    return "not_fetched";
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
