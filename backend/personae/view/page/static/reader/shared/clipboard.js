/** The clipboard, also where the browser has none for this page. */

import { element } from "./dom.js";
import { message } from "./messages.js";

/**
 * Copy a text.
 * @param {string} text
 * @returns {Promise<void>}
 * @throws {Error} when the browser does not let us
 */
export async function copyText(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Browsers keep the clipboard from pages that came over plain HTTP from another machine.
  const area = element("textarea", { class: "hidden", "aria-hidden": "true" });
  const focused = document.activeElement;
  area.value = text;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!isCopied) throw new Error(message("copy_refused"));
}
