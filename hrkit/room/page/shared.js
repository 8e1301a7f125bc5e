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

const FIRST = 250, LONGEST = 1500; // ms between two tries to connect
const QUIET = 25000; // ms after which a line that says nothing is asked

/**
 * A line to the server. `came` gets every message; `up` and `down` are told when it comes and goes.
 * It connects again by itself, at once when the page is looked at again or the network is back.
 */
export function line(path, { came, up, down }) {
  let socket = null, wait = FIRST, timer = null, heard = 0, ended = false;

  function open() {
    clearTimeout(timer);
    if (ended || (socket && socket.readyState <= WebSocket.OPEN)) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const mine = new WebSocket(`${scheme}//${location.host}${path}`);
    socket = mine;
    heard = Date.now();
    mine.onopen = () => { wait = FIRST; heard = Date.now(); up(); };
    mine.onmessage = ({ data }) => {
      heard = Date.now();
      let message;
      try { message = JSON.parse(data); } catch { return; }
      came(message);
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      socket = null;
      down();
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST);
    };
  }

  function send(message) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  /** A phone that slept may hold a dead line without knowing it. */
  function wake() {
    if (document.hidden || ended) return;
    if (socket && Date.now() - heard > QUIET) {
      const old = socket;
      socket = null;
      old.close();
      down();
    }
    wait = FIRST;
    open();
  }

  document.addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  setInterval(() => { if (!document.hidden && !send({ type: "alive" })) open(); }, 5000);
  open();
  return { send, wake, end: () => { ended = true; socket?.close(); } };
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
