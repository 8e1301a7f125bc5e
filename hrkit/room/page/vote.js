// The meeting on a phone: a vote that nobody else sees, a question to one side, or "look up".

import { h, memory } from "./shared.js";
import { deeds, word } from "./meeting.js";

const kept = memory("vote");

/** Draws what this phone gets to see; `send` takes a message. Returns what to tell of replies. */
export function voting(place, send) {
  let seen = null, chosen = null, state = "", sent = null, drawn = "", stamp = 0;

  function tell(next) {
    const same = seen && next && seen.id === next.id && seen.kind === next.kind;
    seen = next;
    if (!same) {
      // A kept vote dies with its vote.
      const waits = sent;
      chosen = null;
      if (waits && state === "waits") { sent = null; kept.drop("vote"); state = "missed"; }
      else if (state !== "missed" || seen?.kind === "vote") state = "";
    }
    const stored = sent || !seen ? null : JSON.parse(kept.get("vote") ?? "null"); // of before this page was loaded
    if (stored && seen.kind === "vote" && stored.vote === seen.id) { sent = stored; state = "waits"; again(); }
    else if (stored) { kept.drop("vote"); state = "missed"; }
    draw();
  }

  function give(level) {
    sent = { vote: seen.id, level, stamp: ++stamp };
    kept.set("vote", JSON.stringify(sent));
    chosen = level;
    state = "waits";
    again();
    draw();
  }

  const again = () => sent && send({ type: "vote", ...sent });

  function heard(message) {
    if (!sent || message.stamp !== sent.stamp || message.vote !== sent.vote) {
      if (message.vote === "") { state = message.type === "got" ? "answered" : ""; draw(); }
      return;
    }
    kept.drop("vote");
    sent = null;
    state = message.type === "got" ? "got" : "missed";
    draw();
  }

  function draw() {
    const picture = JSON.stringify([seen && { ...seen, mine: 0 }, state]);
    if (picture === drawn) return;
    drawn = picture;
    const focused = document.activeElement?.id;
    place.replaceChildren(...(seen ? parts() : []));
    if (focused) document.getElementById(focused)?.focus();
  }

  const lines = (...texts) => texts.filter(Boolean).map((text) => h("p", {}, text));
  const status = () => h("p", { role: "status", class: `note ${state === "missed" ? "bad" : ""}` },
    { waits: seen.say.vote_waits, got: seen.say.vote_got, missed: seen.say.vote_missed, answered: seen.say.answered }[state] ?? "");

  function parts() {
    const { say } = seen;
    if (seen.kind === "vote") return ballot();
    if (seen.kind === "consent") return consent();
    if (seen.kind === "records") {
      return [h("section", { class: "vote" }, h("h1", {}, say.agreed_list), ...lines(say.open_word),
        seen.agreed.map((one) => h("div", {}, h("h2", {}, one.name), word(one, say))), deeds(seen.actions, say))];
    }
    const title = { spectator: say.spectator, talk: say.talk }[seen.kind] ?? say.look;
    return [h("section", { class: "vote" }, seen.name ? h("p", { class: "quiet" }, seen.name) : null,
      h("h1", {}, title), state === "missed" ? status() : null, seen.consented ? standing() : null)];
  }

  /** Who said yes may say no as long as nothing is written down. */
  function standing() {
    const { say, consented } = seen;
    return h("div", { class: "card" }, h("p", {}, say.consent_still),
      h("button", { type: "button", id: "take-back", class: "button", click: () => send({ type: "consent", party: consented, yes: 0 }) }, say.no));
  }

  function choice(name, value, ...inside) {
    return h("label", { class: "opt tall" }, h("input", { type: "radio", name, value: String(value), id: `${name}-${value}`,
      checked: chosen === value, change: () => { chosen = value; } }), h("span", {}, inside));
  }

  function ballot() {
    const { say, levels, first, vote } = seen;
    const again_ = vote === "second";
    chosen ??= seen.mine ?? null;
    const own = again_ && first ? h("div", { class: "card" }, h("h2", {}, say.vote_own),
      h("p", {}, `${first} ${levels[first - 1].name}`), h("p", { class: "quiet" }, say.vote_counts),
      h("button", { type: "button", id: "keep", class: "button", click: () => give(first) }, say.vote_keep)) : null;
    const rows = levels.map((row) => choice("level", row.level, h("b", {}, `${row.level} ${row.name}`), h("span", { class: "hint" }, row.text)));
    if (!again_) rows.push(choice("level", 0, say.vote_out));
    const done = h("button", { type: "submit", id: "give", class: "button main" }, seen.mine != null || state === "got" ? say.vote_change : say.vote_do);
    return [h("section", { class: "vote" }, h("p", { class: "quiet" }, seen.name), h("h1", {}, again_ ? say.vote_second : say.vote_first),
      ...lines(again_ ? say.vote_again : say.vote_lead, say.vote_secret), own,
      h("form", { submit: (event) => { event.preventDefault(); if (chosen != null) give(chosen); } },
        h("fieldset", { class: "levels-ask" }, h("legend", { class: "hidden" }, say.vote_first), rows), done), status())];
  }

  function consent() {
    const { say, party, title } = seen;
    let said = seen.said;
    const pick = (value, text) => h("label", { class: "opt tall" }, h("input", { type: "radio", name: "consent", value: String(value),
      id: `consent-${value}`, checked: said === Boolean(value), change: () => { said = value; } }), text);
    return [h("section", { class: "vote" }, h("h1", {}, title), ...lines(say.consent_lead, say.consent_all),
      h("form", { submit: (event) => { event.preventDefault(); if (said != null) send({ type: "consent", party, yes: Number(said) }); } },
        h("fieldset", { class: "levels-ask" }, h("legend", { class: "hidden" }, title), pick(1, say.yes), pick(0, say.no)),
        h("button", { type: "submit", id: "give", class: "button main" }, say.consent_do)), status())];
  }

  /** Whoever voted here has gone. */
  function forget() {
    kept.drop("vote");
    sent = null;
    chosen = null;
    state = "";
  }

  return { tell, heard, again, forget };
}

