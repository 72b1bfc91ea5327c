// The panel of links to a page as it stands: for students, asked first, as a slide, with the answers, framed, and cited.
// Nothing is needed of a clipboard: each link stands in a field.

const SHARED = "nl-shared";
// Of the address: how a reader sees the guide. A link for students says none of it.
const VIEW = ["present", "predict", "key", "frame", "embed"];

// The address that others can open: Community Cloud frames the guide under a prefix which its own addresses leave out.
export function sharedAddress(asked = {}) {
  const address = new URL(location.href.replace("/~/+/", "/"));
  for (const name of VIEW) address.searchParams.delete(name);
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  return address.href;
}

const pageTitle = () => document.querySelector("h1")?.textContent.trim() ?? "";
const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

// What can be copied, by the name of its words.
function offered({ cite_text: cite }) {
  const today = new Date();
  const date = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const facts = { title: pageTitle(), address: sharedAddress(), date };
  return {
    student: sharedAddress(),
    ask: sharedAddress({ predict: 1 }),
    slide: sharedAddress({ present: 1 }),
    key: sharedAddress({ key: 1 }),
    frame: `<iframe src="${quoted(sharedAddress({ frame: 1 }))}" title="${quoted(pageTitle())}" width="100%" height="640" style="border:0" allow="clipboard-write"></iframe>`,
    cite: cite.replace(/\{(\w+)\}/g, (_, name) => facts[name]),
  };
}

function make(kind, values, ...children) {
  const made = Object.assign(document.createElement(kind), values);
  made.append(...children);
  return made;
}

function show() {
  document.querySelector(`.${SHARED}`)?.remove();
  const words = JSON.parse(document.querySelector(".nl-head").dataset.share);
  const said = make("p", { className: "said" });
  said.setAttribute("role", "status");
  const rows = Object.entries(offered(words)).map(([name, text]) => {
    const field = make("input", { type: "text", readOnly: true, value: text, onfocus: () => field.select() });
    const copy = make("button", { type: "button", textContent: words.copy, onclick: () => copyFrom(field, said, words) });
    copy.setAttribute("aria-label", `${words.copy}: ${words[name]}`);
    return make("div", { className: "row" }, make("label", {}, make("b", { textContent: words[name] }), make("span", { textContent: words[`${name}_for`] }), field), copy);
  });
  const code = make("img", { src: `qr.svg?to=${encodeURIComponent(sharedAddress())}`, alt: words.qr, className: "qr" });
  const columns = make("div", { className: "columns" }, make("div", {}, ...rows), make("figure", {}, code, make("figcaption", { textContent: words.qr })));
  const heading = make("h2", { textContent: words.head, id: `${SHARED}-head` });
  const close = make("button", { type: "button", textContent: words.close, onclick: () => panel.close() });
  const panel = make("dialog", { className: SHARED, onclose: () => panel.remove() }, heading, columns, said, close);
  panel.setAttribute("aria-labelledby", heading.id);
  document.querySelector(".stApp").append(panel);
  panel.showModal();
}

// A browser keeps its clipboard from pages that are served without encryption or framed without leave.
export async function copyFrom(field, said, words) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = words.copied;
  } catch {
    said.textContent = document.execCommand("copy") ? words.copied : words.by_hand;
  }
}

document.addEventListener("click", (event) => {
  // On a phone the button stands in the shadow of a component.
  const [pressed] = event.composedPath();
  if (pressed.closest?.(".nl-share")) show();
  // The way out of a frame leads to the page as it stands.
  const out = pressed.closest?.(".nl-out");
  if (out) out.href = sharedAddress();
});
