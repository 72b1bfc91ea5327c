// A cell of a table says why it says so: under the mouse or at the keyboard's focus; where there is no mouse the first
// tap tells and the second leads on.

const reason = Object.assign(document.createElement("div"), { id: "nl-why", popover: "manual", role: "tooltip" });

let explained = null;
let explainedBefore; // the finger came down

function explain(cell) {
  if (cell === explained) return;
  explained?.removeAttribute("aria-describedby");
  reason.remove();
  explained = cell;
  if (!cell) return;
  const { cellIndex, parentElement: row } = cell.closest("td");
  const title = document.createElement("b");
  title.textContent = `${row.cells[0].textContent} · ${cell.closest("table").rows[0].cells[cellIndex].textContent}`;
  reason.replaceChildren(title, document.querySelector(".nl-reasons").children[cell.dataset.why].textContent);
  cell.setAttribute("aria-describedby", reason.id);
  cell.closest(".stApp").append(reason);
  reason.showPopover();
  const { left, bottom } = cell.getBoundingClientRect();
  reason.style.left = `${Math.max(8, Math.min(left, innerWidth - reason.offsetWidth - 8))}px`;
  reason.style.top = `${Math.min(bottom + 4, innerHeight - reason.offsetHeight - 8)}px`;
}

const explainable = ({ target }) => target.closest?.("a[data-why]") ?? null;

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
