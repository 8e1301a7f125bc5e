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

const FIRST = 250, LONGEST = 750; // ms between two tries to connect
const ASK = 2000; // ms between two questions whether the line is alive
// ms for a reply, and for a connection to come about; more for a room that was too slow before.
const REPLY = 1500, OPENING = 2500, SLOWEST = 8000;

/**
 * A line to the server. `came` gets every message; `up` and `down` are told when it comes and goes.
 * It connects again by itself, at once when the page is looked at again or the network is back. A
 * line that looks open may be dead, where a phone slept or changed its network: it is asked.
 */
export function line(path, { came, up, down }) {
  let socket = null, wait = FIRST, timer = null, opening = null, reply = null, ended = false;
  let patience = REPLY;

  function open() {
    clearTimeout(timer);
    if (ended || socket) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const mine = new WebSocket(`${scheme}//${location.host}${path}`);
    socket = mine;
    opening = setTimeout(() => late(mine), Math.min(patience, OPENING));
    mine.onopen = () => { if (socket === mine) { clearTimeout(opening); wait = FIRST; up(); } };
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      clearTimeout(reply);
      reply = null;
      let message;
      try { message = JSON.parse(data); } catch { return; }
      if (message.type === "alive") patience = Math.max(patience * 0.8, REPLY);
      else came(message);
    };
    mine.onclose = () => lost(mine);
  }

  /** This line is no more; whatever it may still say is not heard. */
  function lost(mine) {
    if (socket !== mine) return;
    socket = null;
    clearTimeout(opening);
    clearTimeout(reply);
    reply = null;
    mine.close();
    if (ended) return;
    down();
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST);
  }

  /** No reply in time: the line is dead, or the room is busy; the next one gets more. */
  function late(mine) {
    if (socket !== mine) return;
    patience = Math.min(patience * 1.5, SLOWEST);
    lost(mine);
  }

  function send(message) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  /** Ask for a sign of life; without one in time the line is given up and a new one opened. */
  function ask() {
    const mine = socket;
    if (!send({ type: "alive" })) return open();
    reply ??= setTimeout(() => { wait = FIRST; late(mine); }, patience);
  }

  function wake() {
    if (document.hidden || ended) return;
    wait = FIRST;
    patience = REPLY;
    if (socket?.readyState === WebSocket.CONNECTING) lost(socket); // it may be one of the old network
    ask();
  }

  document.addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  setInterval(() => { if (!document.hidden) ask(); }, ASK);
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
