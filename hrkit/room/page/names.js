// What looks like a name, an address or a number of a person is pointed out beneath a field while it is typed.

import { h } from "./shared.js";

const PAUSE = 500; // ms without a key before a text is looked at
const SHORTEST = 4;
const known = new Map(); // what was looked at → what it may hold
const asked = new Map(); // number of a question → its text, and whom to tell
let last = 0;

/** `send` asks the room; `ui` has the words. Gives a line to be put beneath a field. */
export const pointing = (send, ui) => (field, id) => {
  const line = h("span", { id, class: "points", role: "status" });
  const show = () => {
    const held = known.get(field.value.trim()) ?? [];
    const may = held.filter((kind) => kind !== "contact" || !held.includes("number")); // its digits look like both
    line.textContent = may.map((kind) => ui[`may_${kind}`]).join(" ");
  };
  let timer = null;
  const look = () => {
    const text = field.value.trim();
    clearTimeout(timer);
    show();
    if (text.length < SHORTEST || known.has(text)) return;
    timer = setTimeout(() => {
      asked.set(++last, { text, show });
      send({ type: "names", text: text.slice(0, 500), stamp: last });
    }, PAUSE);
  };
  field.addEventListener("input", look);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  look();
  return line;
};

/** The room has looked. */
export function pointed({ stamp, may }) {
  const one = asked.get(stamp);
  if (!one) return;
  asked.delete(stamp);
  known.set(one.text, may);
  one.show();
}
