/** Pinning the article, sharing it, forgetting it. The page says how it is kept (see StorageStatus in model.py). */

import { addAction } from "./article_menu.js";
import { request, base, isOnlyHere } from "../shared/backend.js";
import { copyText } from "../shared/clipboard.js";
import { announce, announceError, element, find, required } from "../shared/dom.js";
import { forgetAllArticles, forgetArticle } from "../shared/article_storage.js";
import { makeDialog } from "../shared/panels.js";
import { message } from "../shared/messages.js";
import { showQuestion } from "../shared/question.js";

const page = required("article.page");
const path = `/api${base}`;

function addPinning() {
  let pinned = "pinned" in page.dataset;
  const label = () => (pinned ? message("unpin") : message("pin"));
  const button = addAction(20, label(), async () => {
    await request(pinned ? "DELETE" : "PUT", `${path}/pin`);
    pinned = !pinned;
    button.textContent = label();
    if (pinned) announce(message("pinned"), { href: "/#kept", label: message("pinned_where") });
    else announce(message("unpinned"));
  });
}

/** Show the share link, with a way to copy it and to take it back. */
async function share() {
  const { path: shared } = await (await request("POST", `${path}/share`)).json();
  const address = new URL(shared, location.href).href;
  const field = element("input", { type: "url", readonly: true, value: address, "aria-label": message("share_link") });
  const dialog = makeDialog(
    message("share"),
    element("p", {}, isOnlyHere ? message("share_explained_here") : message("share_explained")),
    field,
    element(
      "p",
      { class: "row" },
      element("button", { type: "button", class: "button", onclick: () => copyLink(address) }, message("copy_link")),
      element("button", { type: "button", class: "plain", onclick: () => unshare(dialog) }, message("unshare")),
    ),
  );
  field.addEventListener("focus", () => field.select());
  dialog.showModal();
}

/** @param {string} address */
async function copyLink(address) {
  try {
    await copyText(address);
    announce(message("link_copied"));
  } catch (error) {
    announceError(error);
  }
}

/** @param {HTMLDialogElement} dialog */
async function unshare(dialog) {
  try {
    await request("DELETE", `${path}/share`);
    dialog.close();
    announce(message("unshared"));
  } catch (error) {
    announceError(error);
  }
}

/**
 * Ask first, then forget and leave.
 * @param {string} title
 * @param {string} explained
 * @param {() => Promise<unknown>} forget
 */
function confirm(title, explained, forget) {
  const dialog = makeDialog(
    title,
    element("p", {}, explained),
    element(
      "p",
      { class: "row" },
      element("button", { type: "button", class: "button", onclick: () => leaveAfter(forget) }, title),
      element("button", { type: "button", class: "plain", onclick: () => dialog.close() }, message("cancel")),
    ),
  );
  dialog.showModal();
}

export function start() {
  if (!base) return; // somebody else's
  if (!("private" in page.dataset)) {
    addPinning();
    addAction(30, message("share"), share);
  }
  addAction(40, message("forget"), () =>
    confirm(message("forget"), message("forget_explained"), async () => {
      await request("DELETE", path);
      forgetArticle();
    }),
  );
  find("a.ask")?.addEventListener("click", askToForgetAll);
}

/**
 * The backend's own page asks, since it can say how much goes; here it does so in a dialog.
 * @param {Event} event
 */
async function askToForgetAll(event) {
  event.preventDefault();
  required("details.menu").removeAttribute("open");
  const form = await showQuestion("/articles/forget");
  form?.addEventListener("submit", (submission) => {
    // Told no-referrer, the browser would not say whose form it is.
    submission.preventDefault();
    leaveAfter(async () => {
      await request("DELETE", "/api/read");
      forgetAllArticles();
    });
  });
}

/**
 * Forget, then go to the original or to the home page.
 * @param {() => Promise<unknown>} forget
 */
async function leaveAfter(forget) {
  /** @type {HTMLAnchorElement | null} */
  const source = find("a.source");
  try {
    await forget();
    location.replace(source?.href ?? "/");
  } catch (error) {
    announceError(error);
  }
}
