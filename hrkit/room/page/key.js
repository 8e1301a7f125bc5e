// Forms on paper, typed in by digits: a digit goes to the next statement, Enter leaves one blank,
// Backspace goes back. Nothing of an earlier form is ever sent here.

import { line } from "./line.js";
import { filled, h, memory, singly } from "./shared.js";

const main = document.getElementById("main");
const kept = memory("keying");
if (location.hash.length > 1) {
  kept.set("key", location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
let said = null; // what the server told of the engagement
let sheet = null; // the questions of the role chosen
let rows = []; // one for each question that is typed by digits
let words = []; // one for each in own words
let chosen = { role: "", unit: "", tier: "", pair: "" };
let twice = kept.get("twice") === "yes";
let first = null; // what was typed the first time, where each form is typed twice
let settling = false; // the two typings differ, and what differs is being typed again
let last = null; // the form that was kept last, to be put right after it was taken back
let pending = null; // a form on its way
let stamp = Date.now() % 1e9; // forms of an earlier load of this page have other numbers
let totals = { now: 0, all: 0 };
singly(main);

const wire = line("/key/line", {
  up: () => {
    wire.send({ type: "hello", key: kept.get("key") ?? "", language: kept.get("language") ?? "" });
  },
  down: () => tell(said?.ui.away ?? "…", true),
  came,
});

function came(message) {
  if (message.type === "refused" && message.key) {
    wire.end();
    main.replaceChildren(h("p", { class: "lead" }, message.said));
  } else if (message.type === "welcome") {
    const again = said?.language === message.language;
    said = message;
    count(message);
    if (again && sheet) {
      tell("");
      if (pending) wire.send(pending); // nobody said what became of it
      return;
    }
    frame();
    if (chosen.role) ask();
  } else if (message.type === "form") {
    sheet = message;
    first = null;
    draw();
  } else if (message.type === "kept" && pending?.stamp === message.stamp) {
    last = { ...pending, seen: typed() };
    pending = null;
    first = null;
    count(message);
    tell(filled(said.ui.kept, { n: message.now }));
    fill({});
  } else if (message.type === "undone") {
    count(message);
    tell(said.ui.undone);
    if (last) fill(last.seen);
    last = null;
  } else if (message.type === "refused") {
    pending = null;
    tell(message.why.join(" "), true);
  }
}

const button = (text, click, kind = "") => h("button", { type: "button", class: `button ${kind}`, click }, text);
const ask = () => wire.send({ type: "form", perspective: chosen.role, language: said.language });

function tell(text, bad = false) {
  document.getElementById("told")?.replaceChildren(...(text ? [h("p", { class: bad ? "bad" : "" }, text)] : []));
}

function count({ now, all }) {
  totals = { now, all };
  for (const [name, n] of Object.entries(totals)) {
    const node = document.getElementById(`total-${name}`);
    if (node) node.textContent = String(n);
  }
  const undo = document.getElementById("undo");
  if (undo) undo.disabled = !totals.now;
}

// ------------------------------------------------------------------------ who answered

function frame() {
  const { ui } = said;
  document.documentElement.lang = said.language;
  document.title = ui.title;
  const select = (name, label, listed, change) => h("label", {}, label, h("select", { id: `of-${name}`, change },
    listed.map(({ id, name: text }) => h("option", { value: id, selected: id === (chosen[name] ?? said.language) }, text))));
  const set = (name) => (event) => { chosen[name] = event.target.value; };
  const choose = [{ id: "", name: ui.choose }];
  const role = (event) => { chosen.role = event.target.value; frame(); if (chosen.role) ask(); };
  const asked = (listed) => listed.filter(({ ask: whom }) => !whom.length || whom.includes(chosen.role));
  const tiers = asked(said.tiers), pairs = asked(said.pairs);
  if (said.units.length === 1) chosen.unit = said.units[0].id;
  const language = (event) => {
    kept.set("language", event.target.value);
    wire.send({ type: "hello", key: kept.get("key") ?? "", language: event.target.value });
  };
  const settings = h("form", { class: "settings", submit: (event) => event.preventDefault(), "aria-label": ui.settings },
    said.languages.length > 1 ? select("language", ui.language, said.languages, language) : null,
    select("role", ui.role, [...choose, ...said.chairs], role),
    said.units.length > 1 ? select("unit", ui.unit, [...choose, ...said.units], set("unit")) : null,
    tiers.length ? select("tier", ui.tier, [...choose, ...tiers], set("tier")) : null,
    pairs.length ? select("pair", ui.pair, [...choose, ...pairs, { id: "-", name: ui.no_pair }], set("pair")) : null,
    h("label", { class: "opt" }, h("input", { type: "checkbox", checked: twice, change: (event) => {
      twice = event.target.checked;
      kept.set("twice", twice ? "yes" : "no");
      first = null;
    } }), ui.twice),
    h("dl", { class: "totals" },
      h("div", {}, h("dt", {}, ui.now), h("dd", { id: "total-now" }, String(totals.now))),
      h("div", {}, h("dt", {}, ui.all), h("dd", { id: "total-all" }, String(totals.all)))),
    h("button", { type: "button", class: "button", id: "undo", disabled: !totals.now, click: undo }, ui.undo),
    h("p", { class: "quiet" }, ui.how));
  main.replaceChildren(
    h("header", {}, h("h1", {}, ui.title), h("span", { class: "quiet" }, `${said.client} · ${said.wave}`)),
    settings,
    h("section", { "aria-label": ui.sheet }, h("div", { id: "told", class: "told", role: "status" }), h("div", { id: "sheet" })));
}

function undo() {
  if (totals.now) wire.send({ type: "undo", stamp: ++stamp });
}

// ------------------------------------------------------------------------ one form

function draw() {
  const { form, digits } = sheet;
  const { ui } = said;
  rows = [];
  words = [];
  const parts = [];
  for (const page of form.pages) {
    const made = [];
    for (const item of page.items) {
      for (const facet of item.facets) {
        const text = item.facets.length > 1 ? `${item.text} – ${facet.label}` : item.text;
        if (form.scales[facet.scale].kind === "text") words.push(area(facet.key, text));
        else made.push(cell(facet, text, digits[facet.scale], form.scales[facet.scale]));
      }
    }
    if (made.length) parts.push(h("table", { class: "sheet" }, h("caption", {}, page.name), h("tbody", {}, made)));
  }
  document.getElementById("sheet").replaceChildren(
    h("h2", { id: "which" }), ...parts,
    words.length ? h("div", { class: "words" }, words.map(({ node }) => node)) : "",
    h("div", { class: "turn" }, h("button", { type: "button", class: "button main", id: "keep", click: keep }, ui.keep),
      button(ui.clear, () => { first = null; tell(""); fill({}); })));
  fill({});
}

function cell(facet, text, digits, scale) {
  const number = rows.length + 1;
  const means = h("td", { class: "means", id: `means-${number}` });
  const longest = Math.max(2, ...Object.keys(digits).map((one) => one.length));
  const input = h("input", { type: "text", inputmode: "numeric", maxlength: String(longest), autocomplete: "off",
    "aria-label": `${number}. ${text}`, "aria-describedby": `means-${number}`, keydown, input: changed });
  const row = { key: facet.key, input, value: null, unsure: false, show };
  const tr = h("tr", {}, h("td", { class: "no" }, String(number)), h("th", { scope: "row" }, text),
    h("td", { class: "cell" }, input), means);
  const label = (value) => [...scale.choices, ...scale.ways_out].find((one) => one.value === value)?.label ?? "";
  const named = (value) => (scale.most && value ? value.split(" ").map(label).join(", ") : label(value));

  function show(value, note = "") {
    row.value = value;
    input.value = value == null ? "" : Object.keys(digits).find((one) => digits[one] === value) ?? "";
    input.removeAttribute("aria-invalid");
    means.textContent = note || named(value);
    tr.classList.toggle("differs", Boolean(note));
  }

  function take() {
    const value = digits[input.value];
    if (value === undefined && input.value !== "") {
      input.setAttribute("aria-invalid", "true");
      means.textContent = filled(said.ui.no_answer, { digit: input.value });
      input.select();
      return false;
    }
    row.unsure = false;
    show(value ?? null);
    return true;
  }

  function changed() {
    const starting = Object.keys(digits).filter((one) => one.startsWith(input.value));
    if (input.value === "") return show(null);
    // A digit that may go on ("1" of "10") waits for the next one, or for Enter.
    if (starting.length > 1 && digits[input.value] !== undefined) return;
    if (take()) step(row, 1);
  }

  function keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\d$/.test(event.key)) {
      // Whoever comes back to a filled cell types over it.
      if (input.value !== "" && row.value != null) input.value = "";
      return;
    }
    const move = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      if (take()) step(row, move);
    } else if (event.key === "Backspace" && input.value === "") {
      event.preventDefault();
      step(row, -1);
    } else if (event.key.length === 1) {
      event.preventDefault();
    }
  }
  rows.push(row);
  return tr;
}

