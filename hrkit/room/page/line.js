// A page's line to the room, which comes back by itself. What a page waits for of its own accord is
// counted here, and at most ASK + BEAT + SOON + GRACE after a return: 1.85 s, by its own clock.

const BEAT = 250; // ms between two looks at the line
const ASK = 1000; // ms of silence after which it is asked whether it is alive
const SOON = 300; // ms in which a line owes a reply before the room is knocked at
const GRACE = 300; // ms that a line may be behind a later, fresh request which the room has answered
const OPENS = 700; // ms in which a new line has to come about once the room answers
const REPLY = 3000, SLOWEST = 8000; // ms for whatever no fresh request tells more of
const KNOCK = 500; // ms between two fresh requests
// Fresh requests on their way at once; those first on their way are left alone, so that a room that is
// very busy has time for them, and the others make way: so there is always one that is new.
const KNOCKS = 5, PATIENT = 2;
// ms between two lines to a room that answers nothing. Browsers make a page that failed often wait for
// seconds before its next line (Chromium: by what failed in four minutes), and would do so when the room
// is back: so knocking is by plain requests.
const BLIND = 60_000;

/**
 * A line to the server. `came` gets every message; `up` and `down` are told when it comes and goes.
 *
 * It heals by itself. While there is no line, or one that owes a reply, the room is knocked at twice a
 * second by a plain request; once one is answered, the room is there, and a line that still says
 * nothing is a dead one of before: a new one is opened at once. So a page is back two seconds after its
 * network or its room, however long they were gone, and a room that is only slow keeps its lines.
 */
export function line(path, { came, up, down }) {
  let socket = null, live = false, ended = false;
  let tried = -BLIND, owes = 0, heard = 0, beaten = now(), knocked = -KNOCK, opening = 0;
  let patience = REPLY, opens = OPENS, vain = true;
  let promised = false, told = false; // the next line, and this one, are begun since the room answered
  const knocks = new Map(); // how to stop one → since when it is on its way

  function now() { return performance.now(); }

  function open() {
    clearTimeout(opening);
    if (ended || socket) return;
    const rest = tried + opens - now();
    if (rest > 0) { opening = setTimeout(open, rest); return; }
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const mine = new WebSocket(`${scheme}//${location.host}${path}`);
    socket = mine;
    tried = now();
    told = promised;
    promised = false;
    owe();
    mine.onopen = () => {
      if (socket !== mine) return;
      live = true;
      opens = OPENS;
      sign();
      up();
    };
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      sign();
      let message;
      try { message = JSON.parse(data); } catch { return; }
      if (message.type === "alive") patience = Math.max(patience * 0.8, REPLY);
      else came(message);
    };
    mine.onclose = () => { if (socket === mine && !live && told) slower(); lost(mine); };
  }

  /** A line did not come about though the room answers: the next gets more time, and comes later. */
  function slower() { opens = Math.min(opens * 2, SLOWEST); }

  /** From now on the line owes a sign of life; soon the room is asked by another way. */
  function owe() {
    if (owes) return;
    owes = now();
    setTimeout(hurry, SOON);
  }

  /** The line has given a sign of life, and owes none. */
  function sign() {
    owes = 0;
    heard = now();
    for (const stop of [...knocks.keys()]) drop(stop);
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
    hurry();
  }

  /** Knock, if it is time to. */
  function hurry() {
    const silent = !socket || (owes && now() - owes >= SOON - 1);
    if (!ended && silent && now() - knocked >= KNOCK - 50) knock();
  }

  function drop(stop) {
    knocks.delete(stop);
    stop.abort();
  }

  /** Ask the room something that needs no line; its answer says that the way to it is free. */
  function knock() {
    if (ended) return;
    const asked = now(), stop = new AbortController();
    for (const [one, since] of [...knocks]) if (asked - since > SLOWEST) drop(one);
    if (knocks.size >= KNOCKS) drop([...knocks.keys()][PATIENT]);
    if (knocks.size) vain = true; // an earlier one is not answered yet
    knocked = asked;
    knocks.set(stop, asked);
    // Without credentials a browser takes none of the connections over which the page was loaded:
    // those may be dead, and each would have to be waited for.
    fetch("/here", { cache: "no-store", credentials: "omit", signal: stop.signal })
      .then((reply) => { if (reply.ok) free(asked); },
        () => { if (!stop.signal.aborted) vain = true; }) // refused: somebody is there, the room is not
      .finally(() => knocks.delete(stop));
  }

  /** The room has answered a fresh request: a line that was asked before should have replied, too. */
  function free(asked) {
    if (vain) opens = OPENS; // it is back, or the way to it is: what was before says nothing
    vain = false;
    promised ||= !socket;
    if (!socket) return open();
    const mine = socket, since = owes, begins = mine.readyState === WebSocket.CONNECTING;
    if (!since || since > asked) return;
    setTimeout(() => {
      if (socket !== mine || owes !== since) return;
      lost(mine);
      if (begins && told) slower();
      if (begins) tried = -BLIND; // it has had its time
      promised = true;
      open();
    }, begins ? Math.max(tried + opens - now(), 0) : GRACE);
  }

  function send(message) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    if (message.type !== "leave") owe(); // everything else has a reply
    return true;
  }

  /** Ask for a sign of life. */
  const ask = () => send({ type: "alive" });

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
    if (!owes && now() - heard >= ASK && !document.hidden) ask();
    hurry();
  }

  /** The page is looked at again, or its network is another: what it holds may be of before. */
  function wake() {
    if (document.hidden || ended) return;
    patience = REPLY;
    opens = OPENS;
    if (socket?.readyState === WebSocket.CONNECTING && now() - tried >= BEAT) lost(socket);
    ask();
    open();
    if (now() - knocked >= 50) knock(); // one event seldom comes alone
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
