// The button beside a slider of time: it moves the slider by the clock, and no script runs before it stops.

import { commitSlider, findSlider, glideSlider, moveSlider, prefersReducedMotion, sliderScale } from "./slider.js";

const SHORTEST = 4; // seconds that a whole run takes, however few its positions
const FASTEST = 60; // positions a second, however many there are
const STYLE = `button { font: inherit; font-size: 0.95rem; line-height: 1; padding: 0.45rem 1rem; cursor: pointer; color: inherit;
  background: none; border: 1px solid currentColor; border-radius: 999px; }
  button:hover { background: rgba(127, 135, 147, 0.15); } button:focus-visible { outline: 3px solid #3c9add; outline-offset: 2px; }`;

export class Player {
  constructor(root) {
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.onclick = () => (this.playing ? this.stop() : this.start());
    const style = document.createElement("style");
    style.textContent = STYLE;
    root.append(style, this.button);
  }

  // ``plays``: the ``key`` of the slider, and the text of the button while it is paused (``play``) and while it moves
  // (``pause``); null hides it.
  follow(plays) {
    this.button.hidden = !plays;
    if (!plays) this.playing = null;
    Object.assign(this, plays);
    this.label();
  }

  label() {
    this.button.textContent = this.playing ? `❚❚ ${this.pause}` : `▶\uFE0E ${this.play}`;
  }

  start() {
    const input = findSlider(this.key);
    const [low, high, step] = sliderScale(input);
    const from = Number(input.value) >= high ? moveSlider(input, low) : Number(input.value);
    if (prefersReducedMotion()) return commitSlider(input, from + step);
    const seconds = Math.max(SHORTEST, (high - low) / step / FASTEST);
    const run = (this.playing = {});
    this.label();
    const playing = () => this.playing === run;
    glideSlider(input, high, (seconds * (high - from)) / (high - low), playing).then(() => playing() && this.stop());
  }

  stop() {
    this.playing = null;
    this.label();
  }
}
