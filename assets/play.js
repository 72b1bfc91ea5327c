// The button beside a slider of time: it moves the slider by the clock, and no script runs before it stops.

const LEAST = 4; // seconds that a whole run takes, however few its moments
const MOST = 60; // moments a second, however many there are
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
    if (!plays) this.playing = null;
    Object.assign(this, plays);
    this.say();
  }

  say() {
    this.button.textContent = this.playing ? `❚❚ ${this.pause}` : `▶\uFE0E ${this.play}`;
  }

  start() {
    const input = findThumb(this.key);
    const [low, high, step] = thumbScale(input);
    const from = Number(input.value) >= high ? moveThumb(input, low) : Number(input.value);
    if (calm()) return commitThumb(input, from + step);
    const whole = Math.max(LEAST, (high - low) / step / MOST);
    const run = (this.playing = {});
    this.say();
    glideThumb(input, high, (whole * (high - from)) / (high - low), () => this.playing === run).then(() => this.playing === run && this.stop());
  }

  stop() {
    this.playing = null;
    this.say();
  }
}