function area(key, text) {
  const box = h("textarea", { rows: "2", maxlength: "4000" });
  return { key, box, node: h("label", {}, text, box) };
}

function step(from, by) {
  const next = rows[rows.indexOf(from) + by];
  const node = next?.input ?? (by > 0 ? document.getElementById("keep") : from.input);
  node.focus();
  node.scrollIntoView({ block: "center" });
  node.select?.();
}

function typed() {
  const found = Object.fromEntries(rows.filter(({ value }) => value != null).map(({ key, value }) => [key, value]));
  for (const { key, box } of words) if (box.value.trim()) found[key] = box.value;
  return found;
}

/** Put answers into the sheet, none for the next form, and begin at its top. */
function fill(values) {
  settling = false;
  for (const row of rows) row.unsure = false;
  for (const row of rows) row.show(values[row.key] ?? null);
  for (const { key, box } of words) box.value = values[key] ?? "";
  document.getElementById("which").textContent = filled(first ? said.ui.again : said.ui.number, { n: totals.now + 1 });
  rows[0]?.input.focus();
  rows[0]?.input.scrollIntoView({ block: "center" });
}

function keep() {
  if (pending) return;
  const invalid = rows.find(({ input }) => input.getAttribute("aria-invalid"));
  if (invalid) return invalid.input.focus();
  const now = typed();
  if (!Object.keys(now).length) return tell(said.ui.nothing, true);
  if (twice && !first) {
    first = now;
    fill(own(now));
    tell(said.ui.once);
    return;
  }
  const unsure = rows.find((row) => row.unsure);
  if (unsure) return unsure.input.focus();
  if (twice && !settling) {
    const differ = rows.filter(({ key, value }) => (first[key] ?? null) !== value);
    if (differ.length) return settle(differ);
  }
  pending = { type: "keep", stamp: ++stamp, perspective: sheet.perspective, unit: chosen.unit, tier: chosen.tier,
    pair: chosen.pair, language: said.language, answers: now };
  wire.send(pending);
}

/** What was typed in two ways is typed a third time, and that counts. */
function settle(differ) {
  settling = true;
  tell(filled(said.ui.differ, { n: differ.length }), true);
  for (const row of differ) {
    const shown = (value) => (value == null ? said.ui.blank : value);
    row.show(null, filled(said.ui.differs, { first: shown(first[row.key]), second: shown(row.value) }));
    row.unsure = true;
  }
  differ[0].input.focus();
  differ[0].input.scrollIntoView({ block: "center" });
}

/** The answers in own words among others: they are typed once. */
const own = (values) => Object.fromEntries(words.filter(({ key }) => values[key]).map(({ key }) => [key, values[key]]));
