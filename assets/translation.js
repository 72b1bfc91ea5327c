// A browser that translates the page takes text nodes out and puts <font> elements in their places. React goes on with the
// nodes it knows: the heading of the page before would stay, and a removal of such a node fails.

import { startsWithMark } from "./marks.js";

const replacements = new WeakMap(); // the element that stands for a text node which was taken out

// Text that is written anew goes back to its place, whole, and is translated anew.
const rewritten = new MutationObserver((records) => {
  for (const { target } of records) replacements.get(target)?.replaceWith(target);
});

// A number that is printed anew with each position of a slider is none to be translated.
const numbers = (node) => (node instanceof HTMLElement ? node.querySelectorAll("strong") : []);

new MutationObserver((records) => {
  for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
    for (const node of addedNodes)
      for (const number of numbers(node)) if (startsWithMark(number.textContent)) number.translate = false;
    for (const text of removedNodes) {
      if (text.nodeType !== Node.TEXT_NODE || text.isConnected) continue;
      const font = [...addedNodes, previousSibling, nextSibling].find((node) => node?.nodeName === "FONT");
      if (!font) continue;
      replacements.set(text, font);
      rewritten.observe(text, { characterData: true });
    }
  }
}).observe(document.body, { childList: true, subtree: true });

const inDocument = (node, parent) => (node && node.parentNode !== parent && replacements.get(node)) || node;
const { removeChild, insertBefore } = Node.prototype;
Node.prototype.removeChild = function (child) {
  return removeChild.call(this, inDocument(child, this));
};
Node.prototype.insertBefore = function (child, before) {
  return insertBefore.call(this, child, inDocument(before, this));
};
