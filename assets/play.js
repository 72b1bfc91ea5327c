// The button beside a slider of time: it moves the slider at the screen's rate, and no script runs before it stops.

const LEAST = 4; // seconds that a whole run takes at 60 frames a second, however few its moments
const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
const LOOK = `button { font: inherit; font-size: 0.95rem; line-height: 1; padding: 0.45rem 1rem; cursor: pointer; color: inherit;
  background: none; border: 1px solid currentColor; border-radius: 999px; }
  button:hover { background: rgba(127, 135, 147, 0.15); } button:focus-visible { outline: 3px solid #3c9add; outline-offset: 2px; }`;

class Player {
  constructor(root) {
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.onclick = () => (this.playing ? this.stop() : this.start());
    const style = document.createElement("style");
    style.textContent = LOOK;
    root.append(style, this.button);
  }

  // ``plays``: the key of the slider and what the button says while it stands still and while it moves; null hides it.
  follow(plays) {
    this.button.hidden = !plays;
    if (!plays) this.playing = false;
    Object.assign(this, plays);
    this.say();
  }

  say() {
    this.button.textContent = this.playing ? `❚❚ ${this.pause}` : `▶\uFE0E ${this.play}`;
  }

  find() {
    this.input = document.querySelector(`.st-key-${this.key} input[type=range]`);
    [this.low, this.high, this.step] = ["min", "max", "step"].map((name) => Number(this.input[name]));
  }

  start() {
    this.find();
    const from = Number(this.input.value);
    this.at = from >= this.high ? this.low : from;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.commit(Math.min(this.at + this.step, this.high));
    this.playing = true;
    this.say();
    this.wait = Math.max(1, Math.round((60 * LEAST * this.step) / (this.high - this.low)));
    this.move(this.at);
    this.frames = 0;
    requestAnimationFrame(() => this.tick());
  }

  tick() {
    if (!this.playing) return;
    // A hand that took the thumb, or a page that was left.
    if (!this.input.isConnected || Number(this.input.value) !== this.at) return this.rest();
    if (++this.frames % this.wait === 0) this.move(Math.min(this.at + this.step, this.high));
    if (this.at >= this.high) return this.stop();
    requestAnimationFrame(() => this.tick());
  }

  // The slider shows this as it shows a thumb that is held.
  move(value) {
    this.at = value;
    put.call(this.input, String(value));
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.at = Number(this.input.value);
  }

  stop() {
    this.rest();
    this.commit(this.at);
  }

  rest() {
    this.playing = false;
    this.say();
  }

  // An arrow key is what makes a slider tell Python: one step back, then one by key.
  commit(value) {
    const back = value > this.low ? -1 : 1;
    this.move(value + back * this.step);
    const press = { key: back < 0 ? "ArrowRight" : "ArrowLeft", bubbles: true, cancelable: true };
    requestAnimationFrame(() => ["keydown", "keyup"].forEach((kind) => this.input.dispatchEvent(new KeyboardEvent(kind, press))));
  }
}
