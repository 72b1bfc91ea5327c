// Searches everything: titles, other names, headings and sentences of all pages in both languages. The library
// (MiniSearch) and the documents are fetched when the field is first used. Until they are there, and where they cannot
// be fetched, the map shows the pages whose names hold what is looked for.

import { mapIsOpen, sidebarButton } from "./menu.js";

// Where the library and the documents lie, as the element of these scripts says.
const SOURCES = document.querySelector("script[data-library]")?.dataset ?? {};
const MOST = 12; // results that are shown
const HAN = /\p{Script=Han}/u;
const WORD = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const FIELDS = ["title", "names", "heads", "text"];
const BOOST = { title: 6, names: 5, heads: 2, text: 1 };
const READERS = 1.5; // how much more a document in the reader's language counts
const SMALL = new Set("a an and are as at be by can could do does for from has have how i if in is it its me my of on or over should so than that the there this to use vs versus was what when where which who why will with without you your".split(" "));
const SMALL_HAN = /为什么|什么是|是什么|什么|怎么样|怎么|怎样|如何|哪个|哪些|多少|可以|作用|吗|呢|的|了|是/g;
const EVERYWHERE = /激活函数| activation functions? /g; // what every page is about
const JOINS = new Set("and or vs versus v with to between compare compared comparison difference differences better best which is the what than faster 和 与 跟 及 还是 或 对比 比较 区别 差别 的 哪个 好 更 哪个好 的区别 的差别 有什么区别 和的区别 比".split(" "));

const folded = (text) => text.normalize("NFKC").toLowerCase();
const wordsOf = (text) => folded(text).match(WORD) ?? [];
const plainly = (text) => wordsOf(text).join(" ");
const field = () => document.querySelector(".nl-map input[type=search]");
const sought = () => plainly(field()?.value ?? "");

// The same for documents and for what is looked for: Chinese is cut into pairs of neighbouring characters.
const pairs = (run) => (run.length < 2 ? [run] : [...run].slice(1).map((second, place) => [...run][place] + second));
const indexed = (text) => wordsOf(text).flatMap((word) => (HAN.test(word) ? [...new Set([...word, ...pairs(word)])] : [word]));
const cut = (text) => wordsOf(text).flatMap((word) => (HAN.test(word) ? pairs(word) : [word]));

let engine; // a promise of it, once somebody has searched

function load(address) {
  return new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed });
    document.head.append(script);
  });
}

async function prepare() {
  const [found] = await Promise.all([
    fetch(SOURCES.documents).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))),
    window.MiniSearch ?? load(SOURCES.library),
  ]);
  const { documents } = found;
  const vocabulary = new Set();
  const tokenize = (text) => {
    const tokens = indexed(text);
    for (const token of tokens) vocabulary.add(token);
    return tokens;
  };
  const library = new window.MiniSearch({ fields: FIELDS, tokenize, processTerm: (term) => term, searchOptions: { boost: BOOST } });
  library.addAll(documents.map((each, id) => ({ id, title: each.title, names: each.names.join("\n"), heads: each.heads.join("\n"), text: each.lines.join("\n") })));
  const titles = new Map(); // of functions, by language and path
  const functions = new Map(); // paths by name
  for (const { path, kind, lang, title, names } of documents.filter(({ kind }) => kind === "functions")) {
    titles.set(`${lang} ${path}`, title);
    for (const name of [title, ...names.slice(0, -1)]) functions.set(plainly(name), path);
  }
  const settings = new Map(Object.entries(found.settings).map(([name, page]) => [plainly(name), page]));
  for (const [name, page] of settings) if (functions.has(plainly(page.split("?")[0]))) functions.set(name, page.split("?")[0]);
  const synonyms = new Map();
  for (const group of found.synonyms) for (const each of group) synonyms.set(plainly(each), group.map(plainly));
  return { library, documents, vocabulary: [...vocabulary], known: vocabulary, titles, functions, settings, synonyms };
}

// One thing that is looked for, by itself or by a synonym: all of its words have to be there.
function unit(found, text, also) {
  const all = (phrase) => ({ combineWith: "AND", queries: cut(phrase) });
  return { text, combineWith: "OR", queries: [all(text), ...also.filter((each) => each !== text).map(all)] };
}

// What is looked for, cut into units: words and phrases that have synonyms, then all other words.
function units(found, text) {
  const known = [];
  const small = ` ${text.replace(SMALL_HAN, " ")} `;
  let rest = small.replace(EVERYWHERE, " ").trim() ? small.replace(EVERYWHERE, " ") : small;
  const phrases = [...found.synonyms.keys()].filter((phrase) => rest.includes(HAN.test(phrase) ? phrase : ` ${phrase} `));
  for (const phrase of phrases.sort((a, b) => b.length - a.length)) {
    const there = HAN.test(phrase) ? phrase : ` ${phrase} `;
    if (!rest.includes(there)) continue;
    rest = rest.split(there).join("  ");
    known.push(unit(found, phrase, found.synonyms.get(phrase)));
  }
  const words = rest.split(/\s+/).filter(Boolean);
  const large = words.filter((word) => !SMALL.has(word));
  return [...known, ...(large.length || known.length ? large : words).map((word) => unit(found, word, []))];
}

