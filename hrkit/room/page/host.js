// Whoever leads the room: totals, what wall and phones show, and the next step. Revealing asks first.

import { filled, h, line, memory } from "./shared.js";
import { picture, screen } from "./screen.js";

const main = document.getElementById("main");
const kept = memory("host");
if (location.hash.length > 1) {
  kept.set("key", location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
let state = null, said = "", connected = false;

const wire = line("/host/line", {
  up: () => { connected = true; wire.send({ type: "hello", key: kept.get("key") ?? "", language: kept.get("language") ?? "" }); },
  down: () => { connected = false; draw(); },
  came(message) {
    if (message.type === "refused" && !message.why) {
      wire.end();
      main.replaceChildren(h("p", { class: "lead" }, "403"));
      return;
    }
    if (message.type === "refused") { said = message.why; return draw(); }
    if (state && message.rev !== state.rev) said = "";
    state = message;
    draw();
  },
});

const give = (what, reason = "") => {
  said = "";
  wire.send({ type: "command", do: what, rev: state.rev, reason });
};

const button = (text, click, kind = "") => h("button", { type: "button", class: `button ${kind}`, click }, text);

const named = (name, node) => { node.dataset.name = name; return node; };

/** A question before what cannot be taken back. */
function ask(what, { reason = false } = {}) {
  const { ui } = state;
  const why = reason ? h("input", { id: "why", type: "text", maxlength: "500", autocomplete: "off" }) : null;
  const dialog = h("dialog", { "aria-labelledby": "asked" }, h("h2", { id: "asked" }, ui[`${what}_ask`]),
    [1, 2, 3].map((i) => ui[`${what}_means${i}`]).filter(Boolean).map((text) => h("p", {}, text)),
    why ? h("p", { class: "field" }, h("label", { for: "why" }, ui.why), why) : null,
    h("div", { class: "turn" }, button(ui.no, () => dialog.remove()),
      button(ui[`${what}_do`], () => { const text = why?.value ?? ""; dialog.remove(); give(what, text); }, "main")));
  main.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

function draw() {
  if (!state) return;
  if (main.querySelector("dialog[open]") && connected) return; // somebody is deciding
  const { ui, step, count, allowed } = state;
  const focused = document.activeElement?.dataset?.name;
  document.documentElement.lang = state.language;
  document.title = ui.host;
  const fact = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  const moves = allowed.map((what) => {
    const asks = { close: {}, reveal: {}, reopen: { reason: true }, end: {} };
    return named(what, button(ui[`${what}_do`], () => ask(what, asks[what]), what === "end" ? "" : "main"));
  });
  const shows = state.showable.length < 2 ? null : h("fieldset", { class: "field" }, h("legend", {}, ui.wall_shows),
    state.showable.map((what) => h("label", { class: "opt" },
      h("input", { type: "radio", name: "shows", value: what, "data-name": `show-${what}`, checked: state.shows === what,
                   change: () => wire.send({ type: "show", what, rev: state.rev }) }), ui[`wall_${what}`])));
  const { reach } = state;
  const early = state.begun === 0; // until somebody answers it is what comes next
  const check = step !== "open" ? null : h("section", { class: "reach", "aria-labelledby": "reach" },
    h("h2", { id: "reach" }, ui.reach),
    h("p", { role: "status", class: `verdict ${{ line: "good", page: "bad", none: "bad" }[reach.found] ?? ""}` }, ui[`reach_${reach.found}`]),
    reach.address ? h("div", { class: "join" }, picture(reach.qr, ui.join_qr), h("p", { class: "code", translate: "no" }, reach.address)) : null,
    ["none", "page"].includes(reach.found) ? h("ol", {}, [1, 2, 3, 4, 5].map((i) => h("li", {}, ui[`reach_do${i}`]))) : null,
    reach.found === "asking" ? null : named("reach", button(ui[reach.found === "idle" ? "reach_do" : "reach_again"], () => wire.send({ type: "reach" }))));
  const wall = h("div", { class: "small", "aria-hidden": "true", inert: true }, ...screen(state.wall));
  main.replaceChildren(
    h("header", {}, h("p", { class: "quiet" }, `${state.client} · ${state.wave}`), h("h1", {}, ui[`is_${step}`]),
      connected ? null : h("p", { class: "note bad", role: "alert" }, ui.server_away),
      said ? h("p", { class: "note bad", role: "alert" }, said) : null),
    h("dl", { class: "facts" }, fact(ui.phones, String(state.phones)), fact(ui.begun, String(state.begun)),
      fact(ui.done, count.of == null ? String(count.done) : filled(ui.of, count))),
    h("dl", { class: "sees" }, h("div", {}, h("dt", {}, ui.on_wall), h("dd", {}, ui[`wall_${state.shows}`])),
      h("div", {}, h("dt", {}, ui.on_phones), h("dd", {}, ui[`phones_${step}`]))),
    ...[early && check, shows].filter(Boolean), wall,
    h("div", { class: "turn" }, moves), ...[!early && check].filter(Boolean));
  if (focused) main.querySelector(`[data-name="${focused}"]`)?.focus();
}
