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

const ORDER = 25;
const page = required("article.page");
const root = document.documentElement;

const hasExtension = () => "personaeExtension" in root.dataset;

export function start() {
  let [kept, missing] = [Number(page.dataset.picturesKept), Number(page.dataset.picturesMissing)];
  if (!base || "private" in page.dataset || !(kept || (missing && hasExtension()))) return;

  const label = () => (missing && hasExtension() ? message("keep_pictures") : message("let_pictures_go"));
  const button = addAction(ORDER, label(), async () => {
    if (missing && hasExtension()) {
      document.dispatchEvent(new CustomEvent("personae:keep-pictures"));
      return;
    }
    await request("DELETE", `/api${base}/pictures`);
    [kept, missing] = [0, kept + missing];
    button.textContent = label();
    announce(message("pictures_let_go"));
  });

  document.addEventListener("personae:pictures-kept", (event) => {
    ({ kept, missing } = /** @type {CustomEvent<{ kept: number, missing: number }>} */ (event).detail);
    button.textContent = label();
    announce(countedMessage("pictures_kept", kept));
  });
}
