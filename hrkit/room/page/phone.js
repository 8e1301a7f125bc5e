// A phone in the room: the same form as in a notebook, on a line that may break. What was answered
// and not yet confirmed stays on the phone, visibly, and is sent when the line is back.

import questionnaire from "./questionnaire.js";
import { line } from "./line.js";
import { filled, h, memory } from "./shared.js";
import { voting } from "./vote.js";
import { screen } from "./screen.js";

const main = document.getElementById("main");
const net = document.getElementById("net");
const kept = memory("room");
const SLOW = 600; // ms after which the page says that something is on its way
const LIKE = /^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{2}$/i; // the code of a slip
const RETRY = 5000; // ms until an answer that could not be kept is sent again
const PATIENT = 3000; // ms without a reply before an answer counts as kept on this phone

let view = ""; // the form's own name for this page; it may have changed by a reload
let code = "";
let joined = false; // the form is open under a code
let connected = false;
let waiting = load(); // answers on their way: key → message
const timers = new Map();
let hear = () => {};
let facts = {}; // tier and pair, as they were chosen here
let round = kept.get("round"); // of which is what is kept here
let room = null; // the last that was said of the room
let asked = null; // a resume of ours whose reply the form must not see
let language = kept.get("language") ?? "";
let noted = false; // the room knows that this one was not done
let again = null; // the next try of a resume that came too often

function load() {
  try { return new Map(JSON.parse(kept.get("waiting") ?? "[]")); } catch { return new Map(); }
}
const store = () => (waiting.size && own ? kept.set("waiting", JSON.stringify([...waiting])) : kept.drop("waiting"));

/** The code of a slip stands in the link's fragment: no server and no log ever sees it there. */
function fromLink() {
  if (location.hash.length < 2) return "";
  const found = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  // Whatever else somebody opens here, a key of the host's too, is no code and not remembered.
  return LIKE.test(found) ? found : "";
}
let slip = fromLink() || (kept.get("slip") ?? "");
// Whoever came with a slip holds a phone of their own. On a machine that goes round, whoever sits
// down next must not find the last person's answers: there nothing is remembered.
let own = Boolean(slip) || kept.get("own") === "yes";
// Whoever is here with a slip for the first time reads what becomes of the answers before any is given.
let reading = Boolean(slip) && slip !== kept.get("code");
if (reading) {
  kept.set("slip", slip); // it stands in no address any more, should the page be loaded anew
  // Another slip, another person: nothing of the last one is left on this phone.
  waiting.clear();
  store();
  kept.drop("code");
  memory("vote").drop("vote");
}

// ------------------------------------------------------------------- what the form talks to

const model = {
  keeps: true,
  single: true,
  get: () => {
    const words = JSON.parse(document.body.dataset.opening);
    const mine = [language, navigator.language.slice(0, 2)].find((one) => words[one]) ?? Object.keys(words)[0];
    return words[mine];
  },
  on: (_, listener) => { hear = listener; },
  off: () => {},
  send: fromForm,
};

function fromForm(message) {
  view = message.view;
  if (message.language && message.language !== language) kept.set("language", (language = message.language));
  if (message.type === "answer") {
    waiting.set(message.key, message);
    store();
    if (connected && joined) deliver(message);
    else mark(message.key, "kept");
    setTimeout(status, SLOW);
    return;
  }
  if (message.type === "leave") forget();
  if (message.tier != null) facts = { tier: message.tier, pair: message.pair };
  wire.send(message);
}

function deliver(message) {
  clearTimeout(timers.get(message.key));
  timers.set(message.key, setTimeout(() => { mark(message.key, "kept"); wire.ask(); }, PATIENT));
  wire.send({ ...message, view });
}

/** Tell the form that an answer is on this phone only. */
function mark(key, state) {
  const message = waiting.get(key);
  if (message) hear({ type: state, view, key, stamp: message.stamp });
  status();
}

function forget() {
  votes.forget();
  waiting.clear();
  store();
  kept.drop("code");
  kept.drop("slip");
  kept.drop("own");
  own = reading = false;
  slip = "";
  facts = {};
  code = "";
  joined = false;
}

// ---------------------------------------------------------------------------- the line

const wire = line("/phone/line", { came, up, down });

