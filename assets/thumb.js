// Moves a native slider for the reader. Streamlit takes an input event for a thumb that is held and tells Python nothing;
// an arrow key makes it tell Python where the slider stands.

const setInputValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set; // React hides its own
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The slider with this key, null where the page has none. Streamlit writes a dot in a key as a hyphen.
function findThumb(key) {
  return document.querySelector(`.st-key-${key.replaceAll(".", "-")} input[type=range]`);
}

// Lowest, highest value and step of a slider.
function thumbScale(input) {
  return ["min", "max", "step"].map((name) => Number(input[name]));
}

// Shows the slider at the position next to ``value`` as if its thumb were held there; returns that position. One that is
// disabled, because the server is away, stays where it is.
function moveThumb(input, value) {
  if (input.disabled) return Number(input.value);
  setInputValue.call(input, String(value)); // the browser takes the nearest position
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return Number(input.value);
}

// Lets go of the slider at ``value``: one step back, then one by arrow key. Resolves when Streamlit has been told.
function commitThumb(input, value) {
  const [low, high, step] = thumbScale(input);
  const at = moveThumb(input, Math.min(Math.max(value, low), high));
  moveThumb(input, at > low ? at - step : at + step);
  const press = { key: at > low ? "ArrowRight" : "ArrowLeft", bubbles: true, cancelable: true };
  // After React has taken the step back, which it does before anything is painted.
  return Promise.resolve().then(() => {
    for (const kind of input.disabled ? [] : ["keydown", "keyup"]) input.dispatchEvent(new KeyboardEvent(kind, press));
    return at;
  });
}

// Moves the slider to ``value`` in so many seconds, whatever the screen's rate, and lets go there. Who wants no motion
// sees the jump. ``going`` may end it early: it lets go where it stands. Resolves to whether the slider was let go,
// which it is not where the reader took the thumb or left the page.
function glideThumb(input, value, seconds, going = () => true) {
  if (calm()) return commitThumb(input, value).then(() => true);
  const from = Number(input.value);
  let [begun, at] = [null, from];
  return new Promise((resolve) => {
    const glide = (now) => {
      if (!input.isConnected || Number(input.value) !== at) return resolve(false);
      begun ??= now;
      const share = Math.min((now - begun) / (1000 * seconds), 1);
      const stays = !going();
      if (stays || share === 1) return commitThumb(input, stays ? at : value).then(() => resolve(true));
      const [low, , step] = thumbScale(input);
      const next = low + step * Math.round((from + (value - from) * share - low) / step);
      if (Math.abs(next - at) > step / 2) at = moveThumb(input, next);
      requestAnimationFrame(glide);
    };
    requestAnimationFrame(glide);
  });
}
