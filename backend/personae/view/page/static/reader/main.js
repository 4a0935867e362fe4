/**
 * The reader page is complete without this: each feature adds itself to it, and one that fails leaves the
 * others and the page as they are.
 */

import { applyCorrections } from "./cast/corrections.js";
import { announce } from "./shared/dom.js";
import { message } from "./shared/messages.js";

/** In the order in which they start. They look at the page when they load, so they load when it is corrected. */
const FEATURES = [
  () => import("./shared/focus.js"),
  () => import("./cast/stepper.js"),
  () => import("./cast/hovercard.js"),
  () => import("./cast/paragraph_filter.js"),
  () => import("./cast/story_map.js"),
  () => import("./cast/quote_links.js"),
  () => import("./look/display_panel.js"),
  () => import("./look/marks_key.js"),
  () => import("./reading/progress.js"),
  () => import("./look/pictures.js"),
  () => import("./look/failed_pictures.js"),
  () => import("./shared/menus.js"),
  () => import("./reading/outline.js"),
  () => import("./reading/paragraph_keys.js"),
  () => import("./reading/vertical_scrolling.js"),
  () => import("./reading/reading_position.js"),
  () => import("./shared/keyboard_help.js"),
  () => import("./article/exports.js"),
  () => import("./article/copy_text.js"),
  () => import("./article/pin_share_forget.js"),
  () => import("./article/keep_pictures.js"),
  () => import("./article/removed_blocks.js"),
  () => import("./article/report.js"),
  () => import("./cast/corrections.js"),
  () => import("./look/focus_line.js"),
  () => import("./reading/picture_zoom.js"),
  () => import("./reading/footnotes.js"),
  () => import("./reading/code_listings.js"),
  () => import("./reading/scroll_areas.js"),
  () => import("./listening/listening.js"),
  () => import("./reading/printed_links.js"),
];

document.documentElement.classList.add("js");

try {
  await applyCorrections();
} catch (error) {
  console.info(error);
  announce(message("corrections_failed"));
}
const features = await Promise.all(FEATURES.map((load) => load()));
for (const feature of features) {
  try {
    feature.start();
  } catch (error) {
    console.error(error);
  }
}
document.documentElement.classList.add("ready");
