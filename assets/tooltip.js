// Shows why a cell of a table says what it says, and what a term in the prose means: under the mouse or at the keyboard's
// focus; where there is no mouse the first tap shows it and the second leads on. Without this script a term is a link to the
// glossary with a title.

const tooltip = Object.assign(document.createElement("div"), { id: "nl-why", popover: "manual", role: "tooltip" });

const TERM = "[data-testid=stMarkdownContainer] a[href*='glossary?'][href*='q=']";
let explained = null;
let explainedBefore; // the finger came down

// What the tooltip says of a cell, under its heading, or of a term.
function contentFor(place) {
  if (place.matches(TERM)) {
    // The browser would show a title as well.
    place.dataset.term ??= place.title;
    place.removeAttribute("title");
    return [place.dataset.term];
  }
  const { cellIndex, parentElement: row } = place.closest("td");
  const title = document.createElement("b");
  title.textContent = `${row.cells[0].textContent} · ${place.closest("table").rows[0].cells[cellIndex].textContent}`;
  return [title, document.querySelector(".nl-reasons").children[place.dataset.why].textContent];
}

function showTooltip(place) {
  if (place === explained) return;
  explained?.removeAttribute("aria-describedby");
  tooltip.remove();
  explained = place;
  if (!place) return;
  tooltip.replaceChildren(...contentFor(place));
  place.setAttribute("aria-describedby", tooltip.id);
  place.closest(".stApp").append(tooltip);
  tooltip.showPopover();
  const { left, bottom } = [...place.getClientRects()].at(-1);
  tooltip.style.left = `${Math.max(8, Math.min(left, innerWidth - tooltip.offsetWidth - 8))}px`;
  tooltip.style.top = `${Math.min(bottom + 4, innerHeight - tooltip.offsetHeight - 8)}px`;
}

const explainable = ({ target }) => target.closest?.(`a[data-why], ${TERM}`) ?? null;

function onPress(event) {
  explainedBefore = explained;
  showTooltip(explainable(event));
}

function onTap(event) {
  const cell = explainable(event);
  const byFinger = event.detail && event.pointerType !== "mouse";
  if (cell && byFinger && cell !== explainedBefore) event.preventDefault();
  else showTooltip(null);
}

document.addEventListener("pointerdown", onPress, true);
document.addEventListener("click", onTap, true);
document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && showTooltip(explainable(event)));
document.addEventListener("focusin", (event) => showTooltip(explainable(event)));
document.addEventListener("scroll", () => showTooltip(null), true);
document.addEventListener("keydown", ({ key }) => key === "Escape" && showTooltip(null));
