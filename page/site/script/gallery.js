// The gallery: search, filters, pages.
const perPage = 96;
const levels = ["proven", "amber", "rejected", "not checked"];
const state = { text: "", page: 1, level: null, filters: new Map() }; // filters: label to value
let what = "Card";
let preview = false;
let found = [];

const plural = () => what.toLowerCase() + "s";

// haystack is what an entry is searched in, made once.
const haystacks = [];
const haystack = (i) => (haystacks[i] ??= `${textOf(entries[i][3])} ${what} ${entries[i][0]} ${entries[i][1]}`.toLowerCase());

function matches(i) {
  if (state.level !== null && entries[i][2] !== state.level) return false;
  const places = entries[i][7];
  for (const [label, value] of state.filters) {
    let has = false;
    for (let j = 0; j < places.length; j += 2) has ||= places[j] === label && places[j + 1] === value;
    if (!has) return false;
  }
  return state.text === "" || haystack(i).includes(state.text);
}

// Tiles are made once and filled anew for each page: 10,000 entries leave nothing behind.
const tiles = [];

function tileAt(i) {
  if (tiles[i]) return tiles[i];
  const t = { box: element("span", { class: "picture" }), name: element("bdi"), number: element("span", { class: "number" }), mark: element("span") };
  t.link = element("a", {}, t.box, element("span", { class: "name" }, t.name), t.number);
  t.item = element("li", { class: "tile" }, t.link, t.mark);
  return (tiles[i] = t);
}

function tile(i, [number, token, level, name, file, mark, moves]) {
  const t = tileAt(i);
  const worth = levels[level] === "rejected" || (levels[level] === "not checked" && !preview) ? levels[level] : "";
  t.item.dataset.level = levels[level] ?? "not checked";
  t.link.href = `tokens/${Number(number)}.html`;
  t.box.dataset.file = file;
  t.box.dataset.moves = String(moves);
  if (file) t.box.replaceChildren();
  else t.box.replaceChildren(element("span", {}, mark));
  t.name.replaceChildren(...shown(name));
  t.number.textContent = `${what} ${number}${token ? `, ${token}` : ""}`;
  t.mark.className = worth ? "worth" : "mark";
  t.mark.textContent = worth || `image: ${file ? "not checked yet" : mark}`;
  return t.item;
}

function pager(pages) {
  const go = (n, text) => {
    const b = element("button", { type: "button", class: "button" }, text);
    b.disabled = n < 1 || n > pages;
    b.addEventListener("click", () => { state.page = n; show(); at("tools").scrollIntoView(); });
    return b;
  };
  const jump = element("select", { "aria-label": "Page" });
  for (let n = 1; n <= pages; n++) jump.append(new Option(`Page ${n} of ${pages}`, String(n), false, n === state.page));
  jump.addEventListener("change", () => { state.page = Number(jump.value); show(); at("tools").scrollIntoView(); });
  at("paging").replaceChildren(go(state.page - 1, "Previous"), jump, go(state.page + 1, "Next"));
}

function show() {
  const pages = Math.max(1, Math.ceil(found.length / perPage));
  state.page = Math.min(Math.max(1, state.page), pages);
  const from = (state.page - 1) * perPage;
  seen?.disconnect(); // from the tiles as they were
  at("tiles").replaceChildren(...found.slice(from, from + perPage).map((e, i) => tile(i, entries[e])));
  at("count").textContent = `${found.length} of ${entries.length} ${plural()}`;
  pager(pages);
  pictures(at("tiles"));
  remember();
}

function search() {
  found = [];
  for (let i = 0; i < entries.length; i++) if (matches(i)) found.push(i);
  show();
}

// remember keeps what is looked for in the address, so that the way back leads there.
function remember() {
  const p = new URLSearchParams();
  if (state.text) p.set("q", state.text);
  if (state.page > 1) p.set("page", state.page);
  for (const [l, v] of state.filters) p.set(`f${l}`, v);
  history.replaceState(null, "", p.size ? `#${p}` : location.pathname);
}

function recall() {
  const p = new URLSearchParams(location.hash.slice(1));
  state.text = (p.get("q") ?? "").slice(0, 100);
  state.page = Number.parseInt(p.get("page") ?? "1", 10) || 1;
  for (const [key, value] of p) {
    const label = /^f(\d+)$/.exec(key)?.[1];
    if (label !== undefined && labels[label]?.[1][value] !== undefined) state.filters.set(Number(label), Number(value));
  }
}

// counts tells how many entries have each value of a label.
function counts(label, n) {
  const list = new Array(n).fill(0);
  for (const e of entries) {
    const had = new Set();
    for (let j = 0; j < e[7].length; j += 2) if (e[7][j] === label && !had.has(e[7][j + 1])) { had.add(e[7][j + 1]); list[e[7][j + 1]]++; }
  }
  return list;
}

// levelFilter is there if entries differ in their verdicts.
function levelFilter() {
  const number = levels.map((_, l) => entries.filter((e) => e[2] === l).length);
  if (number.filter((n) => n > 0).length < 2) return [];
  const select = element("select", { id: "level" }, new Option("any", ""));
  for (const [l, n] of number.entries()) if (n > 0) select.append(new Option(`${levels[l]} (${n})`, String(l)));
  select.addEventListener("change", () => {
    state.level = select.value === "" ? null : Number(select.value);
    state.page = 1;
    search();
  });
  return [element("div", { class: "filter" }, element("label", { for: "level" }, "Found to be"), select)];
}

const maxFilters = 24; // labels
const maxChoices = 500; // values of a label

function filter(label) {
  const [name, values] = labels[label];
  const select = element("select", { id: `f${label}` }, new Option("any", ""));
  const number = counts(label, values.length);
  const order = [...values.keys()].sort((a, b) => number[b] - number[a] || a - b).slice(0, maxChoices);
  for (const v of order) select.append(new Option(`${textOf(values[v])} (${number[v]})`, String(v), false, state.filters.get(label) === v));
  select.addEventListener("change", () => {
    if (select.value === "") state.filters.delete(label);
    else state.filters.set(label, Number(select.value));
    state.page = 1;
    search();
  });
  return element("div", { class: "filter" }, element("label", { for: `f${label}` }, element("bdi", {}, ...shown(name))), select);
}

function tools() {
  const box = at("tools");
  what = box.dataset.what;
  preview = box.dataset.preview === "true";
  recall();
  const input = element("input", { type: "search", id: "search", maxlength: "100", autocomplete: "off", spellcheck: "false" });
  input.value = state.text;
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { state.text = input.value.trim().toLowerCase(); state.page = 1; search(); }, 80);
  });
  box.append(element("div", { class: "filter wideOne" }, element("label", { for: "search" }, "Search names and numbers"), input), ...levelFilter());
  for (let l = 0; l < Math.min(labels.length, maxFilters); l++) if (labels[l][1].length > 1) box.append(filter(l));
  box.hidden = false;
  search();
}
