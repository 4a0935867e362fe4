/** The help for the keyboard: `?` shows every key that a feature brought, as the reader has them. */

import { element } from "./dom.js";
import { allKeys, areCharactersOn, onKey, pressed, works } from "./keys.js";
import { message } from "./messages.js";
import { makeDialog } from "./panels.js";

/**
 * How a key is printed where its name is not what stands on it.
 * @type {Readonly<Record<string, string>>}
 */
const PRINTED = { Enter: "↵", Escape: "Esc", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": "␣" };

/** Open the dialog that lists the keys that work, by group. */
export function showKeys() {
  /** @type {Map<string, import("./keys.js").Key[]>} */
  const groups = new Map();
  for (const key of allKeys().filter(works)) {
    const group = key.group ?? message("keys_page");
    groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  const map = element("div", { class: "key-map" });
  for (const [group, keys] of groups) {
    const list = element("dl");
    for (const key of keys) {
      const cap = element("kbd", {}, PRINTED[key.key] ?? pressed(key));
      list.append(element("div", {}, element("dt", {}, cap), element("dd", {}, key.description)));
    }
    map.append(element("section", {}, element("h3", {}, group), list));
  }
  const hint = message(areCharactersOn() ? "keys_change_hint" : "keys_off_hint");
  const dialog = makeDialog(message("keys_title"), element("p", {}, hint), map);
  dialog.classList.add("keys");
  dialog.showModal();
}

export function start() {
  onKey({ key: "?", group: message("keys_page"), description: message("keys_title"), act: showKeys });
}
