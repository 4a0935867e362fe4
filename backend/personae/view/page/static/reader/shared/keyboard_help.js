/** The help for the keyboard: `?` shows every key that a feature brought. */

import { element } from "./dom.js";
import { allKeys, onKey } from "./keys.js";
import { message } from "./messages.js";
import { makeDialog } from "./panels.js";

/**
 * How a key is printed where its name is not what stands on it.
 * @type {Readonly<Record<string, string>>}
 */
const PRINTED = { Escape: "Esc", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": "␣" };

/** Open the dialog that lists all keys, by group. */
export function showKeys() {
  /** @type {Map<string, import("./keys.js").Key[]>} */
  const groups = new Map();
  for (const key of allKeys()) {
    const group = key.group ?? message("keys_page");
    groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  const map = element("div", { class: "key-map" });
  for (const [group, keys] of groups) {
    const list = element("dl");
    for (const { key, description } of keys) {
      const cap = element("kbd", {}, PRINTED[key] ?? key);
      list.append(element("div", {}, element("dt", {}, cap), element("dd", {}, description)));
    }
    map.append(element("section", {}, element("h3", {}, group), list));
  }
  const dialog = makeDialog(message("keys_title"), map);
  dialog.classList.add("keys");
  dialog.showModal();
}

export function start() {
  onKey({ key: "?", group: message("keys_page"), description: message("keys_title"), act: showKeys });
}
