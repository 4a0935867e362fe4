/** The player at the foot of the window: what listening.js loads when somebody listens. */

import { blockOf, readingLine } from "../shared/blocks.js";
import { announce, element, icon, iconButton, required } from "../shared/dom.js";
import { followAgain, hideSpoken, showSpoken } from "./follow_speech.js";
import { numericSetting, setSetting } from "../shared/settings.js";
import { Speech } from "./speech.js";
import { chooseVoice, voiceFor, voicesFor } from "./voices.js";
import { scrollPosition, extentOf, visibleExtent } from "../shared/scroll_axis.js";
import { message } from "../shared/messages.js";

const PLAY = "M5 3.2v9.6L12.6 8z";
const PAUSE = "M5.5 3.5v9M10.5 3.5v9";
const BACK = "M11.5 3.5 6 8l5.5 4.5M4 3.5v9";
const FORTH = "M4.5 3.5 10 8l-5.5 4.5M12 3.5v9";
const CROSS = "m4 4 8 8m0-8-8 8";
const RATES = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

const root = document.documentElement;
const language = required(".story").lang || navigator.language;

const speech = new Speech(language, {
  onState: showState,
  onPlace: showSpoken,
  onFailure: (reason) => {
    if (reason !== "canceled" && reason !== "interrupted") announce(message("listen_failed"));
  },
});

const playButton = iconButton(message("listen_play"), PLAY, toggle);
const rate = element("select", { "aria-label": message("listen_speed"), onchange: pickRate });
const voice = element("select", { class: "voice", "aria-label": message("listen_voice"), onchange: pickVoice });
const note = element("p", { role: "status" });
const player = element(
  "div",
  { class: "player", role: "region", "aria-label": message("listen"), hidden: true },
  note,
  iconButton(message("listen_previous"), BACK, () => skip(-1)),
  playButton,
  iconButton(message("listen_next"), FORTH, () => skip(1)),
  rate,
  voice,
  iconButton(message("listen_close"), CROSS, close),
);
playButton.classList.add("play");
/** @type {HTMLButtonElement | null} the tool of the bar: pressed while the player is there */
let tool = null;
let isBegun = false;
/** Whether it opened to speak, and no voice was there yet. */
let isAwaited = false;

function fillRates() {
  const current = numericSetting("rate");
  const all = RATES.includes(current) ? RATES : [...RATES, current].sort((a, b) => a - b);
  const options = all.map((value) => {
    const label = message("listen_times", { rate: value.toLocaleString(root.lang) });
    return element("option", { value, selected: value === current }, label);
  });
  rate.replaceChildren(...options);
}

function fillVoices() {
  const { own, remote, others } = voicesFor(language);
  const current = voiceFor(language);
  /**
   * @param {string} label
   * @param {SpeechSynthesisVoice[]} voices
   */
  const group = (label, voices) => {
    const options = voices.map((one) =>
      element("option", { value: one.voiceURI, selected: one === current, lang: one.lang }, one.name),
    );
    return voices.length > 0 ? [element("optgroup", { label }, ...options)] : [];
  };
  voice.replaceChildren(
    ...(current ? [] : [element("option", { value: "", selected: true, disabled: true }, message("listen_choose"))]),
    ...group(message("listen_voices_own"), own),
    ...group(message("listen_voices_remote"), remote),
    ...group(message("listen_voices_others"), others),
  );
  const isEmpty = own.length + remote.length + others.length === 0;
  player.classList.toggle("mute", isEmpty);
  const missing = isEmpty ? message("listen_no_voices") : message("listen_no_voice");
  note.textContent = current ? "" : missing;
  playButton.disabled = !current;
}

function pickRate() {
  setRate(Number(rate.value));
}

function pickVoice() {
  isAwaited = false;
  chooseVoice(language, voice.value);
  fillVoices();
  if (isBegun) speech.adjust();
}

/** @param {number} value */
function setRate(value) {
  setSetting("rate", value === 1 ? null : value);
  fillRates();
  speech.adjust();
}

/** @param {1 | -1} step  faster, slower */
export function changeRate(step) {
  if (player.hidden) return;
  const faster = RATES.find((value) => value > numericSetting("rate"));
  const slower = RATES.findLast((value) => value < numericSetting("rate"));
  setRate((step > 0 ? faster : slower) ?? numericSetting("rate"));
  announce(message("listen_times", { rate: numericSetting("rate").toLocaleString(root.lang) }));
}

/** @param {boolean} isSpeaking */
function showState(isSpeaking) {
  playButton.replaceChildren(icon(isSpeaking ? PAUSE : PLAY));
  playButton.title = isSpeaking ? message("listen_pause") : message("listen_play");
  playButton.setAttribute("aria-label", playButton.title);
}

/**
 * Return where to begin: at the paragraph the reader went to, else the one they read, else the headline.
 * @returns {(sentence: import("./spoken_text.js").Sentence) => boolean}
 */
function startingPoint() {
  const visited = document.activeElement && blockOf(document.activeElement);
  if (visited) return ({ passage }) => passage.block === visited;
  if (scrollPosition() < visibleExtent().end / 2) return () => true;
  return ({ passage }) => extentOf(passage.block).end > readingLine();
}

/** Play, pause; the player opens for it. */
export function toggle() {
  if (player.hidden) open();
  else if (speech.isSpeaking) speech.pause();
  else play();
}

function play() {
  isAwaited = !voiceFor(language);
  if (isAwaited) return;
  followAgain();
  if (isBegun) speech.resume();
  else speech.begin(startingPoint());
  isBegun = true;
}

function open() {
  player.hidden = false;
  root.classList.add("listening");
  tool?.setAttribute("aria-pressed", "true");
  fillRates();
  fillVoices();
  play();
}

/** Open the player, and close it. */
export function toggleOpen() {
  if (player.hidden) open();
  else close();
}

function close() {
  const hadFocus = player.contains(document.activeElement);
  speech.pause();
  hideSpoken();
  isBegun = false;
  isAwaited = false;
  player.hidden = true;
  root.classList.remove("listening");
  tool?.setAttribute("aria-pressed", "false");
  if (hadFocus) tool?.focus();
}

/** @param {1 | -1} step  paragraphs */
export function skip(step) {
  if (!isBegun) return;
  followAgain();
  speech.skip(step);
}

/** @param {HTMLButtonElement} button  the tool of the bar: pressed while the player is there */
export function setUp(button) {
  tool = button;
  document.body.append(player);
  // They come late in some browsers.
  speechSynthesis.addEventListener("voiceschanged", () => {
    fillVoices();
    if (isAwaited) play();
  });
  addEventListener("pagehide", () => {
    if (!player.hidden) close();
  });
}
