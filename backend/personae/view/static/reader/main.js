/**
 * The reader page is complete without this: each feature adds itself to it, and one that fails leaves the
 * others and the page as they are.
 */

import * as display from "./display.js";
import * as help from "./help.js";
import * as hovercard from "./hovercard.js";
import * as menus from "./menus.js";
import * as outline from "./outline.js";
import * as paragraphs from "./paragraphs.js";
import * as pictures from "./pictures.js";
import * as position from "./position.js";
import * as progress from "./progress.js";
import * as stepping from "./stepping.js";
import * as told from "./told.js";

document.documentElement.classList.add("js");

for (const feature of [
  stepping,
  hovercard,
  told,
  display,
  progress,
  pictures,
  menus,
  outline,
  paragraphs,
  position,
  help,
]) {
  try {
    feature.start();
  } catch (error) {
    console.error(error);
  }
}
