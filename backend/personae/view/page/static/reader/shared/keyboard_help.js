/** The keyboard map: `?` shows every key that a feature brought. */

import { element } from "./dom.js";
import { allKeys, onKey } from "./keys.js";
import { makeDialog } from "./panels.js";
import { words } from "./messages.js";

/** How a key is printed where its name is not what stands on it. */
const PRINTED = { Escape: "Esc", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": "␣" };

/** Open the dialog that lists all keys, by group. */
export function showKeys() {
  const groups = new Map();
  for (const key of allKeys()) {
    const group = key.group ?? words("keys_page");
    groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  const map = element("div", { class: "key-map" });
  for (const [group, keys] of groups) {
    const list = element("dl");
    for (const { key, says } of keys) {
      const cap = element("kbd", {}, PRINTED[key] ?? key);
      list.append(element("div", {}, element("dt", {}, cap), element("dd", {}, says)));
    }
    map.append(element("section", {}, element("h3", {}, group), list));
  }
  const dialog = makeDialog(words("keys_title"), map);
  dialog.classList.add("keys");
  dialog.showModal();
}

export function start() {
  onKey({ key: "?", group: words("keys_page"), says: words("keys_title"), act: showKeys });
}