// A word that no document has may be a slip; one of which the beginning is typed stands for all that begin so.
function ask(found, query, fields, combineWith) {
  const typed = new Set(query.flatMap(({ text }) => cut(text))); // a synonym is no slip
  const begins = (term) => found.vocabulary.some((word) => word.startsWith(term));
  return found.library.search({ combineWith, queries: query }, {
    fields,
    tokenize: (text) => [text],
    prefix: (term) => typed.has(term) && !HAN.test(term) && term.length > 1,
    fuzzy: (term) => (!typed.has(term) || HAN.test(term) || found.known.has(term) || (term.length > 2 && begins(term)) ? false : term.length > 5 ? 2 : 1),
    weights: { prefix: 0.4, fuzzy: 0.3 },
  });
}

// The functions that are named, in order, and whether words that join names are all the rest.
function named(found, text) {
  const tokens = text.split(" ").flatMap((token) => (HAN.test(token) ? token.split(/(和|与|跟|还是|或)/).filter(Boolean) : [token]));
  const paths = [], rest = [];
  for (let place = 0; place < tokens.length; ) {
    let length = Math.min(4, tokens.length - place);
    while (length && !found.functions.has(tokens.slice(place, place + length).join(" "))) length -= 1;
    if (length) paths.push(found.functions.get(tokens.slice(place, place + length).join(" ")));
    else rest.push(tokens[place]);
    place += length || 1;
  }
  return { paths: [...new Set(paths)], joined: rest.length > 0 && rest.every((word) => JOINS.has(word)), rest };
}

function comparison(found, text, lang) {
  const { paths, joined, rest } = named(found, text);
  if (paths.length < 2 || paths.length > 6 || (rest.length && !joined)) return null;
  const names = paths.map((path) => found.titles.get(`${lang} ${path}`));
  const path = "compare", asked = paths.map((each) => `f=${each}`).join("&");
  return { path, asked, kind: "tools", names, first: joined };
}

// The line that holds most of the terms that were found.
function lineOf(document, terms) {
  const held = (line) => new Set(indexed(line).filter((token) => terms.has(token))).size;
  const counts = document.lines.map(held);
  const best = Math.max(0, ...counts);
  return { line: document.lines[best ? counts.indexOf(best) : 0] ?? "", best };
}

// What is found for a text, the likeliest first: whose very name it is, whose names hold all of it, whose text does, and
// last whatever holds a part of it.
function find(found, text, lang) {
  const query = units(found, plainly(text));
  if (!query.length) return [];
  const wanted = new Set([plainly(text), query.map((each) => each.text).join(" ")]);
  const isNamed = ({ title, names }) => [title, ...names.slice(0, -1)].some((name) => wanted.has(plainly(name)));
  const places = new Map();
  const add = (results, tier) => {
    for (const { id, score, terms } of results) {
      const document = found.documents[id];
      const key = `${document.path} ${document.entry ?? ""}`;
      const place = places.get(key) ?? { tier, score: 0, terms: new Set() };
      if (place.tier === tier) place.score = Math.max(place.score, score * (document.lang === lang ? READERS : 1));
      for (const term of terms) place.terms.add(term);
      places.set(key, place);
    }
  };
  add(found.documents.flatMap((each, id) => (isNamed(each) ? [{ id, score: 1, terms: cut(text) }] : [])), 0);
  add(ask(found, query, ["title", "names"], "AND"), 1);
  add(ask(found, query, FIELDS, "AND"), 2);
  // Of Chinese, which has no spaces, each pair of characters by itself.
  const loose = query.flatMap((each) => [each, ...cut(each.text).map((token) => unit(found, token, []))]);
  if (places.size < MOST) add(ask(found, loose, FIELDS, "OR"), 3);
  const ranked = [...places].sort(([, a], [, b]) => a.tier - b.tier || b.score - a.score).slice(0, MOST);
  const results = ranked.map(([key, { terms }]) => {
    const [path, entry] = key.split(" ");
    const same = found.documents.filter((each) => each.path === path && (each.entry ?? "") === entry);
    const own = same.find((each) => each.lang === lang) ?? same[0];
    const other = same.find((each) => each !== own);
    const mine = lineOf(own, terms);
    const theirs = mine.best || !other ? { best: 0 } : lineOf(other, terms);
    const setting = found.settings.get(plainly(text))?.split("?");
    const asked = entry ? `q=${entry}` : setting?.[0] === path ? setting[1] : "";
    return { path, asked, kind: own.kind, title: own.title, line: theirs.best ? theirs.line : mine.line, terms };
  });
  const compared = comparison(found, plainly(text), lang);
  if (compared) results.splice(compared.first ? 0 : 1, 0, { ...compared, line: "", terms: new Set() });
  return results.slice(0, MOST);
}

