// A browser keeps its clipboard from pages that are served without encryption, as in a room without internet: the button
// that copies code would do nothing. What is selected can still be copied there, at the reader's click.

function writeText(text) {
  const focused = document.activeElement;
  const field = Object.assign(document.createElement("textarea"), { value: text, ariaHidden: "true" });
  field.style.position = "fixed"; // Anywhere else, selecting it would scroll the page.
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  focused?.focus?.({ preventScroll: true });
  return copied ? Promise.resolve() : Promise.reject(new DOMException("", "NotAllowedError"));
}

if (!navigator.clipboard) Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
