// A cell of a table says why it says so, and a term in the prose what it means: under the mouse or at the keyboard's
// focus; where there is no mouse the first tap tells and the second leads on. Without this script a term is a link to the
// glossary with a title.

const reason = Object.assign(document.createElement("div"), { id: "nl-why", popover: "manual", role: "tooltip" });

const TERM = "[data-testid=stMarkdownContainer] a[href*='glossary?'][href*='q=']";
let explained = null;
let explainedBefore; // the finger came down

// What is told of a cell, under its heading, or of a term.
function whatIsTold(place) {
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

function explain(place) {
  if (place === explained) return;
  explained?.removeAttribute("aria-describedby");
  reason.remove();
  explained = place;
  if (!place) return;
  reason.replaceChildren(...whatIsTold(place));
  place.setAttribute("aria-describedby", reason.id);
  place.closest(".stApp").append(reason);
  reason.showPopover();
  const { left, bottom } = [...place.getClientRects()].at(-1);
  reason.style.left = `${Math.max(8, Math.min(left, innerWidth - reason.offsetWidth - 8))}px`;
  reason.style.top = `${Math.min(bottom + 4, innerHeight - reason.offsetHeight - 8)}px`;
}

const explainable = ({ target }) => target.closest?.(`a[data-why], ${TERM}`) ?? null;

function onPress(event) {
  explainedBefore = explained;
  explain(explainable(event));
}

function onTap(event) {
  const cell = explainable(event);
  const byFinger = event.detail && event.pointerType !== "mouse";
  if (cell && byFinger && cell !== explainedBefore) event.preventDefault();
  else explain(null);
}

document.addEventListener("pointerdown", onPress, true);
document.addEventListener("click", onTap, true);
document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && explain(explainable(event)));
document.addEventListener("focusin", (event) => explain(explainable(event)));
document.addEventListener("scroll", () => explain(null), true);
document.addEventListener("keydown", ({ key }) => key === "Escape" && explain(null));
