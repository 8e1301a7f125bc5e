// Whoever leads the room: totals, what wall and phones show, and the next step. Revealing asks first.
// The same in the room's own page and in a notebook: `open` gives a line to the room.

import { filled, h, singly } from "./shared.js";
import { picture, screen } from "./screen.js";
import { heading, leading } from "./lead.js";
import { pointed, pointing } from "./names.js";

export function panel(main, open, { whole = false } = {}) {
  let state = null, said = "", connected = false;
  // Commands go one at a time, each with a mark of its own and on the picture that stands then: so none is
  // taken for another host's on an old picture. One whose reply was lost with its line is said again on the
  // next, and the room carries it out once; not after a while, and never what cannot be taken back.
  let owed = null, queue = [], fresh = false;
  let asked = null; // the picture on which an open dialog asks: what is final is about that one
  let passing = false; // what was refused may be tried again in a moment
  const FINAL = ["reveal", "void", "end"], SOON = 10000;
  const late = () => performance.now() - owed.since > SOON;
  const mark = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (one) => one.toString(16).padStart(2, "0")).join("");

  /** Give a command; `then` is called when it was carried out. */
  function command(given, then = null) {
    // Longer than anything that is taken: it is refused, and stands in its field still.
    const message = Object.fromEntries(Object.entries(given).map(([name, one]) => [name, typeof one === "string" ? one.slice(0, 1000) : one]));
    said = "";
    passing = false;
    if (owed && late()) owed = null;
    const same = (one) => JSON.stringify(one.message) === JSON.stringify(message);
    const twice = (owed && same(owed)) || queue.some(same);
    // Clicked twice, before a reply; what adds to something is meant as often as it is pressed.
    if (state.revealing || (twice && message.what !== "add")) return;
    queue.push({ message, then, rev: FINAL.includes(message.do) ? asked?.rev : null });
    next();
  }
  function next() {
    if (owed || !queue.length) return;
    owed = queue.shift();
    owed.full = { ...owed.message, rev: owed.rev ?? state.rev, stamp: mark() };
    owed.since = performance.now();
    wire.send(owed.full);
  }
  /** The room has replied to the command that was given. */
  function settled(message) {
    if (!owed || owed.full.stamp !== message.stamp) return false;
    const { then, full } = owed;
    owed = null;
    if (message.type === "refused") { queue = []; return true; }
    if (asked?.rev === full.rev) asked.rev = message.rev ?? asked.rev; // one's own change is no other's
    then?.();
    next();
    return true;
  }
  /** After a line that broke: say it again, or that it did not come. */
  function comeBack() {
    if (!owed) return;
    const final = FINAL.includes(owed.message.do);
    if (!final && !late()) return wire.send(owed.full);
    if (!state.revealing && owed.full.rev === state.rev) said = state.ui.not_got;
    owed = null;
  }

  singly(main);
  const wire = open({
    up: () => { connected = true; fresh = true; },
    down: () => { connected = false; queue = []; draw(); },
    came(message) {
      if (message.type === "refused" && !message.why) {
        wire.end();
        main.replaceChildren(h("p", { class: "lead" }, message.said));
        return;
      }
      if (message.type === "names") return pointed(message);
      const mine = ["done", "refused", "chairs", "code"].includes(message.type) && settled(message);
      if (message.type === "chairs") return mine && !main.querySelector("dialog") ? lost(message) : null;
      if (message.type === "code") return drawn(message);
      // What was refused is said until something else is tried: what the room tells meanwhile is no answer to it.
      if (message.type === "refused") { said = message.why; passing = message.passing === true; }
      if (message.type === "state") {
        if (passing && !message.revealing) { said = ""; passing = false; }
        state = message;
        if (fresh) comeBack();
        fresh = false;
      }
      draw();
    },
  });

  const give = (what, reason = "") => command({ type: "command", do: what, reason });
  /** A command of the meeting. */
  const meet = (what, fields = {}, then = null) => command({ type: "meeting", do: what, ...fields }, then);

  /** Open a dialog: what is chosen in it is about what is seen now. */
  function over(dialog) {
    main.querySelector("dialog")?.remove();
    const seen = asked ??= { rev: state.rev };
    main.append(dialog);
    dialog.addEventListener("close", () => { if (asked === seen) asked = null; dialog.remove(); draw(); });
    dialog.showModal();
  }

  const beneath = () => pointing((message) => wire.send(message), state.ui);
  /** The field of a reason, which is kept as it is written. */
  const whyField = (longest) => h("input", { id: "why", type: "text", maxlength: longest, autocomplete: "off" });
  const whyLine = (why, label) => (why ? h("p", { class: "field stack" }, h("label", { for: "why" }, label), why, beneath()(why, "why-names")) : null);

  /** A question before what is public or needs a reason. */
  function question(title, say, done, reason, means = []) {
    const why = reason ? whyField("400") : null;
    const dialog = h("dialog", { "aria-labelledby": "asked" }, h("h2", { id: "asked" }, title), means.map((text) => h("p", {}, text)),
      whyLine(why, say.why),
      h("div", { class: "turn" }, button(say.cancel, () => dialog.close()),
        button(say.sure, () => { done(why?.value ?? ""); dialog.close(); }, "main")));
    over(dialog);
  }

  const button = (text, click, kind = "") => h("button", { type: "button", class: `button ${kind}`, click }, text);

  const named = (name, node) => { node.dataset.name = name; return node; };

  /** Taking everything back is asked twice: the second time it says of how many. */
  function twice(what, why) {
    const { ui, taken } = state;
    question(filled(ui[`${what}_sure_ask`][taken === 1 ? "one" : "other"], { n: taken }), { cancel: ui.no, sure: ui[`${what}_sure_do`] },
      () => give(what, why), false, [ui[`${what}_sure_means1`]]);
  }

  /** A new code in place of a lost one: asked for here, shown here once, and kept nowhere. */
  function lost(chairs) {
    const { ui } = state;
    const code = h("input", { id: "lost", type: "text", maxlength: "30", autocomplete: "off", "aria-describedby": "lost-help", spellcheck: "false" });
    const erase = h("input", { id: "lost-erase", type: "checkbox" });
    const pick = (id, list) => h("select", { id }, list.length > 1 ? h("option", { value: "" }, "–") : null, list.map((one) => h("option", { value: one.id }, one.name)));
    const role = pick("lost-role", chairs.roles), unit = pick("lost-unit", chairs.units);
    const dialog = h("dialog", { "aria-labelledby": "asked" }, h("h2", { id: "asked" }, ui.lost), h("p", {}, ui.lost_means1),
      h("p", { class: "field stack" }, h("label", { for: "lost" }, ui.lost_code), code, h("span", { id: "lost-help", class: "quiet" }, ui.lost_code_help)),
      chairs.erase ? h("label", { class: "opt" }, erase, ui.lost_erase) : null,
      h("fieldset", { class: "field stack" }, h("legend", {}, ui.lost_else), h("label", { for: "lost-role" }, ui.lost_role), role,
        chairs.units.length > 1 ? [h("label", { for: "lost-unit" }, ui.lost_unit), unit] : null),
      h("div", { class: "turn" }, button(ui.lost_close, () => dialog.close()), button(ui.lost_draw, () => {
        const fields = { lost: code.value, perspective: role.value, unit: unit.value, erase: Number(erase.checked && Boolean(code.value)) };
        command({ type: "code", ...fields });
        dialog.close();
      }, "main")));
    over(dialog);
  }
  function drawn(message) {
    const { ui } = state;
    const dialog = h("dialog", { "aria-labelledby": "asked" }, h("h2", { id: "asked" }, ui.lost_new), h("p", {}, message.whose),
      h("div", { class: "join" }, picture(message.qr, ui.join_qr), h("div", {}, h("p", { class: "code", translate: "no" }, message.code),
        h("p", { class: "quiet", translate: "no" }, message.address))),
      h("p", {}, ui.lost_show), message.void ? h("p", {}, ui.lost_void) : null,
      h("div", { class: "turn" }, button(ui.lost_close, () => dialog.close(), "main")));
    over(dialog);
  }

  /** A question before what cannot be taken back. */
  function ask(what, { reason = false, again = false } = {}) {
    const { ui } = state;
    const why = reason ? whyField("500") : null;
    const dialog = h("dialog", { "aria-labelledby": "asked" }, h("h2", { id: "asked" }, ui[`${what}_ask`]),
      [1, 2, 3].map((i) => ui[`${what}_means${i}`]).filter(Boolean).map((text) => h("p", {}, text)),
      whyLine(why, ui.why),
      h("div", { class: "turn" }, button(ui.no, () => dialog.close()),
        button(again ? ui[`${what}_go_on`] : ui[`${what}_do`], () => {
          const text = why?.value ?? "";
          if (again) return twice(what, text);
          give(what, text);
          dialog.close();
        }, "main")));
    over(dialog);
  }

  function draw() {
    if (!state) return;
    if (main.querySelector("dialog[open]")) return; // somebody is deciding, also while the line is down for a moment
    const { ui, step, count, allowed } = state;
    const focused = main.getRootNode().activeElement?.dataset?.name;
    main.lang = state.language;
    if (whole) {
      document.documentElement.lang = state.language;
      document.title = ui.host;
    }
    const fact = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
    // A meeting without the questionnaire has one round behind it that nobody answered.
    const moves = allowed.filter((what) => !state.meeting.running || what === "end").map((what) => {
      const asks = { reopen: { reason: true }, void: { reason: true, again: true } };
      return named(what, button(ui[`${what}_do`], () => ask(what, asks[what]), ["reopen", "void", "end"].includes(what) ? "" : "main"));
    });
    const shows = state.showable.length < 2 ? null : h("fieldset", { class: "field" }, h("legend", {}, ui.wall_shows),
      state.showable.map((what) => h("label", { class: "opt" },
        h("input", { type: "radio", name: "shows", value: what, "data-name": `show-${what}`, checked: state.shows === what,
                     change: () => command({ type: "show", what }) }), ui[`wall_${what}`])));
    const meeting = state.meeting.running && step !== "ended";
    const lead = step === "ended" ? [] : leading(state, meet, question, draw, beneath());
    const { reach } = state;
    const early = state.begun === 0; // until somebody answers it is what comes next
    const check = step !== "open" || meeting ? null : h("section", { class: "reach", "aria-labelledby": "reach" },
      h("h2", { id: "reach" }, ui.reach),
      h("p", { role: "status", class: `verdict ${{ line: "good", page: "bad", none: "bad" }[reach.found] ?? ""}` }, ui[`reach_${reach.found}`]),
      reach.address ? h("div", { class: "join" }, picture(reach.qr, ui.join_qr), h("p", { class: "code", translate: "no" }, reach.address)) : null,
      ["none", "page"].includes(reach.found) ? h("ol", {}, [1, 2, 3, 4, 5].map((i) => h("li", {}, ui[`reach_do${i}`]))) : null,
      reach.found === "asking" ? null : named("reach", button(ui[reach.found === "idle" ? "reach_do" : "reach_again"], () => command({ type: "reach" }))));
    const spare = state.coded && step !== "ended" ? h("section", { "aria-labelledby": "spare" }, h("h2", { id: "spare" }, ui.lost), h("div", { class: "turn" }, named("lost", button(ui.lost_do, () => command({ type: "chairs" }))))) : null;
    const wall = h("div", { class: "small", "aria-hidden": "true", inert: true }, ...screen(state.wall));
    const place = main.getRootNode().activeElement?.selectionStart;
    main.replaceChildren(...[
      h("header", {}, h("p", { class: "quiet" }, `${state.client} · ${state.wave}`), h("h1", {}, meeting ? heading(state) : ui[`is_${step}`]),
        connected ? null : h("p", { class: "note bad", role: "alert" }, ui.server_away),
        state.revealing ? h("p", { class: "note", role: "status" }, ui.revealing) : null,
        state.unsaved ? h("p", { class: "note bad", role: "status" }, ui.unsaved) : null,
        said ? h("p", { class: "note bad", role: "alert" }, said) : null),
      meeting ? null : h("dl", { class: "facts" }, fact(ui.phones, String(state.phones)), fact(ui.begun, String(state.begun)),
        state.late ? fact(ui.were_late, String(state.late)) : null,
        fact(ui.done, count.of == null ? String(count.done) : filled(ui.of, count))),
      meeting ? null : h("dl", { class: "sees" }, h("div", {}, h("dt", {}, ui.on_wall), h("dd", {}, ui[`wall_${state.shows}`])),
        h("div", {}, h("dt", {}, ui.on_phones), h("dd", {}, ui[`phones_${step}`]))),
      ...[early && check, meeting ? null : shows, wall, ...lead, h("div", { class: "turn" }, moves), !early && check, spare]].flat().filter(Boolean));
    const again = focused ? main.querySelector(`[data-name="${focused}"]`) : null;
    again?.focus();
    if (again?.setSelectionRange && place != null && again.type !== "number" && again.type !== "radio") again.setSelectionRange(place, place);
  }
}
