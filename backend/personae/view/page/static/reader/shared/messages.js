/**
 * The messages that scripts put on the page, in the interface's language: the server writes those of the
 * catalogue into the page as JSON, with the names of their placeholders in dollars, as the catalogue has them.
 */

/** @type {Record<string, string>} */
const messages = JSON.parse(document.querySelector("#words")?.textContent ?? "{}");
const language = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(language);

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values]  placeholder -> what stands in its place
 * @returns {string} the key itself when the catalogue has no such message
 */
export function message(key, values = {}) {
  const text = messages[key] ?? key;
  return text.replace(/\$(\w+)\$/g, (whole, name) => String(values[name.toLowerCase()] ?? whole));
}

/**
 * Return the form of a message for a number: `key_one`, `key_other` and so on; `$COUNT$` is the number.
 * @param {string} key
 * @param {number} count
 * @param {Record<string, string | number>} [values]
 */
export function countedMessage(key, count, values = {}) {
  const exact = `${key}_${plural.select(count)}`;
  return message(exact in messages ? exact : `${key}_other`, { count: count.toLocaleString(language), ...values });
}
