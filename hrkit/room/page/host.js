// The host's own page: its key stands in the link's fragment, and no server and no log sees it there.

import { line } from "./line.js";
import { memory } from "./shared.js";
import { panel } from "./panel.js";

const kept = memory("host");
if (location.hash.length > 1) {
  kept.set("key", location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

panel(document.getElementById("main"), (how) => {
  const wire = line("/host/line", {
    ...how,
    up() {
      how.up();
      wire.send({ type: "hello", key: kept.get("key") ?? "", language: kept.get("language") ?? "" });
    },
  });
  return wire;
}, { whole: true });
