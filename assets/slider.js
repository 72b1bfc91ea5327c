// Finds native sliders and moves them for the reader. Streamlit takes an input event for a thumb that is held and sends
// Python nothing; after an arrow key it sends Python the value.

const setInputValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set; // React hides its own
export const prefersReducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The range input of the slider with this key, null where the page has none. Streamlit writes a dot in a key as a hyphen.
export function findSlider(key) {
  return document.querySelector(`.st-key-${key.replaceAll(".", "-")} input[type=range]`);
}

// Lowest, highest value and step of a slider.
export function sliderScale(input) {
  return ["min", "max", "step"].map((name) => Number(input[name]));
}

// Shows the slider at the position next to ``value`` as if its thumb were held there; returns that position. One that is
// disabled, because the server is away, stays where it is.
export function moveSlider(input, value) {
  if (input.disabled) return Number(input.value);
  setInputValue.call(input, String(value)); // the browser takes the nearest position
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return Number(input.value);
}

// Lets go of the slider at ``value``: one step back, then one by arrow key. Resolves when Streamlit has the value.
export function commitSlider(input, value) {
  const [low, high, step] = sliderScale(input);
  const at = moveSlider(input, Math.min(Math.max(value, low), high));
  moveSlider(input, at > low ? at - step : at + step);
  const press = { key: at > low ? "ArrowRight" : "ArrowLeft", bubbles: true, cancelable: true };
  // After React has taken the step back, which it does before anything is painted.
  return Promise.resolve().then(() => {
    for (const kind of input.disabled ? [] : ["keydown", "keyup"]) input.dispatchEvent(new KeyboardEvent(kind, press));
    return at;
  });
}

// Moves the slider to ``value`` in so many seconds, whatever the screen's rate, and lets go there. Who wants no motion
// sees the jump. ``continues`` may end it early: it lets go where it stands. Resolves to whether the slider was let go,
// which it is not where the reader took the thumb or left the page.
export function glideSlider(input, value, seconds, continues = () => true) {
  if (prefersReducedMotion()) return commitSlider(input, value).then(() => true);
  const from = Number(input.value);
  let [begun, at] = [null, from];
  return new Promise((resolve) => {
    const glide = (now) => {
      if (!input.isConnected || Number(input.value) !== at) return resolve(false);
      begun ??= now;
      const share = Math.min((now - begun) / (1000 * seconds), 1);
      const stays = !continues();
      if (stays || share === 1) return commitSlider(input, stays ? at : value).then(() => resolve(true));
      const [low, , step] = sliderScale(input);
      const next = low + step * Math.round((from + (value - from) * share - low) / step);
      if (Math.abs(next - at) > step / 2) at = moveSlider(input, next);
      requestAnimationFrame(glide);
    };
    requestAnimationFrame(glide);
  });
}