// Text with the words marked that were found in it.
function highlighted(text, terms) {
  const parts = [];
  const known = (piece) => terms.has(folded(piece));
  for (const piece of text.split(/(\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+)/u)) {
    const node = known(piece) ? document.createElement("mark") : document.createTextNode(piece);
    if (node.nodeType === 1) node.textContent = piece;
    parts.push(node);
  }
  return parts;
}

// Chinese terms are pairs of characters; each of their characters is marked where the pair stands.
function highlightable(text, terms) {
  const found = new Set(terms);
  for (const term of terms) if (HAN.test(term) && folded(text).includes(term)) for (const character of term) found.add(character);
  return found;
}

function show(results) {
  const list = document.querySelector(".nl-found"), input = field();
  if (!list || !input) return;
  const labels = list.dataset;
  list.replaceChildren(...results.map((result, place) => {
    const link = Object.assign(document.createElement("a"), { id: `nl-found-${place}`, role: "option", tabIndex: -1 });
    const map = [...document.querySelectorAll(".nl-map li a")].find((each) => each.getAttribute("href").split("?")[0] === (result.path || "./"));
    link.setAttribute("href", [map?.getAttribute("href") ?? `${result.path}?`, result.asked].filter(Boolean).join("&"));
    link.setAttribute("aria-selected", "false");
    const part = (name, ...inside) => {
      const node = Object.assign(document.createElement("span"), { className: name });
      node.append(...inside);
      return node;
    };
    const title = result.names ? labels.compare.replace("{names}", result.names.join(" · ")) : result.title;
    link.append(part("title", ...highlighted(title, highlightable(title, result.terms))), part("kind", labels[result.kind] ?? ""));
    if (result.line) link.append(part("line", ...highlighted(result.line, highlightable(result.line, result.terms))));
    return link;
  }));
  list.hidden = !results.length;
  list.closest(".nl-map").dataset.searching = results.length ? "found" : "nothing";
  input.setAttribute("aria-expanded", String(results.length > 0));
  input.removeAttribute("aria-activedescendant");
  document.querySelector(".nl-count").textContent = !results.length ? "" : results.length === 1 ? labels.one : labels.count.replace("{count}", results.length);
}

function close() {
  const list = document.querySelector(".nl-found");
  if (!list) return;
  list.replaceChildren();
  list.hidden = true;
  delete list.closest(".nl-map").dataset.searching;
  field().setAttribute("aria-expanded", "false");
  field().removeAttribute("aria-activedescendant");
  document.querySelector(".nl-count").textContent = "";
}

// Without the engine: the map shows the pages whose names, in either language, or other words hold every word.
function filter() {
  const words = sought().split(" ");
  for (const link of document.querySelectorAll(".nl-map li a")) {
    const names = plainly(`${link.textContent} ${link.dataset.find}`);
    link.parentElement.hidden = !words.every((word) => names.includes(word));
  }
}

const showAll = () => document.querySelectorAll(".nl-map li[hidden]").forEach((item) => (item.hidden = false));

async function search() {
  if (!sought()) {
    close();
    return showAll();
  }
  filter();
  engine ??= prepare();
  try {
    const found = await engine;
    if (!sought()) return;
    showAll();
    show(find(found, field().value, document.documentElement.lang.slice(0, 2)));
  } catch {
    engine = undefined; // asked for again with the next letter
  }
}

function move(step) {
  const options = [...document.querySelectorAll(".nl-found [role=option]")];
  if (!options.length) return;
  const before = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = options[(before + step + (before < 0 && step < 0 ? 1 : 0) + options.length) % options.length];
  for (const each of options) each.setAttribute("aria-selected", String(each === next));
  field().setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function onSearchKey(event) {
  if (!event.target.matches?.(".nl-map input[type=search]") || event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  }
  if (event.key === "Enter") (document.querySelector(".nl-found [aria-selected=true], .nl-found [role=option]") ?? document.querySelector(".nl-map li:not([hidden]) a"))?.click();
  if (event.key !== "Escape" || !event.target.value) return;
  event.preventDefault();
  event.target.value = "";
  search();
}

// A button with the attribute leads to the field, with what the attribute says in it.
function onSearchButton({ target }) {
  const button = target.closest?.("[data-search]");
  if (!button) return;
  if (!mapIsOpen()) sidebarButton()?.click();
  // The sidebar draws itself first.
  setTimeout(() => {
    const input = field();
    if (!input) return;
    if (button.dataset.search) input.value = button.dataset.search;
    input.focus();
    if (input.value) search();
  }, 150);
}

document.addEventListener("input", ({ target }) => target.matches?.(".nl-map input[type=search]") && search());
document.addEventListener("keydown", onSearchKey);
document.addEventListener("click", onSearchButton);
