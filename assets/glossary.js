// Explains a term where it is first mentioned: by mouse, keyboard or the first tap, which the second then follows. Without
// this script such a word is a link to the glossary, whose title the browser shows.

const TERM = "[data-testid=stMarkdownContainer] a[href*='glossary?']";
const LINGER = 200; // milliseconds in which the pointer can go from a term to its explanation

const explainer = {
  box: Object.assign(document.createElement("div"), { className: "nl-term", id: "nl-term", role: "tooltip", hidden: true }),

  show(link) {
    clearTimeout(this.leaving);
    if (link === this.link) return;
    this.hide();
    // The browser would show a title beside the explanation.
    link.dataset.term = link.title || link.dataset.term || "";
    if (!link.dataset.term) return;
    link.removeAttribute("title");
    link.setAttribute("aria-describedby", this.box.id);
    this.link = link;
    this.box.textContent = link.dataset.term;
    this.box.hidden = false;
    if (!this.box.isConnected) document.querySelector(".stApp").append(this.box);
    this.place(link.getClientRects()[0]);
  },

  // Above the word where there is room, else below; never over the edge of the window.
  place({ left, top, bottom }) {
    const { offsetWidth: width, offsetHeight: height } = this.box;
    this.box.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
    this.box.style.top = `${top - height - 6 > 0 ? top - height - 6 : bottom + 6}px`;
  },

  hide() {
    this.link?.removeAttribute("aria-describedby");
    this.link = null;
    this.box.hidden = true;
  },

  leave() {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.hide(), LINGER);
  },
};

const termOf = (event) => event.target.closest?.(TERM);

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const link = termOf(event);
  if (link) explainer.show(link);
  else if (event.target === explainer.box) clearTimeout(explainer.leaving);
  else if (explainer.link) explainer.leave();
});
document.addEventListener("focusin", (event) => termOf(event) && event.target.matches(":focus-visible") && explainer.show(termOf(event)));
document.addEventListener("focusout", (event) => termOf(event) && explainer.leave());
// A finger cannot hover: its first tap explains.
document.addEventListener("click", (event) => {
  const link = termOf(event);
  if (link && event.pointerType !== "mouse" && event.pointerType && explainer.link !== link) {
    event.preventDefault();
    return explainer.show(link);
  }
  if (event.target !== explainer.box) explainer.hide();
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !explainer.link) return;
  explainer.hide();
  event.stopPropagation();
}, true);
document.addEventListener("scroll", () => explainer.link && explainer.hide(), true);
