// What a reader takes along: the picture as it stands now, exactly the numbers drawn in it, a link, a table to read.

const SHEET = `.keep { display: flex; flex-wrap: wrap; gap: 0.2rem 0.9rem; margin-top: 0.6rem; align-items: center; }
  .keep button { font: inherit; padding: 0.15rem 0; font-size: 0.85rem; color: inherit; background: none; cursor: pointer; border: 0; border-radius: 4px; text-decoration: underline; text-underline-offset: 3px; }
  .keep button:hover { background: none; text-decoration-thickness: 2px; } .keep button:focus-visible { outline: 3px solid #3c9add; outline-offset: 2px; } .keep output { font-size: 0.85rem; }
  .numbers { max-height: 18rem; overflow: auto; margin-top: 0.4rem; font-size: 0.8rem; }
  .numbers:focus-visible { outline: 3px solid #3c9add; } caption { text-align: left; padding: 0.3rem 0; }
  th, td { text-align: right; padding: 0.05rem 0.8rem 0.05rem 0; font-variant-numeric: tabular-nums; } th:first-child, td:first-child { text-align: left; }`;

class Keeper {
  constructor(root) {
    const style = document.createElement("style");
    style.textContent = SHEET;
    this.row = Object.assign(document.createElement("div"), { className: "keep" });
    this.table = Object.assign(document.createElement("div"), { className: "numbers", hidden: true, tabIndex: 0 });
    this.said = document.createElement("output");
    root.append(style, this.row, this.table);
  }

  // ``words`` for each button by what it does; ``scene`` is what is shown now.
  follow(scene, words) {
    this.scene = scene;
    if (this.words !== words.table) {
      this.words = words.table;
      this.heads = [words.what, "x", "y", "z"];
      const acts = { svg: () => this.image("svg"), png: () => this.image("png"), csv: () => this.csv(), link: () => this.link(words.copied), table: () => this.show() };
      this.row.replaceChildren(...Object.keys(acts).map((name) => button(words[name], acts[name])), this.said);
    }
    if (!this.table.hidden) this.fill();
  }

  async image(format) {
    const plot = this.scene.settled();
    const url = await window.Plotly.toImage(plot, { format, width: plot.clientWidth, height: plot.clientHeight, scale: format === "png" ? 2 : 1 });
    save(url, `${this.name()}.${format}`);
  }

  csv() {
    const lines = this.numbers().map((row) => row.map(cell).join(","));
    // Spreadsheets take a file without this mark for one of their own alphabet.
    const url = URL.createObjectURL(new Blob([`\ufeff${lines.join("\n")}\n`], { type: "text/csv" }));
    save(url, `${this.name()}.csv`);
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  async link(copied) {
    await navigator.clipboard.writeText(shared());
    this.said.textContent = copied;
    setTimeout(() => (this.said.textContent = ""), 2000);
  }

  show() {
    this.table.hidden = !this.table.hidden;
    if (!this.table.hidden) this.fill();
  }

  fill() {
    const [head, ...body] = this.numbers();
    const line = (kind) => (row) => element("tr", row.map((value) => element(kind, [String(value)])));
    this.table.replaceChildren(element("table", [element("thead", [head].map(line("th"))), element("tbody", body.map(line("td")))]));
  }

  numbers() {
    const rows = points(this.scene);
    return [this.heads.slice(0, rows[0]?.length ?? 3), ...rows];
  }

  name() {
    return `nonlinear-${this.scene.room.split(" ")[0] || "home"}`;
  }
}

// A row for each point of each line, dot and cell of the picture, with what it belongs to, the longest line first; the
// words in it are not among them. What has followed a thumb is told to as many decimals as it was sent with.
function points(scene) {
  const told = scene.settled()._fullData.filter(({ name, visible, type, mode }) => (visible === true || !name.startsWith("guess_")) && (type === "heatmap" || mode !== "text")).sort((one, other) => other.x.length - one.x.length);
  const tracks = scene.sliders.flatMap(({ packs }) => packs.flatMap((pack) => pack.tracks));
  const units = Object.fromEntries(tracks.filter(([name]) => name in scene.state).map(([name, , , unit]) => [name, unit]));
  const number = (value, unit) => Number(unit ? Number(value).toFixed(Math.max(0, Math.floor(-Math.log10(unit)))) : Number(value).toPrecision(7));
  const flat = told.some(({ type }) => type === "heatmap");
  const found = told.flatMap(({ name, meta, x, y, z }) => {
    const [across, up, on] = ["x", "y", "z"].map((axis) => units[`${name}.${axis}`]);
    if (z) return [...y].flatMap((height, k) => [...x].map((at, m) => [meta, number(at), number(height), number(z[k][m], on)]));
    return [...x].map((at, k) => [meta, number(at, across), number(y[k], up), ...(flat ? [""] : [])]);
  });
  return found.filter(([, x, y]) => Number.isFinite(x + y));
}

// The address that others can open: Community Cloud frames the guide under a prefix which its own addresses leave out.
const shared = () => location.href.replace("/~/+/", "/");

const cell = (value) => (/[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value);

function element(kind, children) {
  const made = document.createElement(kind);
  made.append(...children);
  return made;
}

function button(text, act) {
  return Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick: act });
}

function save(url, name) {
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
}
