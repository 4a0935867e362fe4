/**
 * Keeping the article's pictures. No script of this page can read them: they are other sites'. The browser's
 * extension can, once its reader allows that; this page hands it the wish, and hears how many are kept.
 *
 * The extension's content script (extension/reader_page.js) marks the document when it is there.
 */

import { addAction } from "./article_menu.js";
import { base, request } from "../shared/backend.js";
import { announce, required } from "../shared/dom.js";
import { countedMessage, message } from "../shared/messages.js";

const page = required("article.page");
const isExtensionThere = () => "personaeExtension" in document.documentElement.dataset;

/**
 * @param {HTMLElement} button  of the menu
 * @param {boolean} isOffered
 */
function offer(button, isOffered) {
  if (button.parentElement) button.parentElement.hidden = !isOffered;
}

export function start() {
  if (!base || "private" in page.dataset) return;
  let [kept, missing] = [Number(page.dataset.picturesKept), Number(page.dataset.picturesMissing)];
  const keep = addAction(25, message("keep_pictures"), () => {
    document.dispatchEvent(new CustomEvent("personae:keep-pictures"));
  });
  const letGo = addAction(26, message("let_pictures_go"), async () => {
    await request("DELETE", `/api${base}/pictures`);
    [kept, missing] = [0, kept + missing];
    update();
    announce(message("pictures_let_go"));
  });

  function update() {
    offer(keep, missing > 0 && isExtensionThere());
    offer(letGo, kept > 0);
  }

  document.addEventListener("personae:pictures-kept", (event) => {
    ({ kept, missing } = /** @type {CustomEvent<{ kept: number, missing: number }>} */ (event).detail);
    update();
    announce(countedMessage("pictures_kept", kept));
  });
  update();
}
