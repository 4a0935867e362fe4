/**
 * Where the backend is, and how the article opens. "Test connection" tries what stands in the
 * fields, saved or not, and names the exact trouble. The rules for sites stand in sites.js.
 */

import { Backend } from "../backend.js";
import { inFirefox } from "../browsers.js";
import { localise, message } from "../i18n.js";
import { giveBack, needed } from "../permissions.js";
import { Problem } from "../problems.js";
import { loadRules } from "../rules.js";
import { loadSettings, parseAddress, parseToken, saveSettings } from "../settings.js";

/** @param {string} name */
const byId = (name) => /** @type {HTMLElement} */ (document.getElementById(name));
/** @param {string} name */
const input = (name) => /** @type {HTMLInputElement} */ (byId(name));

const form = /** @type {HTMLFormElement} */ (byId("form"));

/**
 * @typedef {import("../settings.js").Settings} Settings
 * @typedef {import("../settings.js").Address} Address
 */

/**
 * @returns {{ settings: Settings, address: Address }} what stands in the fields
 * @throws {Problem} address_invalid, token_invalid
 */
function fields() {
  const address = parseAddress(input("address").value);
  const place = new FormData(form).get("place") === "beside" ? "beside" : "same";
  return { settings: { address: address.address, token: parseToken(input("token").value), place }, address };
}

/** The address that is saved: when it is unencrypted, that was accepted, for it alone. */
let accepted = "";

/** @param {Settings} settings */
function fill(settings) {
  accepted = settings.address;
  input("address").value = settings.address;
  input("token").value = settings.token;
  for (const choice of form.querySelectorAll('input[name="place"]')) {
    const radio = /** @type {HTMLInputElement} */ (choice);
    radio.checked = radio.value === settings.place;
  }
  warn();
}

/** Warn at once, while it is typed, that an address would carry pages in the clear. */
function warn() {
  let [address, encrypted] = ["", true];
  try {
    ({ address, encrypted } = parseAddress(input("address").value));
  } catch {
    // Not an address yet; saving says so.
  }
  byId("unencrypted").hidden = encrypted;
  input("accept").checked = !encrypted && address === accepted;
}

/**
 * @param {"good" | "bad" | ""} kind
 * @param {string} text
 * @param {...string} more  paragraphs below it
 */
function report(kind, text, ...more) {
  const title = document.createElement(kind === "bad" ? "strong" : "span");
  title.textContent = text;
  const lines = more.filter(Boolean).map((line) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    return paragraph;
  });
  byId("result").className = `result ${kind}`;
  byId("result").replaceChildren(title, ...lines);
}

/** @param {unknown} error */
function reportProblem(error) {
  if (!(error instanceof Problem)) throw error;
  const { code, detail, remedy } = error;
  const values = [detail.address ?? "", detail.value ?? ""];
  const [title, cause, next] = ["title", "cause", "next"].map((part) =>
    message(`problem_${code}_${part}`, ...values),
  );
  // For every other code the texts above say it, in the reader's language.
  const own = code === "backend" ? [detail.message ?? "", detail.hint ?? ""] : [];
  report("bad", title, cause, next, remedy.command ? message("options_command", remedy.command) : "", ...own);
  byId("result").dataset.problem = code;
  input("address").setAttribute("aria-invalid", String(code === "address_invalid"));
  input("token").setAttribute("aria-invalid", String(code === "token_invalid" || code === "token_wrong"));
}

/** What a test was allowed and nothing that is saved needs: given back with the next save, or when the page is left. */
const lent = new Set();

/**
 * Do something with the fields once the browser allows their address. The request for permission
 * stands directly in the click: after an `await` the browser no longer takes it for one.
 * @param {(settings: Settings) => Promise<void>} act
 */
function withPermission(act) {
  delete byId("result").dataset.problem;
  for (const name of ["address", "token"]) input(name).removeAttribute("aria-invalid");
  try {
    const { settings, address } = fields();
    if (!address.encrypted && !input("accept").checked) {
      report("bad", message(act === save ? "options_unencrypted_needed" : "options_unencrypted_untested"));
      return;
    }
    const permissions = needed(chrome, settings);
    const had = chrome.permissions.contains(permissions);
    chrome.permissions
      .request(permissions)
      .then(async (granted) => {
        if (!granted) throw new Problem("permission_missing", { address: address.address });
        if (!(await had)) lent.add(address.pattern);
        await act(settings);
      })
      .catch(reportProblem);
  } catch (error) {
    reportProblem(error);
  }
}

/** @param {Settings} settings */
async function save(settings) {
  const { pattern } = parseAddress((await loadSettings(chrome.storage.local)).address);
  await saveSettings(chrome.storage.local, settings);
  // A rule for the same host may have left a wider one.
  const former = [...lent, pattern, pattern.replace(/^https?:/, "*:")];
  lent.clear();
  await giveBack(chrome, former, await loadRules(chrome.storage.local));
  fill(settings);
  showWhere(settings);
  report("good", message("options_saved"));
}

/** @param {Settings} settings */
async function test(settings) {
  report("", message("options_testing", settings.address));
  const { version } = await new Backend(settings).status();
  const { address, token } = await loadSettings(chrome.storage.local);
  const isSaved = address === settings.address && token === settings.token;
  report("good", message(isSaved ? "options_ok" : "options_ok_unsaved", settings.address, version));
}

/** Browsers let no page link to where shortcuts are set, so the page says what to type. */
async function showShortcuts() {
  const commands = await chrome.commands?.getAll();
  // Firefox for Android has no commands, and nothing to set.
  byId("shortcut-section").hidden = !commands;
  const lines = (commands ?? []).flatMap(({ name, description, shortcut }) => {
    const [what, keys] = [document.createElement("dt"), document.createElement("dd")];
    // The click itself has no description of its own in Chromium.
    what.textContent = name === "_execute_action" ? message("action_title") : (description ?? "");
    keys.textContent = shortcut || message("options_shortcut_none");
    return [what, keys];
  });
  byId("shortcuts").replaceChildren(...lines);
  byId("shortcut-change").textContent = inFirefox(chrome)
    ? message("options_shortcut_change_firefox", "about:addons")
    : message("options_shortcut_change", "chrome://extensions/shortcuts");
}

/** @param {Settings} settings  as they are saved */
function showWhere({ address }) {
  const { loopback, encrypted } = parseAddress(address);
  byId("where").textContent = loopback
    ? message("options_privacy_where_here", address)
    : encrypted
      ? message("options_privacy_where_encrypted", address)
      : message("options_privacy_where_open", address);
}

localise(document);
const saved = await loadSettings(chrome.storage.local);
fill(saved);
showWhere(saved);
await showShortcuts();
input("address").addEventListener("input", warn);
input("show-token").addEventListener("change", ({ target }) => {
  input("token").type = /** @type {HTMLInputElement} */ (target).checked ? "text" : "password";
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  withPermission(save);
});
byId("test").addEventListener("click", () => withPermission(test));
addEventListener("pagehide", () => {
  // This page is gone before an answer comes, so the background does it.
  if (lent.size) chrome.runtime.sendMessage({ type: "give-back", origins: [...lent] });
});
document.documentElement.dataset.ready = "";
