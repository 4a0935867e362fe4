/**
 * The reader page is complete without this: each feature adds itself to it, and one that fails leaves the
 * others and the page as they are.
 */

import { applied } from "./corrections.js";
import { say } from "./dom.js";
import { words } from "./words.js";

/** In the order in which they start. They look at the page when they load, so they load when it is corrected. */
const FEATURES = [
  () => import("./focus.js"),
  () => import("./stepping.js"),
  () => import("./hovercard.js"),
  () => import("./filter.js"),
  () => import("./map.js"),
  () => import("./told.js"),
  () => import("./display.js"),
  () => import("./progress.js"),
  () => import("./pictures.js"),
  () => import("./menus.js"),
  () => import("./outline.js"),
  () => import("./paragraphs.js"),
  () => import("./sideways.js"),
  () => import("./position.js"),
  () => import("./help.js"),
  () => import("./exports.js"),
  () => import("./copy.js"),
  () => import("./keep.js"),
  () => import("./removed.js"),
  () => import("./report.js"),
  () => import("./corrections.js"),
  () => import("./focusline.js"),
  () => import("./zoom.js"),
  () => import("./notes.js"),
  () => import("./code.js"),
  () => import("./scrollers.js"),
  () => import("./listening.js"),
  () => import("./sources.js"),
];

document.documentElement.classList.add("js");

try {
  await applied();
} catch (error) {
  console.info(error);
  say(words("corrections_failed"));
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
