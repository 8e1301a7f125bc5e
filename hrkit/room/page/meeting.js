// The meeting on the wall: agenda, the five levels, question and clock, votes, what is agreed.

import { h } from "./shared.js";

export function meeting(show) {
  const { meeting: seen } = show;
  return ({ agenda, levels, topic, votes, agreed, placed, actions, pause }[seen.kind] ?? agenda)(seen, show);
}

const quiet = (text) => (text ? h("p", { class: "quiet" }, text) : null);

function agenda({ agenda: found, say }) {
  if (!found) return [h("section", {}, h("h1", {}, say.agenda))];
  const rows = found.rows.flatMap((row, i) => [h("li", { class: row.done ? "done" : "" },
    h("span", { class: "when" }, found.minutes[i]), h("b", {}, row.name),
    h("span", { class: "said" }, [row.said, row.done].filter(Boolean).join(" · "))),
    found.pauses[i] ? h("li", { class: "pause" }, h("span", { class: "when" }, found.pauses[i]), h("span", {}, say.break)) : null].filter(Boolean));
  return [h("section", {}, h("h1", {}, say.agenda), h("p", { class: "lead" }, found.lead),
    h("ol", { class: "agenda" }, rows), quiet(found.rest))];
}

function pause({ clock, say }) {
  return [h("section", {}, h("h1", {}, say.break), ticking(clock))];
}

function levels({ levels: found, say }) {
  const rows = found.rows.map((row) => h("li", {},
    h("span", { class: "level", "aria-hidden": "true" }, String(row.level)),
    h("div", {}, h("b", {}, h("span", { class: "hidden" }, `${row.level} `), row.name), h("p", {}, row.text))));
  return [h("section", {}, h("p", { class: "quiet" }, found.name),
    h("div", { class: "turn" }, h("h1", {}, found.second ? say.vote_second : say.vote_first), h("p", { class: "huge" }, found.said)),
    h("ol", { class: "levels" }, rows))];
}

/** A clock that runs by itself between two messages; it says nothing aloud every second. */
export function ticking({ left, running }) {
  const node = h("p", { class: "clock", role: "timer", "aria-live": "off" });
  const began = Date.now();
  const draw = () => {
    const now = Math.max(0, left - (running ? Math.floor((Date.now() - began) / 1000) : 0));
    node.textContent = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")}`;
    node.classList.toggle("out", now === 0);
    if (running && now > 0 && (node.isConnected || Date.now() - began < 2000)) setTimeout(draw, 500);
  };
  draw();
  return node;
}

function topic({ topic: found, say }) {
  const marks = ["l", "h"];
  const both = found.both.map((one, i) => h("div", { class: `said-by ${marks[i] ?? "l"}` },
    h("p", {}, h("span", { class: `mark ${marks[i] ?? "l"}`, "aria-hidden": "true" }), " ", h("b", {}, one.name), ` ${say.asked}`),
    h("blockquote", {}, one.text)));
  return [h("section", {}, h("div", { class: "turn" }, h("h1", {}, found.name), ticking(found.clock)),
    quiet(found.same),
    both.length ? h("div", { class: "two" }, both) : null,
    h("p", { class: "card huge" }, found.question), h("p", { class: "lead" }, say.pairs))];
}

function tenths(one, place, title) {
  const columns = one.tenths.map((n, i) => {
    const boxes = n == null ? null : Array.from({ length: n }, () => h("i", { class: place }));
    return h("div", { class: "column" }, h("div", { class: "boxes", "aria-hidden": "true" }, boxes),
      h("b", {}, n == null ? "·" : n === 0 ? "–" : String(n)), h("span", { class: "quiet" }, String(i + 1)));
  });
  return h("div", { class: "card" }, h("h2", {}, title), h("div", { class: "columns" }, columns), one.joint ? h("p", {}, one.joint) : null);
}

function votes({ votes: found, say }) {
  const parts = [["first", say.before], ["second", say.after]].filter(([name]) => found[name]).map(([name, title]) => {
    const one = found[name];
    if (one.tenths) return tenths(one, name, title);
    return h("div", { class: `card ${name}` }, h("h2", {}, title), h("p", { class: "huge" }, one.text), one.names ? h("p", {}, one.names) : null);
  });
  const pictured = [found.first, found.second].some((one) => one?.tenths);
  return [h("section", {}, h("p", { class: "quiet" }, found.name), h("h1", {}, found.title), h("div", { class: "two" }, parts),
    pictured ? h("p", { class: "quiet" }, `${found.key} ${found.levels.join(" · ")}`) : null,
    h("p", { class: "note" }, found.note), h("p", { class: "lead" }, found.ask))];
}

export function word(one, say) {
  return h("article", { class: "word" },
    h("p", { class: "quiet" }, one.whose, one.draft ? h("b", {}, ` · ${say.is_draft}`) : null),
    h("div", { class: "head" }, one.level ? h("span", { class: "level", "aria-hidden": "true" }, String(one.level)) : null,
      h("div", {}, h("h2", {}, one.title), h("p", { lang: one.level ? null : one.lang }, one.text))),
    h("div", { class: "two" },
      one.evidence ? h("div", { class: "card" }, h("h3", {}, say.rests), h("p", { lang: one.lang }, one.evidence)) : null,
      one.shift ? h("div", { class: "card" }, h("h3", {}, say.moved), h("p", { lang: one.lang }, one.shift)) : null),
    quiet(one.written));
}

function agreed({ agreed: found, say }) {
  const rows = found.rows.length ? found.rows.map((one) => word(one, say)) : h("p", { class: "lead" }, found.nothing);
  return [h("section", {}, h("h1", {}, found.name), rows, quiet(found.surveyed))];
}

function placed({ placed: found, say }) {
  const measured = found.measured.map((one) =>
    h("div", { class: "card" }, h("p", { class: "quiet" }, one.name), h("p", { class: "huge" }, one.text)));
  return [h("section", {}, h("h1", {}, found.name),
    h("div", { class: "placed" }, measured, h("div", { class: "open-word" }, word(found.placed, say))),
    h("p", { class: "note" }, found.note))];
}

export function deeds(rows, say) {
  return h("ul", { class: "deeds" }, rows.map((one) => h("li", {},
    h("div", {}, h("b", { lang: one.lang }, one.what), one.sign ? h("p", { class: "quiet" }, `${say.sign_short} ${one.sign}`) : null, quiet(one.written)),
    h("span", {}, one.owner), h("span", {}, one.due))));
}

function actions({ actions: rows, again, say }) {
  return [h("section", {}, h("h1", {}, say.actions), rows.length ? [deeds(rows, say), h("p", { class: "lead" }, again)] : null)];
}

