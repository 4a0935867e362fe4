/**
 * Voices, those of the article's language first. Some voices send the text to their maker: they stand apart,
 * and none of them speaks unless the reader chooses it.
 */

import { setSetting, setting } from "../shared/settings.js";

const synthesis = globalThis.speechSynthesis;

/** @param {string} tag  BCP 47, also with an underscore */
function primary(tag) {
  return tag.toLowerCase().split(/[-_]/)[0];
}

/**
 * @param {string} language
 * @returns {{ own: SpeechSynthesisVoice[], remote: SpeechSynthesisVoice[], others: SpeechSynthesisVoice[] }}
 *   those of the language that speak on this device, those of it that do not, and those of other languages
 */
export function voicesFor(language) {
  const near = navigator.languages.map((tag) => tag.toLowerCase());
  /**
   * @param {SpeechSynthesisVoice} voice
   * @returns {[number, number]} less is better: by the reader's languages, then the default
   */
  const rank = (voice) => {
    const place = near.indexOf(voice.lang.toLowerCase().replace("_", "-"));
    return [place < 0 ? near.length : place, voice.default ? 0 : 1];
  };
  /**
   * @param {SpeechSynthesisVoice} a
   * @param {SpeechSynthesisVoice} b
   */
  const compare = (a, b) => {
    const [[near1, default1], [near2, default2]] = [rank(a), rank(b)];
    return near1 - near2 || default1 - default2 || a.name.localeCompare(b.name);
  };
  const all = [...synthesis.getVoices()].sort(compare);
  /** @param {SpeechSynthesisVoice} voice */
  const fits = (voice) => primary(voice.lang) === primary(language);
  return {
    own: all.filter((voice) => fits(voice) && voice.localService),
    remote: all.filter((voice) => fits(voice) && !voice.localService),
    others: all.filter((voice) => !fits(voice) && voice.localService),
  };
}

/** @returns {Record<string, unknown>} primary language -> voiceURI */
function chosen() {
  try {
    return JSON.parse(setting("voices") || "{}") ?? {};
  } catch {
    return {}; // imported settings may hold anything
  }
}

/**
 * @param {string} language
 * @returns {SpeechSynthesisVoice | null} the one chosen for the language, else the best of this device
 */
export function voiceFor(language) {
  const { own, remote, others } = voicesFor(language);
  const wanted = chosen()[primary(language)];
  return [...own, ...remote, ...others].find((voice) => voice.voiceURI === wanted) ?? own[0] ?? null;
}

/**
 * @param {string} language
 * @param {string} voiceURI
 */
export function chooseVoice(language, voiceURI) {
  setSetting("voices", JSON.stringify({ ...chosen(), [primary(language)]: voiceURI }));
}
