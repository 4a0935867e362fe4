/**
 * Reading aloud: speaks sentence after sentence, reports where it is, and goes on from the same word when it was
 * stopped. It is stopped and begun anew rather than paused: not every browser's voices can pause.
 */

import { endOfWord, sentences } from "./spoken_text.js";
import { numericSetting } from "../shared/settings.js";
import { voiceFor } from "./voices.js";

const synthesis = globalThis.speechSynthesis;

/**
 * @typedef {object} Listener
 * @property {(isSpeaking: boolean) => void} onState
 * @property {(sentence: import("./spoken_text.js").Sentence, word: [number, number] | null) => void} onPlace  word:
 *   its start and end in the passage's text; null while none is known
 * @property {(reason: string) => void} onFailure
 */

export class Speech {
  #language;
  #listener;
  /** @type {import("./spoken_text.js").Sentence[]} */
  #sentences = [];
  /** Of the sentence that is spoken, and where in its passage. */
  #index = 0;
  #offset = 0;
  /** The utterance being spoken; events of any other are late. @type {SpeechSynthesisUtterance | null} */
  #current = null;

  /**
   * @param {string} language
   * @param {Listener} listener
   */
  constructor(language, listener) {
    this.#language = language;
    this.#listener = listener;
  }

  get isSpeaking() {
    return this.#current !== null;
  }

  /** @param {(sentence: import("./spoken_text.js").Sentence) => boolean} isFirst  where to begin; else at the beginning */
  begin(isFirst) {
    this.#sentences = sentences(this.#language);
    this.#index = Math.max(this.#sentences.findIndex(isFirst), 0);
    this.#offset = this.#sentences[this.#index]?.start ?? 0;
    this.#speak();
  }

  resume() {
    if (this.#index >= this.#sentences.length) this.begin(() => true);
    else this.#speak();
  }

  pause() {
    this.#current = null;
    synthesis.cancel();
    this.#listener.onState(false);
  }

  /** Go on with another voice or speed, from the same word. */
  adjust() {
    if (this.isSpeaking) this.#speak();
  }

  /**
   * Go to the next paragraph, or to the beginning of this one and then the one before.
   * @param {1 | -1} step
   */
  skip(step) {
    const here = this.#sentences[this.#index]?.passage;
    const firsts = this.#sentences.flatMap((sentence, i, all) => (all[i - 1]?.passage === sentence.passage ? [] : [i]));
    const own = firsts.findIndex((i) => this.#sentences[i].passage === here);
    const isInside = this.#index > firsts[own];
    const place = own < 0 ? firsts.length - 1 : own + (step < 0 && isInside ? 0 : step);
    this.#index = firsts[Math.min(Math.max(place, 0), firsts.length - 1)] ?? 0;
    this.#offset = this.#sentences[this.#index]?.start ?? 0;
    if (this.isSpeaking) this.#speak();
    else if (this.#sentences[this.#index]) this.#listener.onPlace(this.#sentences[this.#index], null);
  }

  #speak() {
    const sentence = this.#sentences[this.#index];
    synthesis.cancel();
    if (!sentence) {
      this.pause();
      return;
    }
    const base = this.#offset;
    const utterance = new SpeechSynthesisUtterance(sentence.passage.text.slice(base, sentence.end));
    const voice = voiceFor(this.#language);
    utterance.voice = voice;
    utterance.lang = voice?.lang ?? this.#language;
    utterance.rate = numericSetting("rate");
    utterance.onboundary = (event) => {
      if (utterance !== this.#current || (event.name && event.name !== "word")) return;
      this.#offset = base + event.charIndex;
      const length = event.charLength || endOfWord(sentence.passage, this.#offset, this.#language) - this.#offset;
      this.#listener.onPlace(sentence, [this.#offset, Math.min(this.#offset + length, sentence.end)]);
    };
    utterance.onend = () => {
      if (utterance !== this.#current) return;
      this.#index += 1;
      this.#offset = this.#sentences[this.#index]?.start ?? 0;
      this.#speak();
    };
    utterance.onerror = (event) => {
      if (utterance !== this.#current) return;
      this.pause();
      this.#listener.onFailure(event.error);
    };
    this.#current = utterance;
    this.#listener.onState(true);
    this.#listener.onPlace(sentence, null);
    synthesis.speak(utterance);
  }
}
