// What the wall shows, as elements: the wall draws it large, the host small.

import { h } from "./shared.js";
import { meeting } from "./meeting.js";

/** A picture that the server made; it is an image and runs nothing. */
export const picture = (svg, alt) =>
  h("img", { class: "qr", alt, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` });

/** An address breaks after the part that nobody has to type. */
const broken = (address) => address.split(/(?<=\/\/)/).flatMap((part, i) => (i ? [h("wbr"), part] : [part]));

export function screen(show) {
  return ({ join, count, closed, void: voided, profile, end, meeting }[show.step] ?? end)(show);
}

function join({ join: how, count: number, ui }) {
  const cards = [];
  if (how.wifi) {
    cards.push(h("div", { class: "card join" }, picture(how.wifi.qr, ui.wifi_qr),
      h("div", {}, h("h2", {}, ui.wifi), h("p", { class: "code" }, h("span", { class: "tag" }, ui.network), how.wifi.name),
        how.wifi.password ? h("p", { class: "code" }, h("span", { class: "tag" }, ui.password), how.wifi.password) : null)));
  }
  cards.push(h("div", { class: "card join" }, picture(how.qr, ui.join_qr),
    h("div", {}, h("h2", {}, ui.join), h("p", { class: "code address", translate: "no" }, broken(how.address)))));
  return [h("section", {}, h("div", { class: "first" }, h("h1", {}, ui.welcome), h("p", { class: "count" }, number.said)),
    h("div", { class: "two" }, cards), h("p", { class: "lead" }, how.coded ? ui.coded : ui.uncoded),
    h("p", { class: "note" }, ui.private), how.plain ? h("p", { class: "quiet" }, ui.plain) : null)];
}

function count({ count: number, ui }) {
  const bar = number.share == null ? null
    : h("progress", { class: "bar", max: "1", value: String(number.share), "aria-label": number.said });
  return [h("section", {}, h("h1", {}, ui.answering), h("p", { class: "big" }, String(number.done)),
    h("p", { class: "huge" }, number.said), bar, h("p", { class: "note" }, ui.private))];
}

const closed = ({ ui }) => [h("section", {}, h("h1", {}, ui.wall_closed), h("p", { class: "lead" }, ui.next))];
const voided = ({ ui }) => [h("section", {}, h("h1", {}, ui.wall_void), h("p", { class: "lead" }, ui.void_next))];
const end = ({ ui }) => [h("section", {}, h("h1", {}, ui.wall_end))];

const MARKS = ["l", "h"];

function profile({ profile: found, ui }) {
  if (!found.rows.length) return [h("section", {}, h("h1", {}, ui.profile), h("p", { class: "lead" }, found.nothing))];
  const worded = found.rows.some((row) => row.word); // nothing is compared where a side is too small
  const at = (mean) => ((mean - found.low) / (found.high - found.low)) * 100;
  const rows = found.rows.map((row) => {
    const track = h("div", { class: "track", "aria-hidden": "true" });
    const means = row.values.map((value) => value.mean);
    if (means.length === 2 && means.every((mean) => mean != null)) {
      const between = h("i");
      between.style.left = `${at(Math.min(...means))}%`;
      between.style.width = `${at(Math.max(...means)) - at(Math.min(...means))}%`;
      track.append(between);
    }
    means.forEach((mean, i) => {
      if (mean == null) return;
      const mark = h("span", { class: `mark ${MARKS[i] ?? "l"}` });
      mark.style.left = `${at(mean)}%`;
      track.append(mark);
    });
    return h("tr", { class: row.strong ? "strong" : "" }, h("th", { scope: "row" }, row.name),
      row.values.map((value) => h("td", { class: value.mean == null ? "none" : "mean" }, value.text)),
      h("td", { class: "line" }, track), worded ? h("td", { class: "word" }, row.word) : null);
  });
  const heads = found.groups.map((name, i) =>
    h("th", { scope: "col" }, h("span", { class: `mark ${MARKS[i] ?? "l"}`, "aria-hidden": "true" }), ` ${name}`));
  const ends = h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, String(found.low)), h("span", {}, String(found.high)));
  return [h("section", {}, h("h1", {}, ui.profile),
    h("table", { class: "profile" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, ui.dimension), heads, h("td", {}, ends), worded ? h("td", {}) : null)),
      h("tbody", {}, rows)),
    h("p", { class: "quiet" }, `${found.note} ${found.hidden}`))];
}
