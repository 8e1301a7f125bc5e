// What all pages of the room share: a line to the server that comes back by itself, and elements
// whose text is text. Nothing is loaded from elsewhere; outside words never become HTML.

/** An element: attributes, listeners (functions) and children; strings become text nodes. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== ""));
  return node;
}

/** A text with its fields filled in. */
export const filled = (text, fields = {}) => text.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

const BEAT = 500; // ms between two looks at the line
const ASK = 2000; // ms of silence after which it is asked whether it is alive
const GRACE = 400; // ms that a line may be behind a fresh request which the room has answered
const REPLY = 3000, SLOWEST = 8000; // ms for a reply where no fresh request tells more
const KNOCKS = 5; // fresh requests on their way at once
// After so many that nobody answered they come less often, so that a room that is very busy has more
// time for each: and yet soon enough after a return.
const MANY = 10, SELDOM = 1500;
// ms between two lines to a room that answers nothing. Browsers make a page that failed often wait for
// seconds before its next line, and would do so when the room is back: so knocking is by plain requests.
const BLIND = 20_000;

/**
 * A line to the server. `came` gets every message; `up` and `down` are told when it comes and goes.
 *
 * It heals by itself. While there is no line, or one that owes a reply, the room is knocked at twice a
 * second by a plain request; once one is answered, the room is there, and a line that still says
 * nothing is a dead one of before: a new one is opened at once. So a page is back a second after its
 * network or its room, however long they were gone, and a room that is only slow keeps its lines.
 */
export function line(path, { came, up, down }) {
  let socket = null, live = false, ended = false, patience = REPLY;
  let tried = -BLIND, owes = 0, heard = 0, beaten = now();
  let unanswered = 0, knocked = 0;
  const knocks = new Set();

  function now() { return performance.now(); }

  function open() {
    if (ended || socket || now() - tried < BEAT) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const mine = new WebSocket(`${scheme}//${location.host}${path}`);
    socket = mine;
    tried = owes = now();
    mine.onopen = () => { if (socket === mine) { live = true; sign(); up(); } };
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      sign();
      let message;
      try { message = JSON.parse(data); } catch { return; }
      if (message.type === "alive") patience = Math.max(patience * 0.8, REPLY);
      else came(message);
    };
    mine.onclose = () => lost(mine);
  }

  /** The line has given a sign of life, and owes none. */
  function sign() {
    owes = 0;
    heard = now();
    for (const knock of knocks) knock.abort();
  }

  /** This line is no more; whatever it may still say is not heard. */
  function lost(mine) {
    if (socket !== mine) return;
    socket = null;
    owes = 0;
    mine.close();
    if (ended) return;
    down();
    // At once where it was good until now; where no line came about, when the room answers.
    if (live) open();
    live = false;
    knock();
  }

  /** Ask the room something that needs no line; its answer says that the way to it is free. */
  function knock() {
    if (ended) return;
    if (knocks.size >= KNOCKS) [...knocks][0].abort();
    const stop = new AbortController(), asked = now();
    knocked = asked;
    unanswered += 1;
    knocks.add(stop);
    fetch("/here", { cache: "no-store", signal: stop.signal })
      .then((reply) => { unanswered = 0; if (reply.ok) free(asked); },
        () => { if (!stop.signal.aborted) unanswered = 0; }) // refused: somebody is there, the room is not
      .finally(() => knocks.delete(stop));
  }

  /** The room has answered a fresh request: a line that was asked before should have replied, too. */
  function free(asked) {
    if (!socket) return open();
    const mine = socket;
    const grace = mine.readyState === WebSocket.CONNECTING ? 3 * GRACE : GRACE; // browsers make some wait
    if (owes && owes <= asked) setTimeout(() => {
      if (socket !== mine || !owes || owes > asked) return;
      lost(mine);
      open();
    }, grace);
  }

  function send(message) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  /** Ask for a sign of life. */
  function ask() {
    if (send({ type: "alive" })) owes ||= now();
  }

  function beat() {
    if (ended) return;
    const slept = now() - beaten > 8 * BEAT;
    beaten = now();
    if (slept) return wake();
    if (owes && now() - owes > patience) {
      // Dead, or the room is busy: the next line gets more time.
      patience = Math.min(patience * 1.5, SLOWEST);
      return lost(socket);
    }
    if (!socket && now() - tried > BLIND) open();
    if (!owes && now() - heard > ASK && !document.hidden) ask();
    const due = now() - knocked >= (unanswered > MANY ? SELDOM : BEAT) - 50;
    if (due && (!socket || (owes && now() - owes >= BEAT))) knock();
  }

  /** The page is looked at again, or its network is another: what it holds may be of before. */
  function wake() {
    if (document.hidden || ended) return;
    patience = REPLY;
    if (socket?.readyState === WebSocket.CONNECTING && now() - tried >= BEAT) lost(socket);
    ask();
    open();
    knock();
  }

  document.addEventListener("visibilitychange", wake);
  document.addEventListener("resume", wake);
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  navigator.connection?.addEventListener?.("change", wake);
  setInterval(beat, BEAT);
  open();
  return { send, wake, ask, end: () => { ended = true; socket?.close(); } };
}

/** Memory of this tab's machine; where a browser refuses it, of this page. */
export function memory(name) {
  const spare = {};
  const at = (key) => `hrkit ${name} ${key}`;
  return {
    get(key) { try { return localStorage.getItem(at(key)); } catch { return spare[key] ?? null; } },
    set(key, value) { spare[key] = value; try { localStorage.setItem(at(key), value); } catch { /* spare has it */ } },
    drop(key) { delete spare[key]; try { localStorage.removeItem(at(key)); } catch { /* gone */ } },
  };
}
