/** Keeping the article, showing it to others, forgetting it. The page says how it stands (see view/keeping.py). */

import { addAction } from "./article_menu.js";
import { ask, base } from "../shared/backend.js";
import { copy } from "./copy_text.js";
import { element, say } from "../shared/dom.js";
import { forgetAll, forgetThis } from "../shared/article_storage.js";
import { makeDialog } from "../shared/panels.js";
import { words } from "../shared/messages.js";

const page = document.querySelector("article.page");
const path = `/api${base}`;

function pinning() {
  let pinned = "pinned" in page.dataset;
  const label = () => (pinned ? words("unpin") : words("pin"));
  const button = addAction(20, label(), async () => {
    await ask(pinned ? "DELETE" : "PUT", `${path}/pin`);
    pinned = !pinned;
    button.textContent = label();
    say(pinned ? words("pinned") : words("unpinned"));
  });
}

/** Show the share link, with a way to copy it and to take it back. */
async function share() {
  const { path: shared } = await (await ask("POST", `${path}/share`)).json();
  const address = new URL(shared, location.href).href;
  const field = element("input", { type: "url", readonly: true, value: address, "aria-label": words("share_link") });
  const dialog = makeDialog(
    words("share"),
    element("p", {}, words("share_explained")),
    field,
    element(
      "p",
      { class: "row" },
      element("button", { type: "button", class: "button", onclick: () => copyLink(address) }, words("copy_link")),
      element("button", { type: "button", class: "plain", onclick: () => takeBack(dialog) }, words("unshare")),
    ),
  );
  field.addEventListener("focus", () => field.select());
  dialog.showModal();
}

async function copyLink(address) {
  try {
    await copy(address);
    say(words("link_copied"));
  } catch (error) {
    say(error.message);
  }
}

async function takeBack(dialog) {
  try {
    await ask("DELETE", `${path}/share`);
    dialog.close();
    say(words("unshared"));
  } catch (error) {
    say(error.message);
  }
}

/**
 * Ask first, then forget, then leave to the original or to the start page.
 * @param {string} title
 * @param {string} explained
 * @param {() => Promise<unknown>} forget
 */
function confirmed(title, explained, forget) {
  const dialog = makeDialog(
    title,
    element("p", {}, explained),
    element(
      "p",
      { class: "row" },
      element("button", { type: "button", class: "button", onclick: go }, title),
      element("button", { type: "button", class: "plain", onclick: () => dialog.close() }, words("cancel")),
    ),
  );
  dialog.showModal();

  async function go() {
    try {
      await forget();
      location.replace(document.querySelector("a.source")?.href ?? "/");
    } catch (error) {
      say(error.message);
    }
  }
}

export function start() {
  if (!base) return; // somebody else's
  if (!("private" in page.dataset)) {
    pinning();
    addAction(30, words("share"), share);
  }
  addAction(40, words("forget"), () =>
    confirmed(words("forget"), words("forget_explained"), async () => {
      await ask("DELETE", path);
      forgetThis();
    }),
  );
  addAction(50, words("forget_everything"), () =>
    confirmed(words("forget_everything"), words("forget_everything_explained"), async () => {
      await ask("DELETE", "/api/read");
      forgetAll();
    }),
  );
}
