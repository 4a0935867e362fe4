/**
 * The rules for sites: the list, and the form that sets one. The page's texts are in place:
 * options.js comes first.
 */

import { message } from "../i18n.js";
import { loadRules, patternsOf, setRule, siteOf, whyNoSite } from "../rules.js";

/**
 * @typedef {import("../rules.js").Kind} Kind
 */

/** What is said of what names no site, by why it does not. */
const REFUSALS = Object.freeze({
  word: "options_sites_word",
  ending: "options_sites_ending",
  invalid: "options_sites_invalid",
});

/** @param {string} name */
const byId = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

const form = /** @type {HTMLFormElement} */ (byId("rule-form"));
const field = /** @type {HTMLInputElement} */ (byId("site"));

/**
 * @param {"good" | "bad"} kind
 * @param {string} text
 */
function report(kind, text) {
  byId("rule-result").className = `result ${kind}`;
  byId("rule-result").textContent = text;
}

async function showRules() {
  const rules = await loadRules(chrome.storage.local);
  const sites = Object.keys(rules).sort();
  const entries = await Promise.all(sites.map((site) => entry(site, rules[site])));
  byId("rules").replaceChildren(...entries);
  byId("rules").hidden = !sites.length;
  byId("no-rules").hidden = Boolean(sites.length);
}

/**
 * @param {string} site
 * @param {Kind} kind
 * @returns {Promise<Element>} one rule of the list
 */
async function entry(site, kind) {
  const patterns = patternsOf(site);
  const template = /** @type {HTMLTemplateElement} */ (byId("rule"));
  const item = /** @type {Element} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild);
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (item.querySelector(`.${name}`));
  part("site").textContent = site;
  part("kind").textContent = kind === "always" ? message("options_sites_always") : message("options_sites_never");

  const withdrawn = kind === "always" && !(await chrome.permissions.contains({ origins: patterns }));
  part("withdrawn").hidden = part("allow").hidden = !withdrawn;
  part("allow").setAttribute("aria-label", message("options_sites_allow_of", site));
  part("allow").addEventListener("click", async () => {
    if (await allowAndSet(site, patterns)) byId("rules-title").focus();
  });
  part("remove").setAttribute("aria-label", message("options_sites_remove_of", site));
  part("remove").addEventListener("click", async () => {
    const givenBack = await setRule(chrome, site, null);
    await showRules();
    report("good", message(givenBack ? "options_sites_removed_given_back" : "options_sites_removed", site));
    byId("rules-title").focus();
  });
  return item;
}

/**
 * Set an "always" rule once the browser allows the site. To be called directly in the click: after
 * an `await` the browser no longer takes the request for part of it.
 * @param {string} site
 * @param {string[]} patterns
 * @returns {Promise<boolean>} whether it was allowed
 */
async function allowAndSet(site, patterns) {
  const allowed = await chrome.permissions.request({ origins: patterns });
  if (allowed) await set(site, "always");
  else report("bad", message("options_sites_denied", site));
  return allowed;
}

/**
 * @param {string} site
 * @param {Kind} kind
 */
async function set(site, kind) {
  await setRule(chrome, site, kind);
  await showRules();
  field.value = "";
  report("good", message("options_sites_set", site));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const where = siteOf(field.value);
  const trouble = whyNoSite(field.value);
  field.setAttribute("aria-invalid", String(trouble !== null));
  if (!where || trouble) {
    report("bad", message(REFUSALS[trouble ?? "invalid"], where?.site ?? field.value.trim()));
    field.focus();
  } else if (new FormData(form).get("kind") === "never") {
    set(where.site, "never");
  } else {
    allowAndSet(where.site, where.patterns);
  }
});

await showRules();
// Rules also come from the button's menu, and permissions go in the browser's own settings.
chrome.storage.onChanged.addListener(showRules);
chrome.permissions.onAdded.addListener(showRules);
chrome.permissions.onRemoved.addListener(showRules);
byId("rules").dataset.ready = "";
