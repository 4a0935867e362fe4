/**
 * Which browser this is, for the little in which the two differ.
 */

/**
 * @param {typeof chrome} browser
 * @returns {boolean}
 */
export function inFirefox(browser) {
  return browser.runtime.getURL("").startsWith("moz-extension:");
}
