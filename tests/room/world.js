// A world with a clock of its own, for `line.js` as it is served: a network that goes dark without a
// word, a room that goes away, a page that sleeps. Nothing takes time but what the page waits for of
// its own accord, and TRIP for each way to the room and back.

const TRIP = 20;
const MICRO = 12; // rounds of what a page does between two events

/** Seconds from a return to its being healed; `source` is the script, without its `export`. */
async function played(source, { way, begin, away, answer, event }) {
  let time = 0, order = 0, age = 0, dark = false, gone = false, asleep = false;
  let queue = [];
  const timers = [], handlers = {}, lines = new Set(), pool = Array(6).fill(0), ways = [];
  let failed = 0, worked = 0, connecting = null, flying = 0;
  const faults = [];

  const at = (when, what) => { const one = { when, order: order++, what }; queue.push(one); return one; };
  const timer = (what, wait) => at(time + wait, () => (asleep ? timers.push(what) : what()));
  const clearTimer = (one) => { queue = queue.filter((other) => other !== one); };
  const every = (what, wait) => { const again = () => { what(); timer(again, wait); }; timer(again, wait); };
  const reached = (born) => !dark && born === age;

  class WebSocket {
    static CONNECTING = 0;
    static OPEN = 1;
    constructor() {
      this.readyState = 0;
      if (connecting && connecting.readyState === 0) faults.push("two lines at once: a browser holds the second back");
      connecting = this;
      // As Chromium does it, at its worst: whoever failed often waits.
      const wait = 5000 * 2 ** Math.min(1 + failed / (worked + 1), 16) / 65536;
      failed += 1; // until it is open
      at(time + wait, () => { this.born = age; at(time + TRIP, () => this.arrive()); });
    }
    arrive() {
      if (this.readyState !== 0 || !reached(this.born)) return;
      if (gone) { this.readyState = 3; return this.onclose?.(); }
      failed -= 1;
      worked += 1;
      this.readyState = 1;
      lines.add(this);
      this.onopen();
    }
    send(text) {
      const message = JSON.parse(text), born = this.born;
      at(time + TRIP, () => {
        if (this.readyState !== 1 || !reached(born) || gone) return;
        const reply = { alive: "alive", hello: "welcome", resume: "opened", answer: "saved" }[message.type];
        this.onmessage({ data: JSON.stringify({ type: reply }) });
      });
    }
    close() { this.readyState = 3; lines.delete(this); }
  }

  const fetched = (_, { signal, credentials }) => new Promise((done, fail) => {
    const go = () => {
      flying += 1;
      let over = false;
      const end = (how, what) => { if (!over) { over = true; flying -= 1; how(what); ways.shift()?.(); } };
      signal.addEventListener("abort", () => end(fail, new Error("aborted")));
      // What the page was loaded over may be used again, by requests with credentials: it is dead after an age.
      const born = credentials !== "omit" && pool.length ? pool.pop() : age;
      at(time + TRIP, () => { if (reached(born)) gone ? end(fail, new Error("refused")) : end(done, { ok: true }); });
    };
    if (flying < 6) go(); else ways.push(go);
  });

  const listen = (name, what) => { (handlers[name] ??= []).push(what); };
  const happen = (name) => handlers[name]?.forEach((what) => what());
  const document = { hidden: false, addEventListener: listen };
  const make = new Function("WebSocket", "fetch", "performance", "setTimeout", "clearTimeout", "setInterval",
    "document", "addEventListener", "navigator", "location", `${source}; return line;`);
  const line = make(WebSocket, fetched, { now: () => time }, timer, clearTimer, every, document, listen, {}, { protocol: "http:", host: "room" });

  // What a phone says on its line.
  let waits = false, healed = Infinity, opened = false, back = Infinity;
  const well = () => { if (time >= back && opened && !waits) healed = Math.min(healed, time); };
  const wire = line("/phone/line", {
    up: () => wire.send({ type: "hello" }),
    down: () => { opened = false; },
    came(message) {
      if (message.type === "welcome") wire.send({ type: "resume" });
      if (message.type === "opened") { opened = true; if (waits) wire.send({ type: "answer" }); }
      if (message.type === "saved") waits = false;
      well();
    },
  });

  const returns = begin + away;
  at(begin, () => {
    opened = false; // the line of before is of no use to anybody
    if (way === "room") { gone = true; for (const one of [...lines]) { one.close(); one.onclose(); } } else dark = true;
    age += 1;
    if (way === "slept") asleep = true;
  });
  if (answer != null) at(begin + answer * away, () => { waits = true; wire.send({ type: "answer" }); });
  at(returns, () => {
    back = time;
    age += 1; // whoever tried meanwhile is as dead as those before
    dark = gone = asleep = false;
    for (const what of timers.splice(0)) what();
    if (event) happen(event);
  });
  while (healed === Infinity && time < returns + 60_000) {
    let next = queue[0];
    for (const one of queue) if (one.when < next.when || (one.when === next.when && one.order < next.order)) next = one;
    queue.splice(queue.indexOf(next), 1);
    time = next.when;
    next.what();
    for (let i = 0; i < MICRO; i++) await null;
  }
  return { seconds: (healed - returns) / 1000, faults };
}

/** The longest of many returns, for each way; and whatever went wrong on the way. */
async function longest(source, begins, aways) {
  const found = {}, faults = new Set();
  for (const way of ["network", "slept", "room"]) {
    for (const begin of begins) for (const away of aways) for (const answer of [null, 0, 0.9]) {
      for (const event of way === "slept" ? ["", "visibilitychange"] : way === "network" ? ["", "online"] : [""]) {
        const one = { way, begin, away, answer, event };
        const played_ = await played(source, one);
        played_.faults.forEach((fault) => faults.add(fault));
        const name = event ? `${way}, told` : way;
        if (!(played_.seconds <= (found[name]?.seconds ?? -1))) found[name] = { ...one, seconds: played_.seconds };
      }
    }
  }
  return { found, faults: [...faults] };
}