function up() {
  connected = true;
  clearTimeout(again);
  if (view) comeBack();
  status();
}

function down() {
  connected = false;
  clearTimeout(again);
  for (const key of waiting.keys()) mark(key, "kept");
  status();
}

/** The code that opens this page: once it is open, its own. */
const whose = () => (joined ? code : slip || (own ? kept.get("code") : null));

/** The line is new and the server does not know this page: the code says who it is. */
function comeBack() {
  if (!joined) return wire.send({ type: "hello", view, language });
  asked = "quietly";
  wire.send({ type: "hello", view, language });
}

/** Go on at once with the code that this phone has. */
function enter() {
  reading = false;
  asked = "at first";
  wire.send({ type: "resume", view, language, code: whose(), ...facts });
}

function came(message) {
  if (message.type === "room") return told(message);
  if (message.type === "noted") { noted = true; return draw(); }
  if (message.type === "wall") return look(message.show);
  if (message.type === "got" || message.type === "missed") return votes.heard(message);
  if (message.view !== view) return;
  if (["saved", "error", "stale"].includes(message.type)) {
    const mine = waiting.get(message.key);
    clearTimeout(timers.get(message.key));
    // An error that may pass is tried again when the line is next up; what was refused for good is not kept.
    if (mine && mine.stamp === message.stamp && (message.type !== "error" || message.final)) {
      waiting.delete(message.key);
      store();
    }
    if (mine && message.type === "error" && !message.final) {
      // The disk of the room was full, or busy: once that is over nobody has to do anything.
      timers.set(message.key, setTimeout(() => { if (waiting.get(message.key) === mine && connected && joined) deliver(mine); }, RETRY));
    }
    hear(message);
    return status();
  }
  if (message.type === "welcome") {
    // A phone speaks its owner's language, where the questionnaire does.
    if (message.pages[language]) message.language = language;
    own ||= message.pages[message.language].coded === true;
    const mine = whose();
    if (asked === "quietly") wire.send({ type: "resume", view, language, code: mine, ...facts });
    else {
      if (reading) message.slip = slip;
      hear(message);
      if (mine && !reading && !message.pages[message.language].closed) enter();
    }
    return;
  }
  if (message.type === "opened") {
    ({ code } = message);
    kept.drop("slip");
    reading = false;
    if (own) {
      kept.set("code", code);
      kept.set("own", "yes");
    }
    joined = true;
    const silent = asked === "quietly";
    asked = null;
    if (!silent) {
      for (const [key, one] of waiting) {
        if (one.value == null) delete message.answers[key];
        else message.answers[key] = one.value;
      }
      hear(message);
    }
    for (const one of waiting.values()) deliver(one);
    votes.again();
    if (room) draw();
    return status();
  }
  if (message.type === "needs") asked = null;
  if (message.type === "refused" && asked && message.again) {
    // Nobody said that the code is wrong, only that too many were tried: it is tried again.
    again = setTimeout(() => wire.send({ type: "resume", view, language, code: whose(), ...facts }), message.again * 1000);
    return;
  }
  if (message.type === "refused" && asked) {
    const first = asked === "at first";
    asked = null;
    if (first) kept.drop("code");
  }
  hear(message);
}

// --------------------------------------------------------------------- what the room says

function told(message) {
  const before = room?.step;
  // Whoever reads the wall here goes on seeing what stands there.
  if (before && room.rev !== message.rev && document.getElementById("look")) wire.send({ type: "wall", language });
  if (message.round !== round) {
    // All that was answered was taken back: what this phone kept of it goes, and an open form begins anew.
    const old = round != null;
    kept.set("round", (round = message.round));
    if (old) {
      waiting.clear();
      store();
      if (joined) {
        // No reload: a phone that came back just now may wait long for a page.
        joined = false;
        asked = null;
        hear({ type: "anew", view });
      }
    }
  }
  if (message.step !== "closed") noted = false;
  room = { ...room, ...message }; // words come once, totals alone afterwards
  if (message.step === "closing") for (const one of waiting.values()) deliver(one);
  // Closed: own answers are there to be read. What was being written is sent first.
  const shut = { open: "", ended: "over" }[message.step] ?? "closed";
  if (view) hear({ type: "shut", view, how: shut });
  if (message.step === "ended") votes.forget();
  if (message.step === "ended" || ["closed", "released", "void"].includes(message.step)) settle();
  // Nothing of the questionnaire is answered any more: whoever comes with a slip is let in.
  if (reading && view && (room.meeting || room.step !== "open")) enter();
  // Who has not joined yet still needs the welcome, also when the meeting is under way.
  const meets = room.meeting && joined;
  el.hidden = Boolean(meets) || message.step === "void";
  // On a new line the room sees a stranger until the code is said: what that gets is none of this phone's,
  // and a vote that waits here is still its own.
  if (asked !== "quietly") votes.tell(meets ? { ...room.meeting, say: room.say } : null);
  status();
  draw();
  // Nothing can be answered any more: what is said of that stands at the top.
  if (["open", "closing"].includes(before) && !["open", "closing"].includes(room.step)) scrollTo({ top: 0 });
}

