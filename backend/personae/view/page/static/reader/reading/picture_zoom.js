/** A picture of the story, as large as the window or as it is: on a click, or by the button in its corner. */

import { closest, element, find, findAll, iconButton } from "../shared/dom.js";
import { makeDialog } from "../shared/panels.js";
import { message } from "../shared/messages.js";

const CORNERS = "M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9";
const PICTURES = ":is(.lead, .story figure) img:not(.formula)";

/** @param {HTMLImageElement} picture */
function enlarge(picture) {
  const figure = picture.closest("figure");
  const caption = figure && find("figcaption", figure);
  const copy = element("img", {
    src: picture.currentSrc || picture.src, // this very file is in the page: nothing is loaded
    alt: picture.alt,
    width: picture.naturalWidth,
    height: picture.naturalHeight,
    referrerpolicy: "no-referrer",
  });
  const stage = element("div", { class: "stage" }, copy);
  const size = element("button", { type: "button", class: "size", "aria-pressed": "false" }, message("picture_actual_size"));
  const toggle = () => {
    const isActual = stage.classList.toggle("actual");
    size.setAttribute("aria-pressed", String(isActual));
    if (isActual) stage.tabIndex = 0; // the arrows move the picture
    else stage.removeAttribute("tabindex");
  };
  size.addEventListener("click", toggle);
  copy.addEventListener("click", toggle);
  const { lang, dir } = caption ?? {};
  const foot = element("div", { class: "foot" }, element("p", { lang, dir }, caption?.innerText ?? ""), size);
  const dialog = makeDialog(message("picture"), stage, foot);
  dialog.classList.add("zoom");
  dialog.showModal();
  const fits = picture.naturalWidth <= stage.clientWidth && picture.naturalHeight <= stage.clientHeight;
  size.hidden = fits;
  stage.classList.toggle("fits", fits);
  if (fits) copy.removeEventListener("click", toggle);
}

/** @param {HTMLImageElement} picture */
function offer(picture) {
  const figure = picture.closest("figure");
  if (!picture.matches(PICTURES) || picture.closest("a") || picture.naturalWidth === 0) return;
  if (picture.classList.contains("enlarges")) return;
  picture.classList.add("enlarges");
  const name = picture.alt || (figure && find("figcaption", figure)?.textContent.trim());
  const label = name ? message("picture_enlarge_named", { name }) : message("picture_enlarge");
  const button = iconButton(label, CORNERS, () => enlarge(picture));
  button.classList.add("enlarge");
  button.title = message("picture_enlarge");
  figure?.classList.add("has-enlarge");
  picture.after(button);
}

export function start() {
  /** @type {HTMLImageElement[]} */
  const pictures = findAll(PICTURES);
  for (const picture of pictures) if (picture.complete) offer(picture);
  document.addEventListener("load", (event) => event.target instanceof HTMLImageElement && offer(event.target), true);
  document.addEventListener("click", (event) => {
    /** @type {HTMLImageElement | null} */
    const picture = closest(event.target, "img.enlarges");
    if (picture && !event.defaultPrevented) enlarge(picture);
  });
}
