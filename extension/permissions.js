/**
 * What the browser has to allow for the backend, and giving back what nothing needs any more. To be
 * asked for directly in a click: after an `await` browsers no longer take a request for part of it.
 */

import { loadSettings, parseAddress } from "./settings.js";

/**
 * What has to be allowed to send pages to a backend.
 * @param {{ address: string }} settings
 * @returns {chrome.permissions.Permissions}
 * @throws {import("./problems.js").Problem} address_invalid
 */
export function needed({ address }) {
  return { origins: [parseAddress(address).pattern] };
}

/**
 * Give back permissions, but for what the saved backend, a rule or the manifest needs.
 * @param {typeof chrome} browser
 * @param {string[]} origins  match patterns, each of one host
 * @param {import("./rules.js").Rules} rules
 * @returns {Promise<boolean>} whether any was held and is given back
 */
export async function giveBack(browser, origins, rules) {
  const settings = await loadSettings(browser.storage.local);
  const sites = Object.keys(rules).filter((site) => rules[site] === "always");
  /** @type {string[]} */
  const required = browser.runtime.getManifest().host_permissions ?? [];
  const kept = [...required, ...(needed(settings).origins ?? []), ...sites.map((site) => `*://${site}/*`)];
  const unneeded = origins.filter((one) => !kept.some((other) => overlap(one, other)));
  const held = await Promise.all(unneeded.map((one) => browser.permissions.contains({ origins: [one] })));
  const given = unneeded.filter((_, at) => held[at]);
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
