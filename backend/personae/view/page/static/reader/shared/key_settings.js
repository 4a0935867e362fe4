/**
 * The part of the settings that is about keys: whether single keys do anything, and which key does what. Loaded when
 * it is unfolded.
 */

import { announce, element } from "./dom.js";
import { allKeys, areCharactersOn, areKeysChanged, changeKey, isChangeable, pressed, takeUsualKeys } from "./keys.js";
import { message } from "./messages.js";
import { setSetting } from "./settings.js";

/**
 * A key as a field of one character.
 * @param {import("./keys.js").Key} key
 * @param {() => void} refresh
 */
function field(key, refresh) {
  const input = element("input", {
    class: "cap",
    value: pressed(key),
    "aria-label": message("keys_key_for", { action: key.description }),
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
  });
  const problem = element("span", { class: "clash", role: "status" });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    input.value = pressed(key);
    problem.textContent = "";
  });
  input.addEventListener("input", () => {
    const typed = [...input.value.trim()].at(-1) ?? "";
    input.value = typed;
    problem.textContent = "";
    if (typed === "") return;
    const other = changeKey(key, typed);
    if (other) {
      // The digits have one description, that of the first.
      const action = other.description || message("key_nth_actor");
      problem.textContent = message("keys_clash", { key: typed, action });
    } else {
      announce(message("keys_changed", { key: typed, action: key.description }));
      refresh();
    }
    input.select();
  });
  return element("label", {}, input, element("span", {}, key.description), problem);
}

/**
 * Fill the part of the settings that is about keys. Each feature has brought its keys by then.
 * @param {HTMLElement} part
 */
export function putKeySettings(part) {
  const isOn = element("input", { type: "checkbox" });
  isOn.checked = areCharactersOn();
  const usual = element("button", { type: "button" }, message("keys_usual"));
  const list = element("div", { class: "caps" });
  const refresh = () => {
    list.hidden = !isOn.checked;
    usual.hidden = list.hidden || !areKeysChanged();
  };
  const fill = () => {
    list.replaceChildren(...allKeys().filter(isChangeable).map((key) => field(key, refresh)));
    refresh();
  };
  isOn.addEventListener("change", () => {
    setSetting("shortcuts", isOn.checked ? "on" : "off");
    refresh();
  });
  usual.addEventListener("click", () => {
    takeUsualKeys();
    fill();
    isOn.focus();
  });
  fill();
  part.replaceChildren(
    element("label", { class: "toggle" }, isOn, element("span", {}, message("keys_single"))),
    element("p", {}, message("keys_single_hint")),
    list,
    usual,
  );
}
