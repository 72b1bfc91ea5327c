// Printed numbers stand in the page's text between invisible marks that number them; pages/shared/live.py writes them.

const EDGE = "\u2063";
const DIGITS = "\u2061\u2062\u2064";
const MARKED = /\u2063([\u2061\u2062\u2064]{4})[^\u2063]*\u2063/g;
const ANY_MARK = /[\u2061-\u2064]/g;

const indexOf = (code) => [...code].reduceRight((sum, digit) => sum * 3 + DIGITS.indexOf(digit), 0);

export const startsWithMark = (text) => text.startsWith(EDGE);

export const withoutMarks = (text) => text.replace(ANY_MARK, "");

// ``text`` with, between each mark, that of ``texts`` which it numbers.
export const withTexts = (text, texts) => text.replace(MARKED, (_, code) => `${EDGE}${code}${texts[indexOf(code)]}${EDGE}`);

// The text nodes of the page in which a marked number stands.
export function* markedNodes() {
  const walker = document.createTreeWalker(document.querySelector("[data-testid=stMain]"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.nodeValue.includes(EDGE)) yield walker.currentNode;
}
