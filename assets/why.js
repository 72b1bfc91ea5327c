// A cell of a table says why it says so: under the mouse or at the keyboard's focus; where there is no mouse the first
// tap tells and the second leads on.

const reason = Object.assign(document.createElement("div"), { className: "nl-why", id: "nl-why", popover: "manual" });
reason.setAttribute("role", "tooltip");
document.body.append(reason);

let explained = null;
let explainedBefore; // the finger came down

function explain(cell) {
  if (cell === explained) return;
  explained?.removeAttribute("aria-describedby");
  reason.hidePopover();
  explained = cell;
  if (!cell) return;
  const { cellIndex, parentElement: row } = cell.closest("td");
  const heads = cell.closest("table").tHead.rows[0].cells;
  const title = document.createElement("b");
  title.textContent = `${row.cells[0].textContent} · ${heads[cellIndex].textContent}`;
  const told = document.querySelector(".nl-reasons").children[cell.dataset.why].textContent;
  reason.replaceChildren(title, document.createElement("br"), told);
  cell.setAttribute("aria-describedby", reason.id);
  // It stands outside the part of the page that knows whether it is night.
  reason.style.colorScheme = getComputedStyle(cell).colorScheme;
  reason.showPopover();
  const { left, top, bottom } = cell.getBoundingClientRect();
  const above = bottom + reason.offsetHeight > innerHeight;
  reason.style.left = `${Math.max(8, Math.min(left, innerWidth - reason.offsetWidth - 8))}px`;
  reason.style.top = `${above ? top - reason.offsetHeight - 4 : bottom + 4}px`;
}

const explainable = (target) => target.closest?.("a[data-why]") ?? null;

function onPress({ target }) {
  explainedBefore = explained;
  explain(explainable(target));
}

function onTap(event) {
  const cell = explainable(event.target);
  const byFinger = event.detail && event.pointerType !== "mouse";
  if (cell && byFinger && cell !== explainedBefore) event.preventDefault();
}

document.addEventListener("pointerdown", onPress, true);
document.addEventListener("click", onTap, true);
document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && explain(explainable(event.target)));
document.addEventListener("focusin", ({ target }) => explain(explainable(target)));
document.addEventListener("scroll", () => explain(null), true);
document.addEventListener("keydown", ({ key }) => key === "Escape" && explain(null));
