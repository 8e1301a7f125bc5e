// Whoever leads the room: totals, what wall and phones show, and the next step. Revealing asks first.
// The same in the room's own page and in a notebook: `open` gives a line to the room.

import { filled, h } from "./shared.js";
import { picture, screen } from "./screen.js";
import { heading, leading } from "./lead.js";

export function panel(main, open, { whole = false } = {}) {
  let state = null, said = "", connected = false, taken = null, pending = null, queue = [];
  // A command that went into a line that was dead is given again on the next, if the room stands where it stood
  // and that is not long ago; what cannot be taken back never is.
  let owed = null, since = 0, fresh = false;
  const FINAL = ["reveal", "void", "end"], SOON = 10000;
  function command(message) {
    owed = FINAL.includes(message.do) ? null : message;
    since = performance.now();
    wire.send(message);
  }

  const wire = open({
    up: () => { connected = true; fresh = true; },
    down: () => { connected = false; pending = null; queue = []; draw(); },
    came(message) {
      if (message.type === "refused" && !message.why) {
        wire.end();
        main.replaceChildren(h("p", { class: "lead" }, "403"));
        return;
      }
      if (message.type === "chairs") return lost(message);
      if (message.type === "code") return drawn(message);
      if (message.type === "refused") { owed = null; said = message.why; taken = null; pending = null; queue = []; return draw(); }
      if (state && message.rev !== state.rev) {
        said = "";
        taken?.();
        taken = null;
      }
      const again = fresh && owed?.rev === message.rev && performance.now() - since < SOON ? owed : null;
      fresh = false;
      owed = again;
      state = message;
      if (again) {
        pending = again.type === "meeting" ? again.rev : null;
        wire.send(again);
      }
      if (pending != null && message.rev !== pending) settled();
      draw();
    },
  });

  const give = (what, reason = "") => {
    said = "";
    command({ type: "command", do: what, rev: state.rev, reason });
  };

  /** A command of the meeting; `then` is called when it was taken. */
  const meet = (what, fields = {}, then = null) => {
    said = "";
    // One at a time: a second click must not be taken for another host's on an old picture.
    if (pending != null) return queue.push([what, fields, then]);
    taken = then;
    pending = state.rev;
    command({ type: "meeting", do: what, rev: state.rev, ...fields });
  };
  function settled() {
    pending = null;
    const next = queue.shift();
    if (next) meet(...next);
  }

  /** A question before what is public or needs a reason. */
  function question(title, say, done, reason, means = []) {
    const why = reason ? h("input", { id: "why", type: "text", maxlength: "400", autocomplete: "off" }) : null;
    const dialog = h("dialog", { "aria-labelledby": "asked" }, h("h2", { id: "asked" }, title), means.map((text) => h("p", {}, text)),
      why ? h("p", { class: "field" }, h("label", { for: "why" }, say.why), why) : null,
      h("div", { class: "turn" }, button(say.cancel, () => dialog.close()),
        button(say.sure, () => { const text = why?.value ?? ""; dialog.close(); done(text); }, "main")));
    main.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); draw(); });
    dialog.showModal();
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
        dialog.remove();
        said = "";
        wire.send({ type: "code", ...fields });
        draw();
      }, "main")));
    main.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); draw(); });
    dialog.showModal();
  }
  function drawn(message) {
    const { ui } = state;
    const dialog = h("dialog", { "aria-labelledby": "asked" }, h("h2", { id: "asked" }, ui.lost_new), h("p", {}, message.whose),
      h("div", { class: "join" }, picture(message.qr, ui.join_qr), h("div", {}, h("p", { class: "code", translate: "no" }, message.code),
        h("p", { class: "quiet", translate: "no" }, message.address))),
      h("p", {}, ui.lost_show), message.void ? h("p", {}, ui.lost_void) : null,
      h("div", { class: "turn" }, button(ui.lost_close, () => dialog.close(), "main")));
    main.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); draw(); });
    dialog.showModal();
  }

  /** A question before what cannot be taken back. */
  function ask(what, { reason = false, again = false } = {}) {
    const { ui } = state;
    const why = reason ? h("input", { id: "why", type: "text", maxlength: "500", autocomplete: "off" }) : null;
    const dialog = h("dialog", { "aria-labelledby": "asked" }, h("h2", { id: "asked" }, ui[`${what}_ask`]),
      [1, 2, 3].map((i) => ui[`${what}_means${i}`]).filter(Boolean).map((text) => h("p", {}, text)),
      why ? h("p", { class: "field" }, h("label", { for: "why" }, ui.why), why) : null,
      h("div", { class: "turn" }, button(ui.no, () => { dialog.remove(); draw(); }),
        button(again ? ui[`${what}_go_on`] : ui[`${what}_do`], () => {
          const text = why?.value ?? "";
          dialog.remove();
          if (again) twice(what, text);
          else give(what, text);
          draw();
        }, "main")));
    main.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); draw(); });
    dialog.showModal();
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
      return named(what, button(ui[`${what}_do`], () => ask(what, asks[what]), ["void", "end"].includes(what) ? "" : "main"));
    });
    const shows = state.showable.length < 2 ? null : h("fieldset", { class: "field" }, h("legend", {}, ui.wall_shows),
      state.showable.map((what) => h("label", { class: "opt" },
        h("input", { type: "radio", name: "shows", value: what, "data-name": `show-${what}`, checked: state.shows === what,
                     change: () => wire.send({ type: "show", what, rev: state.rev }) }), ui[`wall_${what}`])));
    const meeting = state.meeting.running && step !== "ended";
    const lead = step === "ended" ? [] : leading(state, meet, question, draw);
    const { reach } = state;
    const early = state.begun === 0; // until somebody answers it is what comes next
    const check = step !== "open" || meeting ? null : h("section", { class: "reach", "aria-labelledby": "reach" },
      h("h2", { id: "reach" }, ui.reach),
      h("p", { role: "status", class: `verdict ${{ line: "good", page: "bad", none: "bad" }[reach.found] ?? ""}` }, ui[`reach_${reach.found}`]),
      reach.address ? h("div", { class: "join" }, picture(reach.qr, ui.join_qr), h("p", { class: "code", translate: "no" }, reach.address)) : null,
      ["none", "page"].includes(reach.found) ? h("ol", {}, [1, 2, 3, 4, 5].map((i) => h("li", {}, ui[`reach_do${i}`]))) : null,
      reach.found === "asking" ? null : named("reach", button(ui[reach.found === "idle" ? "reach_do" : "reach_again"], () => wire.send({ type: "reach" }))));
    const spare = state.coded && step !== "ended" ? h("section", { "aria-labelledby": "spare" }, h("h2", { id: "spare" }, ui.lost), h("div", { class: "turn" }, named("lost", button(ui.lost_do, () => wire.send({ type: "chairs" }))))) : null;
    const wall = h("div", { class: "small", "aria-hidden": "true", inert: true }, ...screen(state.wall));
    const place = main.getRootNode().activeElement?.selectionStart;
    main.replaceChildren(...[
      h("header", {}, h("p", { class: "quiet" }, `${state.client} · ${state.wave}`), h("h1", {}, meeting ? heading(state) : ui[`is_${step}`]),
        connected ? null : h("p", { class: "note bad", role: "alert" }, ui.server_away),
        state.revealing ? h("p", { class: "note", role: "status" }, ui.revealing) : null,
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
