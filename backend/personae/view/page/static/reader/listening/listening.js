/** Listening: a tool of the bar and its keys; the player is loaded when somebody listens. */

import { addTool } from "../shared/toolbar.js";
import { announce } from "../shared/dom.js";
import { onKey } from "../shared/keys.js";
import { message } from "../shared/messages.js";

const LOUDSPEAKER = "M2.5 6v4h2.6L8.5 13V3L5.1 6zM11 5.6a3.4 3.4 0 0 1 0 4.8M12.9 3.6a6.2 6.2 0 0 1 0 8.8";

/** @type {Promise<typeof import("./player.js")> | null} */
let loading = null;

export function start() {
  if (!("speechSynthesis" in globalThis)) return;

  async function load() {
    const player = await import("./player.js");
    player.setUp(tool);
    return player;
  }
  /** @param {(player: typeof import("./player.js")) => void} act */
  async function withPlayer(act) {
    loading ??= load();
    try {
      act(await loading);
    } catch (error) {
      loading = null;
      console.info(error);
      announce(message("listen_failed_to_load"));
    }
  }
  const tool = addTool(20, message("listen"), LOUDSPEAKER, () => withPlayer((player) => player.toggleOpen()));
  tool.setAttribute("aria-pressed", "false");
  const group = message("keys_listening");
  /** @param {(player: typeof import("./player.js")) => void} act */
  const whileOpen = (act) => () => loading && withPlayer(act);
  onKey({ key: "l", group, description: message("key_listen"), act: () => withPlayer((player) => player.toggle()) });
  onKey({ key: ".", group, description: message("listen_next"), act: whileOpen((player) => player.skip(1)) });
  onKey({ key: ",", group, description: message("listen_previous"), act: whileOpen((player) => player.skip(-1)) });
  onKey({ key: "]", group, description: message("key_faster"), act: whileOpen((player) => player.changeRate(1)) });
  onKey({ key: "[", group, description: message("key_slower"), act: whileOpen((player) => player.changeRate(-1)) });
}
