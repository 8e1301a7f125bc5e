// Leading the meeting: the same in the room's own page and in a notebook. What is typed stays until
// it is kept, whatever the room tells meanwhile.

import { filled, h } from "./shared.js";
import { ticking } from "./meeting.js";

const drafts = new Map(); // what was typed and not kept yet, by topic, scope and field

/** What the page is about now. */
export const heading = ({ meeting }) => meeting.topic?.name ?? (meeting.step === "actions" ? meeting.say.actions : meeting.say.agenda);

/**
 * `give(do, fields)` sends a command; `ask(dialog)` opens a dialog over everything; `again` draws anew;
 * `beneath(field, id)` is the line that points out what looks like a name in it.
 */
export function leading(state, give, ask, again, beneath) {
  const { meeting } = state;
  const { say } = meeting;
  const button = (name, text, click, kind = "", off = false) =>
    h("button", { type: "button", class: `button ${kind}`, click, "data-name": name, disabled: off }, text);
  const often = (node) => { node.dataset.often = ""; return node; };
  const draft = (key, was = "") => drafts.get(key) ?? was;
  const box = (name, label, key, was = "", { rows = 1, help = "", own = true } = {}) => {
    const node = h(rows > 1 ? "textarea" : "input", { id: name, "data-name": name, rows: rows > 1 ? String(rows) : null,
      type: rows > 1 ? null : "text", autocomplete: "off", "aria-describedby": help ? `${name}-help` : null,
      input: (event) => drafts.set(key, event.target.value) });
    node.value = draft(key, was);
    return h("p", { class: "field stack" }, h("label", { for: name }, label), node, help ? h("span", { id: `${name}-help`, class: "quiet" }, help) : null,
      own ? beneath(node, `${name}-names`) : null);
  };
  const reason = (what, fields, text) => ask(text, say, (why) => give(what, { ...fields, reason: why }), true);

  if (!meeting.running) {
    const ready = meeting.grid && (state.step === "released" || (["open", "closed", "void"].includes(state.step) && !state.begun));
    const text = state.step === "released" ? say.begin : say.begin_plain;
    return ready ? [h("div", { class: "turn" }, button("begin", text, () => give("begin"), state.step === "released" ? "main" : ""))] : [];
  }
  const shows = h("fieldset", { class: "field" }, h("legend", {}, say.on), meeting.showable.map((what) =>
    h("label", { class: "opt" }, h("input", { type: "radio", name: "shows", value: what, "data-name": `show-${what}`,
      checked: meeting.shows === what, change: () => give("look", { what }) }), say[`show_${what}`])));
  const parts = meeting.step === "actions" ? acting() : meeting.topic ? discussing() : planning();
  const phones = h("p", { class: "quiet" }, `${say.phones}: `, h("b", {}, say[`phones_${meeting.phones}`] ?? ""));
  return [shows, phones, ...parts.filter(Boolean)];

  function planning() {
    const rows = meeting.topics, send = (list) => give("order", { order: list.map((row) => `${row.id}:${row.minutes}:${row.pause ?? 0}`) });
    const moved = (i, by) => { const list = [...rows]; [list[i], list[i + by]] = [list[i + by], list[i]]; send(list); };
    const list = rows.map((row, i) => h("li", { class: "row" }, h("div", {}, h("b", {}, `${i + 1} ${row.name}`),
      h("p", { class: "quiet" }, [row.said, row.done].filter(Boolean).join(" · "))),
      h("label", { class: "minutes" }, say.minutes, h("input", { type: "number", min: "1", max: "240", value: String(row.minutes),
        "data-name": `minutes-${row.id}`, change: (event) => send(rows.map((one) => (one === row ? { ...one, minutes: event.target.value } : one))) })),
      h("label", { class: "minutes" }, say.break_after, h("input", { type: "number", min: "0", max: "120", value: String(row.pause),
        "data-name": `pause-${row.id}`, change: (event) => send(rows.map((one) => (one === row ? { ...one, pause: event.target.value } : one))) })),
      button(`up-${row.id}`, say.up, () => moved(i, -1), "", i === 0), button(`down-${row.id}`, say.down, () => moved(i, 1), "", i === rows.length - 1),
      button(`out-${row.id}`, say.out, () => send(rows.filter((one) => one !== row)), "", row.step !== "waiting" || rows.length === 1),
      button(`topic-${row.id}`, say.take_up, () => give("topic", { topic: row.id }), "main")));
    const pick = h("select", { id: "more", "data-name": "more" }, meeting.more.map((one) => h("option", { value: one.id }, one.name)));
    return [
      meeting.fresh && meeting.sorts.length > 1 ? h("div", { class: "field" }, h("span", {}, say.sort), meeting.sorts.map((by) =>
        button(`sort-${by}`, say[`sort_${by}`], () => give("sort", { what: by })))) : null,
      h("ol", { class: "plan" }, list),
      meeting.more.length ? h("p", { class: "field" }, h("label", { for: "more" }, say.add_topic), pick,
        button("add", say.add, () => send([...rows, { id: pick.value, minutes: 25 }]))) : null,
      ...meeting.parties.map(party),
      h("div", { class: "turn" }, rows.some((row) => row.pause) ? button("pause", say.break_begin, () => give("pause")) : null,
        button("to-actions", say.to_actions, () => give("actions")))];
  }

  function party(one) {
    const told = { asking: say.party_asking, consented: say.party_consented, declined: say.party_declined, placed: say.party_placed }[one.state];
    return h("div", { class: "card" }, h("p", {}, filled(say.party, one)), told ? h("p", { role: "status" }, h("b", {}, told)) : null,
      ["", "declined"].includes(one.state) ? button(`ask-${one.id}`, say.party_ask, () => give("party", { party: one.id, what: "ask" })) : null,
      one.state === "asking" ? button(`see-${one.id}`, say.party_see, () => give("party", { party: one.id, what: "see" })) : null);
  }

  function discussing() {
    const { topic } = meeting;
    const open = ["first", "second"].includes(topic.vote), shut = topic.vote.endsWith("closing");
    const fact = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, String(value)));
    const facts = topic.voted == null ? null : h("dl", { class: "facts" }, fact(say.voted, topic.voted), fact(say.missing, topic.of - topic.voted));
    const moves = [];
    if (topic.vote === "" && !topic.by_hand) moves.push(button("open", say.open_first, () => give("open"), "main"));
    if (topic.vote === "first-closed") moves.push(button("open", say.open_second, () => give("open"), "main"));
    if (open) moves.push(button("close", say.close_vote, () => give("close"), "main"));
    if (shut) moves.push(h("p", { role: "status" }, say.closing));
    const can = (topic.vote === "first-closed" && !topic.shown) || (topic.vote === "second-closed" && !topic.all_shown && topic.voted != null);
    if (can && !topic.by_hand) {
      const text = topic.vote === "first-closed" ? [say.reveal_means, say.reveal_early] : [say.reveal_means];
      moves.push(button("reveal", say.reveal, () => ask(say.reveal_ask, say, () => give("reveal"), false, text), topic.vote === "second-closed" ? "main" : ""));
    }
    if (topic.vote && !shut && can) moves.push(button("void", say.void, () => reason("void", {}, say.void)));
    const cards = topic.vote === "" ? h("details", {}, h("summary", {}, say.cards),
      box("first", say.cards_before, `${topic.id} first`, "", { own: false }), box("second", say.cards_after, `${topic.id} second`, "", { own: false }),
      button("cards", say.keep, () => give("cards", { first: draft(`${topic.id} first`), second: draft(`${topic.id} second`) }))) : null;
    const questions = h("fieldset", { class: "field stack" }, h("legend", {}, say.question), topic.questions.map((text, i) =>
      h("label", { class: "opt" }, h("input", { type: "radio", name: "question", "data-name": `question-${i}`, checked: i === topic.question,
        change: () => give("question", { question: i }) }), text)));
    const clock = h("div", { class: "field" }, ticking(topic.clock),
      button("clock", topic.clock.running ? say.pause : say.start, () => give("clock", { what: topic.clock.running ? "pause" : "start" })),
      often(button("longer", say.more, () => give("clock", { what: "add", seconds: 120 }))));
    return [facts, open ? h("p", { class: "quiet" }, say.go_on) : null, h("div", { class: "turn" }, moves), cards,
      open || shut ? null : clock, open || shut ? null : questions, !open && topic.hint ? h("p", { class: "quiet" }, h("b", {}, say.perhaps), `: ${topic.hint}`) : null,
      open || shut ? null : agreeing(topic), open || shut ? null : adding(topic),
      h("div", { class: "turn" }, button("agenda", say.to_agenda, () => give("agenda"), "", open || shut),
        button("skip", say.skip, () => give("skip"), "", open || shut), button("to-actions", say.to_actions, () => give("actions"), "main", open || shut))];
  }

  function agreeing(topic) {
    const placing = meeting.parties.filter((one) => ["consented", "placed"].includes(one.state));
    const key = (name) => `${topic.id} ${scopeOf()} ${name}`;
    const whoKey = `${topic.id} who`, tableKey = `${topic.id} table`;
    const scopeOf = () => { const who = draft(whoKey, "room"); return who === "table" ? `table:${draft(tableKey, "1")}` : who; };
    const kept = topic.records.find((one) => one.scope === scopeOf()) ?? { level: null, evidence: "", shift: "", views: "", locked: false };
    const who = (value, text) => h("label", { class: "opt" }, h("input", { type: "radio", name: "who", "data-name": `who-${value}`,
      checked: draft(whoKey, "room") === value, change: () => { drafts.set(whoKey, value); again(); } }), text);
    const level = Number(draft(key("level"), String(kept.level ?? "")) || 0);
    const pick = (value, text) => h("label", { class: "opt" }, h("input", { type: "radio", name: "agreed-level", "data-name": `level-${value}`,
      disabled: kept.locked, checked: level === value && (value > 0 || drafts.has(key("level")) || Boolean(kept.views)), change: () => drafts.set(key("level"), String(value)) }), text);
    const fields = () => ({ scope: scopeOf(), level: Number(draft(key("level"), String(kept.level ?? "")) || 0), evidence: draft(key("evidence"), kept.evidence),
      shift: draft(key("shift"), kept.shift), views: draft(key("views"), kept.views) });
    const writing = kept.locked ? [h("p", { class: "note" }, `${say.is_locked}: ${kept.level ?? ""} ${kept.evidence} ${kept.views}`)] : [
      h("fieldset", { class: "field stack" }, h("legend", {}, say.level), topic.levels.map((row) => pick(row.level, `${row.level} ${row.name}`)), pick(0, say.no_level)),
      box("evidence", say.evidence, key("evidence"), kept.evidence, { rows: 3, help: say.evidence_help }),
      box("shift", say.shift, key("shift"), kept.shift, { rows: 2 }), box("views", say.views, key("views"), kept.views, { rows: 2 })];
    return h("section", { class: "card block" }, h("h2", {}, say.agreed),
      h("fieldset", { class: "field" }, h("legend", {}, say.who), who("room", say.room), who("table", say.table),
        placing.map((one) => who(`party:${one.id}`, one.name)), draft(whoKey) === "table" ? box("table", say.table_name, tableKey, "1") : null),
      ...writing, h("div", { class: "turn" },
        kept.locked ? button("unlock", say.unlock, () => reason("agree", { ...fields(), what: "draft" }, say.unlock))
          : [button("draft", say.draft, () => give("agree", { ...fields(), what: "draft" })), button("lock", say.lock, () => give("agree", { ...fields(), what: "lock" }), "main")]));
  }

  function adding(topic) {
    const key = (name) => `${topic.id} action ${name}`;
    const known = topic.advised.length ? h("p", { class: "field stack" }, h("label", { for: "library" }, say.from_library),
      h("select", { id: "library", "data-name": "library", change: (event) => {
        const one = topic.advised.find((row) => row.id === event.target.value);
        if (one) { for (const name of ["what", "owner", "horizon", "sign"]) drafts.set(key(name), one[name]); again(); }
      } }, h("option", { value: "" }, "–"), topic.advised.map((one) => h("option", { value: one.id }, one.what)))) : null;
    const owners = h("datalist", { id: "owners" }, meeting.owners.map((name) => h("option", { value: name })));
    const owner = box("owner", say.owner, key("owner"));
    owner.querySelector("input").setAttribute("list", "owners");
    const horizons = h("fieldset", { class: "field" }, h("legend", {}, say.horizon), meeting.horizons.map((one) => h("label", { class: "opt" },
      h("input", { type: "radio", name: "horizon", "data-name": `horizon-${one.id}`, checked: draft(key("horizon")) === one.id, change: () => drafts.set(key("horizon"), one.id) }), one.name)));
    return h("section", { class: "card block" }, h("h2", {}, say.new_action), known, box("what", say.what, key("what"), "", { rows: 2 }), owners, owner,
      box("due", say.due, key("due"), "", { own: false }), horizons, box("sign", say.sign, key("sign")),
      h("div", { class: "turn" }, button("action", say.add_action, () => {
        const fields = Object.fromEntries(["what", "owner", "due", "horizon", "sign"].map((name) => [name, draft(key(name))]));
        give("action", { ...fields, topic: topic.id }, () => {
          // What was typed meanwhile stays.
          for (const [name, text] of Object.entries(fields)) if (draft(key(name)) === text) drafts.delete(key(name));
        });
      }, "main")));
  }

  function acting() {
    const rows = (meeting.actions ?? []).map((one) => h("li", { class: "row" }, h("div", {}, h("b", {}, one.what),
      h("p", { class: "quiet" }, [one.subject, one.owner, one.due, one.horizon].filter(Boolean).join(" · "))),
      one.dropped ? null : button(`drop-${one.id}`, say.drop, () => reason("drop", { id: one.id }, say.drop))));
    return [h("ul", { class: "plan" }, rows), h("div", { class: "turn" }, button("agenda", say.to_agenda, () => give("agenda")))];
  }
}
