// The wall: shows what it is sent, keeps the last picture when the server is away, and sends nothing
// but its key.

import { line } from "./line.js";
import { filled, h, memory } from "./shared.js";
import { screen } from "./screen.js";

const main = document.getElementById("main");
const kept = memory("screen");
if (location.hash.length > 1) {
  kept.set("key", location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
let ui = null, last = "";

const wire = line("/screen/line", {
  up: () => wire.send({ type: "hello", key: kept.get("key") ?? "", language: kept.get("language") ?? "" }),
  down: () => away(),
  came(message) {
    if (message.type === "refused") {
      wire.end();
      main.replaceChildren(h("p", { class: "lead" }, message.said));
      return;
    }
    ui = message.ui;
    last = new Intl.DateTimeFormat(message.language, { hour: "2-digit", minute: "2-digit" }).format(new Date());
    document.documentElement.lang = message.language;
    document.title = ui.wall;
    document.getElementById("client").textContent = message.client;
    document.getElementById("foot").textContent = message.title;
    const net = document.getElementById("net");
    net.textContent = "";
    main.replaceChildren(...screen(message));
    fit();
  },
});

/** As large as everything stands on one picture. */
function fit() {
  const root = document.documentElement;
  for (const size of [1, 0.95, 0.9, 0.86, 0.82, 0.78]) {
    root.style.setProperty("--fit", size);
    if (root.scrollHeight <= innerHeight) return;
  }
}
addEventListener("resize", fit);
document.fonts.ready.then(fit);

function away() {
  if (ui) document.getElementById("net").textContent = filled(ui.from, { time: last });
}
