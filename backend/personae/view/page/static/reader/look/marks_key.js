/** How much is marked, by a key: every mention, or in each paragraph an actor's first. What was chosen stays. */

import { announce } from "../shared/dom.js";
import { onKey } from "../shared/keys.js";
import { setSetting, setting } from "../shared/settings.js";
import { message } from "../shared/messages.js";

function toggle() {
  const isFull = setting("marks") !== "full";
  setSetting("marks", isFull ? "full" : "calm");
  announce(message(isFull ? "marks_are_full" : "marks_are_calm"));
}

export function start() {
  if (!document.querySelector("mark.actor")) return;
  onKey({ key: "a", group: message("keys_cast"), description: message("key_marks"), act: toggle });
}
