/**
 * Everything that can go wrong between the click and the article, by name.
 *
 * Each code has three texts in the message catalogue: `problem_<code>_title`, `_cause`, `_next`.
 * `retry`: sending the same page again can help, so it is kept until then.
 * `command`: what to type where the backend runs.
 * `grant`: the browser has to be asked for permission first; only a click may ask.
 * `options`: what to change stands on the options page.
 *
 * @typedef {{ retry?: boolean, command?: string, grant?: boolean, options?: boolean }} Remedy
 */

/** @type {Readonly<Record<string, Remedy>>} */
export const PROBLEMS = Object.freeze({
  // the backend cannot be talked to
  unreachable: { retry: true, command: "make run", options: true },
  unreachable_remote: { retry: true, options: true },
  permission_missing: { retry: true, grant: true, options: true },
  timeout: { retry: true },
  redirected: { retry: true, options: true },
  not_personae: { retry: true, options: true },
  too_old: { retry: true, command: "git pull && make run" },
  // it answers, and refuses
  token_required: { retry: true, options: true },
  token_wrong: { retry: true, options: true },
  host_not_allowed: { retry: true, options: true },
  origin_not_allowed: { retry: true, options: true },
  busy: { retry: true },
  took_too_long: { retry: true },
  too_large: { retry: true },
  too_large_on_the_way: { retry: true },
  no_article: {},
  backend: { retry: true },
  server_error: { retry: true, options: true },
  // the page cannot be read
  unreadable_browser: {},
  unreadable_store: {},
  unreadable_pdf: {},
  unreadable_source: {},
  unreadable_file: {},
  unreadable_error: {},
  unreadable_other: {},
  not_html: {},
  nothing_selected: {},
  already_read: {},
  page_too_large: {},
  page_stuck: {},
  snapshot_failed: {},
  // the explanation itself is gone
  gone: {},
  // what is typed into the options
  address_invalid: { options: true },
  token_invalid: { options: true },
});

/**
 * @typedef {object} Detail  what the texts name
 * @property {string} [address]  of the backend
 * @property {string} [value]  a size, a status, a version: what this code's texts put at $2
 * @property {string} [message]  the cause in the own words of the backend, or of the browser's error
 * @property {string} [hint]  the backend's own words for the next step
 * @property {string} [refusal]  the backend's own name of the error
 */

export class Problem extends Error {
  /**
   * @param {string} code  a key of PROBLEMS
   * @param {Detail} [detail]
   */
  constructor(code, detail = {}) {
    super(detail.message ?? code);
    this.name = "Problem";
    this.code = Object.hasOwn(PROBLEMS, code) ? code : "backend";
    this.detail = detail;
  }

  /** @returns {Remedy} */
  get remedy() {
    return PROBLEMS[this.code];
  }
}

const STORES =
  /^https:\/\/(?:chromewebstore\.google\.com|chrome\.google\.com\/webstore|addons\.mozilla\.org|microsoftedge\.microsoft\.com\/addons)(?:\/|$)/i;
const BROWSER_PAGES =
  /^(?:chrome|chrome-search|chrome-untrusted|edge|brave|opera|vivaldi|about|devtools|resource|chrome-extension|moz-extension):/i;

/**
 * Return which kind of page the browser keeps extensions out of.
 * @param {string} url  the tab's address; "" when the browser does not tell it
 * @param {string} message  of the browser's error
 * @returns {Problem}
 */
export function unreadable(url, message) {
  /** @type {[string, boolean][]} */
  const kinds = [
    ["unreadable_error", /showing error page/i.test(message)],
    ["unreadable_source", /^view-source:/i.test(url)],
    ["unreadable_pdf", /^[^?#]*\.pdf(?:[?#]|$)/i.test(url)],
    ["unreadable_file", /^file:/i.test(url) || /\bfile:\/\//i.test(message)],
    ["unreadable_store", STORES.test(url) || /gallery cannot be scripted/i.test(message)],
    ["unreadable_browser", BROWSER_PAGES.test(url) || /\b(?:chrome|edge|devtools|about):/i.test(message)],
  ];
  const code = kinds.find(([, fits]) => fits)?.[0] ?? "unreadable_other";
  return new Problem(code, { message });
}