/** Nothing that is still here can be taken any more. */
function settle() {
  for (const [key, one] of waiting) {
    hear({ type: "error", view, key, stamp: one.stamp, message: room.ui.late, detail: "" });
  }
  waiting.clear();
  store();
}

function status() {
  const ui = room?.ui;
  if (!ui) return;
  const state = !connected ? "away" : waiting.size ? "sending" : joined && room.step !== "void" ? "saved" : "";
  net.dataset.state = state;
  net.textContent = state && filled(ui[state], { n: waiting.size });
}

function draw() {
  const bar = document.getElementById("room") ?? main.appendChild(h("section", { id: "room", class: "room" }));
  const { ui, step, count } = room;
  document.title = ui.phone;
  document.getElementById("client").textContent = room.client;
  const meets = room.meeting && step !== "ended";
  const body = meets ? [] : [h("p", { role: "status" }, step === "open" ? count.said : ui[`is_${step}`])];
  if (step === "void" && !meets) body.unshift(h("h1", {}, ui.wall_void)); // the form with its title is hidden
  if (room.plain && !joined && step === "open") body.push(h("p", { class: "quiet" }, ui.plain));
  if (!meets && joined && step === "closed") {
    // Before anything is shown the round can still be opened again: who leads should know.
    body.push(h("button", { type: "button", class: "button", disabled: noted, click: () => wire.send({ type: "late", view, language }) }, ui.not_done));
    if (noted) body.push(h("p", { role: "status" }, ui.not_done_said));
  }
  if (!meets && joined && step === "released") body.push(h("p", {}, ui.next_round));
  if (meets || (step !== "open" && step !== "closing")) {
    body.push(h("button", { type: "button", class: "button", click: () => wire.send({ type: "wall", language }) }, ui.read));
  }
  bar.replaceChildren(...body);
  document.documentElement.lang = language || "en";
}

/** Exactly what stands on the wall, for whoever cannot read it from where they sit. */
function look(show) {
  const old = document.getElementById("look");
  const read = !old || old.contains(document.activeElement); // whoever is elsewhere stays there
  old?.remove();
  if (show.step === "meeting") {
    main.append(h("section", { id: "look", class: "room", tabindex: "-1" }, h("h2", {}, show.ui.on_wall), ...screen(show)));
    if (read) document.getElementById("look").focus({ preventScroll: Boolean(old) });
    return;
  }
  const rows = show.profile?.rows ?? [];
  const table = h("table", { class: "plain" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, show.ui.dimension),
      (show.profile?.groups ?? []).map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, rows.map((row) => h("tr", {},
      h("th", { scope: "row" }, row.name, h("span", { class: "hint" }, row.word)),
      row.values.map((value) => h("td", {}, value.text))))));
  const said = rows.length
    ? [table, h("p", { class: "quiet" }, `${show.profile.note} ${show.profile.hidden}`)]
    : [h("p", {}, show.profile?.nothing ?? show.ui[`wall_${show.step}`] ?? "")];
  main.append(h("section", { id: "look", class: "room", tabindex: "-1" }, h("h2", {}, show.ui.on_wall), ...said));
  if (read) document.getElementById("look").focus({ preventScroll: Boolean(old) });
}

const ballot = main.appendChild(h("div", { id: "ballot" }));
const votes = voting(ballot, (message) => wire.send({ ...message, view, language }));
const el = main.appendChild(h("div", {}));
questionnaire.render({ model, el });
