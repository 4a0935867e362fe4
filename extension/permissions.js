/**
 * What the browser has to allow for the backend, and giving back what nothing needs any more. To be
 * asked for directly in a click: after an `await` browsers no longer take a request for part of it.
 */

import { inFirefox } from "./browsers.js";
import { patternsOf } from "./rules.js";
import { loadSettings, parseAddress } from "./settings.js";

/** That a token is sent, which Firefox counts as data of a kind of its own; Chromium knows no such kinds. */
const TOKEN = /** @type {chrome.permissions.Permissions} */ ({ data_collection: ["authenticationInfo"] });

/**
 * What has to be allowed to send pages to a backend.
 * @param {typeof chrome} browser
 * @param {{ address: string, token: string }} settings
 * @returns {chrome.permissions.Permissions}
 * @throws {import("./problems.js").Problem} address_invalid
 */
export function needed(browser, { address, token }) {
  const origins = [parseAddress(address).pattern];
  return inFirefox(browser) && token ? { origins, ...TOKEN } : { origins };
}

/**
 * Give back permissions, but for what the saved backend, a rule or the manifest needs; and the one
 * to send a token, when none is saved.
 * @param {typeof chrome} browser
 * @param {string[]} origins  match patterns, each of one host
 * @param {import("./rules.js").Rules} rules
 * @returns {Promise<boolean>} whether any of the origins was granted and is given back
 */
export async function giveBack(browser, origins, rules) {
  const settings = await loadSettings(browser.storage.local);
  const sites = Object.keys(rules).filter((site) => rules[site] === "always");
  /** @type {string[]} */
  const required = browser.runtime.getManifest().host_permissions ?? [];
  const kept = [...required, ...(needed(browser, settings).origins ?? []), ...sites.flatMap(patternsOf)];
  const unneeded = origins.filter((one) => !kept.some((other) => overlap(one, other)));
  const isGranted = await Promise.all(unneeded.map((one) => browser.permissions.contains({ origins: [one] })));
  if (inFirefox(browser) && !settings.token) await browser.permissions.remove(TOKEN);
  const given = unneeded.filter((_, at) => isGranted[at]);
  return given.length > 0 && browser.permissions.remove({ origins: given });
}

/**
 * @param {string} one  a match pattern of one host
 * @param {string} other
 */
function overlap(one, other) {
  const [scheme, , host] = one.split("/");
  const [otherScheme, , otherHost] = other.split("/");
  return host === otherHost && (scheme === otherScheme || scheme === "*:" || otherScheme === "*:");
}
