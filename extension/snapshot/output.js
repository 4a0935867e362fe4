/**
 * What is written, up to the most that is sent.
 *
 * One of the classic scripts of the snapshot, see snapshot.js: what it declares, those after it use. `var`,
 * because a page may get them twice.
 */

/** Characters of HTML above which a page is not sent. */
var MAX_CHARACTERS = 20_000_000;
var TooLarge = class extends Error {};

/** What is written. In a selection a start tag waits until something stands after it. */
var Output = class {
  /** @param {boolean} patient  whether start tags wait */
  constructor(patient) {
    this.patient = patient;
    /** @type {string[]} */
    this.parts = ["<!doctype html>"];
    this.length = 0;
    /** @type {string[]} */
    this.waiting = [];
  }

  /** @param {string} markup */
  put(markup) {
    if (this.waiting.length > 0) {
      for (const start of this.waiting) this.#add(start);
      this.waiting = [];
    }
    this.#add(markup);
  }

  /** @param {string} start */
  open(start) {
    if (this.patient) this.waiting.push(start);
    else this.#add(start);
  }

  /** @param {string} end */
  close(end) {
    if (this.waiting.pop() === undefined) this.#add(end);
  }

  /** @param {string} part */
  #add(part) {
    this.parts.push(part);
    this.length += part.length;
    if (this.length > MAX_CHARACTERS) throw new TooLarge();
  }
};
/** @typedef {InstanceType<typeof Output>} Output */
