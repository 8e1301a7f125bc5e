// A page that one phone opens before people come: the page is there, and then whether a line is, too.

import { line } from "./line.js";
import { h } from "./shared.js";

const words = JSON.parse(document.body.dataset.words);
const language = [navigator.language.slice(0, 2)].find((one) => words[one]) ?? Object.keys(words)[0];
const ui = words[language];
const main = document.getElementById("main");
document.documentElement.lang = language;

function say(key, kind) {
  document.title = ui[key];
  main.replaceChildren(h("div", { role: "status" }, h("h1", { class: `verdict ${kind}` }, ui[key])));
}

say("page", "");
const lost = setTimeout(() => say("lost", "bad"), 8000);
const wire = line("/phone/line", {
  up: () => wire.send({ type: "reach" }),
  down: () => {},
  came(message) {
    if (message.type !== "reached") return;
    clearTimeout(lost);
    wire.end();
    say("line", "good");
  },
});
