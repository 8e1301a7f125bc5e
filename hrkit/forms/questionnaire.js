// The questionnaire's page. Python owns the truth: this shows what it was sent, tells it what
// somebody did, and says "saved" only when Python has said so. All outside text goes in as text
// (never as HTML), and answers travel as messages, never as widget state. Where `model.single` is set
// (a phone, a file) one statement is shown at a time; the words "page" below then mean one statement.

const PATIENCE = 10000; // ms without a reply before the page says so
const PAUSE = 1200; // ms without a keystroke before a text is saved
const MOMENT = 280; // ms in which one sees what was chosen before the next statement comes
const NO_PAIR = "-"; // in none of the pairs

/** An element: attributes, listeners (functions) and children; strings become text nodes. */
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== ""));
  return node;
}

function randomId() {
  // randomUUID would want https; JupyterLab in a meeting room often has none.
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16)).join("");
}

function render({ model, el }) {
  const view = randomId();
  const root = h("div", { class: "hrkit-form" });
  const opening = model.get("opening");
  const headline = model.single ? "h2" : "h3"; // where the page is the form's own, its title is the page's
  let s; // the state of this page; see `reset`
  let ui = {}; // the page's own words in the language chosen
  let shown = new Map(); // key → repaint, for the questions now on the page
  let stamp = 0;
  let shut = ""; // "closed": own answers can be read and not changed; "over": their code is all that is left
  el.append(root);

  function reset() {
    s = { screen: "wait", language: opening.language, welcome: null, form: null, code: "", at: 0,
          answers: {}, stood: {}, marks: {}, drafts: {}, draft: { role: "", unit: "", code: "", tier: "", pair: "" },
          needs: null, told: false, forth: 0, fresh: true, problems: {}, detail: "", busy: false, longest: 0 };
  }

  function say(key, fields = {}) {
    let text = ui[key];
    if (typeof text === "object") text = fields.n === 1 ? text.one : text.other;
    return text.replace(/\{(\w+)\}/g, (_, name) => fields[name]);
  }

  function send(content) {
    try {
      model.send({ view, language: s.language, ...content });
    } catch {
      // No kernel any more; the missing reply is reported like any other.
    }
  }

  // ---------------------------------------------------------------- what Python says

  function received(message, parts) {
    if (message?.view !== view) return; // another page of the same notebook
    if (["saved", "error", "stale", "kept"].includes(message.type)) return settled(message);
    if (message.type === "shut") return closes(message.how);
    if (message.type === "anew") {
      // Nothing that was answered or is being written counts any more.
      for (const draft of Object.values(s.drafts)) clearTimeout(draft.timer);
      return hello();
    }
    if (message.type === "faces") return faces(message.weights, parts);
    clearTimeout(s.timer);
    s.busy = false;
    if (message.type === "welcome") {
      Object.assign(s, { welcome: message.pages, screen: "welcome", language: message.language, slip: Boolean(message.slip) });
      s.draft.code ||= message.slip ?? "";
      draw(false);
    } else if (message.type === "refused") {
      Object.assign(s, { problems: message.problems, detail: message.detail ?? "" });
      draw(false);
      root.querySelector("[aria-invalid=true], .hk-problem [type=radio], .hk-alert")?.focus();
    } else if (message.type === "needs") {
      Object.assign(s, { needs: message, screen: "needs", problems: {}, detail: "" });
      draw();
    } else if (message.type === "opened") {
      const { code, answers, fresh, longest } = message;
      Object.assign(s, { form: cut(message.form), code, answers, fresh, longest, screen: fresh ? "code" : "page" });
      for (const [key, value] of Object.entries(answers)) s.stood[key] = [value];
      s.fresh ||= !Object.keys(answers).length; // a first visit with a slip is no return
      const open = s.form.pages.findIndex((page) => blanks(page) > 0);
      s.at = fresh ? 0 : Math.max(open, 0);
      if (model.single && !fresh && open < 0) s.screen = "done";
      draw();
    } else if (message.type === "form") {
      s.form = cut(message.form);
      const place = placed();
      draw(false);
      root.querySelector(".hk-language select")?.focus({ preventScroll: true });
      place();
    }
  }

  /** The kit's typeface, handed over by Python: nothing is loaded, and nothing of it stands in the notebook. */
  function faces(weights, parts) {
    if (ours()) return; // another form of this page was quicker
    parts?.forEach((part, i) => document.fonts.add(new FontFace("Lato", part, { weight: weights[i] })));
  }
  const ours = () => [...document.fonts].some((face) => face.family === "Lato");

  /** Nothing is taken any more, or again; what was being written goes out first. */
  function closes(how) {
    if (how === shut) return;
    if (s.form) flush();
    clearTimeout(s.forth);
    shut = how;
    if (s.form) draw(false);
  }

  /** Where the reader is: what comes back scrolls the same question to the same height. */
  function placed() {
    const all = () => [...root.querySelectorAll("[data-question]")];
    const seen = all().find((node) => node.getBoundingClientRect().bottom > 0);
    if (!seen) return () => {};
    const { question } = seen.dataset;
    const before = seen.getBoundingClientRect().top;
    return () => {
      const now = all().find((node) => node.dataset.question === question);
      if (now) scroller(root).scrollTop += now.getBoundingClientRect().top - before;
    };
  }

  function scroller(node) {
    for (let at = node; at; at = at.parentElement) {
      if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
    }
    return document.scrollingElement;
  }

  function settled({ type, key, stamp: of, message, detail, value }) {
    const mark = s.marks[key];
    if (type === "stale") s.stood[key] = [value ?? null];
    else if (type === "saved" && mark?.sent[of] !== undefined) s.stood[key] = [mark.sent[of], ...later(mark, of)];
    if (!mark || mark.stamp !== of) return; // a later answer is on its way
    clearTimeout(mark.timer);
    clearTimeout(mark.slow);
    if (type === "kept") {
      // Not lost: it is sent as soon as the line is back.
      mark.state = "kept";
      repaint(key);
      return;
    }
    const empty = s.answers[key] == null;
    if (type === "saved") Object.assign(mark, { state: empty ? "cleared" : "saved", text: "" });
    else if (type === "stale") Object.assign(mark, { state: "stale", text: "" });
    else Object.assign(mark, { state: "failed", text: message, detail });
    repaint(key);
  }

  /** Show what became of an answer; one that is not on this page is told of by the page. */
  const repaint = (key) => (shown.get(key) ?? shown.get(""))?.();

  /** The form as it is shown: a statement a page where one is shown at a time. */
  function cut(form) {
    if (!model.single) return form;
    const pages = form.pages.flatMap((page, part) =>
      page.items.map((item, i) => ({ ...page, items: [item], part, about: i ? "" : page.about })));
    return { ...form, pages };
  }

  /** What was sent after an answer: it may stand by now. */
  const later = (mark, of) =>
    Object.entries(mark.sent).filter(([number]) => Number(number) > of).map(([, value]) => value);

  /** Hand one answer to Python; null takes it back. */
  function give(key, value) {
    const before = s.marks[key];
    clearTimeout(before?.timer);
    clearTimeout(before?.slow);
    if (value == null) delete s.answers[key];
    else s.answers[key] = value;
    const was = s.stood[key] ?? [null];
    const mark = { state: "sent", stamp: ++stamp, text: "", sent: { ...before?.sent, [stamp]: value ?? null } };
    s.stood[key] = [...new Set([...was, value ?? null])];
    // Emptied first and filled again: otherwise a second "Saved" is not read aloud.
    mark.slow = setTimeout(() => { mark.state = "slow"; repaint(key); }, 500);
    // A page that keeps answers until they are confirmed says so itself.
    mark.timer = model.keeps ? 0 : setTimeout(() => {
      Object.assign(mark, { state: "failed", text: say("unsaved") });
      repaint(key);
    }, PATIENCE);
    s.marks[key] = mark;
    send({ type: "answer", key, value: value ?? null, was, stamp: mark.stamp });
    repaint(key);
  }

  /** Save texts that wait for a pause in typing. */
  function flush() {
    for (const [key, draft] of Object.entries(s.drafts)) {
      clearTimeout(draft.timer);
      delete s.drafts[key];
      give(key, draft.value.trim() ? draft.value : null);
    }
  }

  // ---------------------------------------------------------------------- counting

  const keys = (page) => page.items.flatMap((item) => item.facets);
  const UNSAVED = ["failed", "stale"];
  const failed = (page) => keys(page).filter((f) => UNSAVED.includes(s.marks[f.key]?.state)).length;
  const isText = (facet) => s.form.scales[facet.scale].kind === "text";
  const picks = (value) => (value ? value.split(" ") : []);
  // A choice of three is an answer when three are chosen.
  const answered = (f) => s.answers[f.key] != null && picks(s.answers[f.key]).length >= (s.form.scales[f.scale].fewest || 1);
  const blanks = (page) => keys(page).filter((f) => !isText(f) && !answered(f)).length;

  function standing(page) {
    if (failed(page)) return say("failed");
    if (keys(page).every(isText)) return say("free");
    return blanks(page) ? say("blank", { n: blanks(page) }) : say("full");
  }

  // ------------------------------------------------------------------------ screens

  function draw(move = true) {
    const text = { welcome: s.welcome?.[s.language], needs: s.needs?.page }[s.screen] ?? s.form;
    shown = new Map();
    if (s.screen === "wait") {
      root.lang = opening.language;
      root.replaceChildren(h("p", { class: "hk-quiet", role: "status" }, opening[s.note]));
      return;
    }
    ui = text.ui;
    root.lang = text.language;
    const screen = shut === "over" && s.form ? "over" : s.screen;
    const body = { welcome: text.closed ? closed : welcome, needs, code, page: model.single ? one : page, done, over }[screen](text);
    const top = h("div", { class: "hk-top" }, h(model.single ? "h1" : "h2", { class: "hk-title" }, text.title), languages(text));
    root.replaceChildren(top, ...body);
    if (move) {
      root.scrollIntoView({ block: "start" });
      root.querySelector("[data-here]")?.focus({ preventScroll: true });
    }
  }

  function go(screen, at = s.at) {
    clearTimeout(s.forth);
    flush();
    Object.assign(s, { screen, at, problems: {}, detail: "" });
    draw();
  }

  const heading = (text) =>
    h(headline, { class: "hk-heading", tabindex: "-1", "data-here": true }, text);

  const button = (text, click, kind = "") =>
    h("button", { type: click ? "button" : "submit", class: `hk-button ${kind}`, click: click ?? null }, text);

  function languages(text) {
    if (text.languages.length < 2) return null;
    const change = (event) => {
      s.language = event.target.value;
      flush();
      if (s.screen === "needs") return ask({ type: "resume", code: s.needs.code });
      if (s.screen !== "welcome") return send({ type: "language" });
      Object.assign(s, { problems: {}, detail: "" });
      draw(false);
      root.querySelector(".hk-language select").focus();
    };
    const options = text.languages.map(({ id, name }) =>
      h("option", { value: id, lang: id, selected: id === text.language }, name));
    return h("label", { class: "hk-language" }, h("span", {}, say("language")), h("select", { change }, options));
  }

  function problem(name) {
    const text = s.problems[name];
    return text ? h("p", { class: "hk-error", id: `${view}-${name}-error` }, text) : null;
  }
  const wrong = (name) => (s.problems[name] ? `${view}-${name}-error` : null);

  function alarm() {
    if (!s.problems.all) return null;
    return h("div", { class: "hk-alert", role: "alert", tabindex: "-1" },
      h("p", {}, s.problems.all), aside(s.detail));
  }
  const aside = (detail) => (detail
    ? h("p", { class: "hk-detail" }, `${say("detail")} `, h("span", { lang: "en" }, detail)) : null);

  function ask(content) {
    if (s.busy) return;
    s.busy = true;
    s.timer = setTimeout(() => {
      s.busy = false;
      s.problems = { all: say("silent") };
      draw(false);
    }, PATIENCE);
    send(content);
  }

  function closed(text) {
    return [h("div", { class: "hk-card" }, heading(text.closed.title), h("p", {}, text.closed.text))];
  }

  function welcome(text) {
    const coded = text.coded || s.slip; // who came with a slip has a role
    const points = text.points.map(({ lead, text: words }) =>
      h("div", { class: "hk-point" }, h("dt", {}, lead), h("dd", {}, words)));
    return [
      text.demo ? h("p", { class: "hk-demo" }, text.demo) : null,
      h("p", { class: "hk-lead" }, text.intro),
      text.closes ? h("p", { class: "hk-closes" }, text.closes) : null,
      h(headline, { class: "hk-heading" }, text.know),
      h("dl", { class: "hk-points" }, points),
      alarm(),
      h("div", { class: "hk-doors" }, coded ? null : start(text), model.file ? goOn() : comeBack(coded)),
    ].filter(Boolean);
  }

  function start(text) {
    const submit = (event) => {
      event.preventDefault();
      s.problems = {};
      ask({ type: "begin", perspective: s.draft.role, unit: s.draft.unit, ...belongs() });
    };
    const belonging = h("div", {});
    const more = () => belonging.replaceChildren(...belongTo(text, text.role || s.draft.role));
    more();
    const roles = text.roles.map(({ id, name, hint }) => h("label", { class: "hk-role" },
      h("input", { type: "radio", name: `${view}-role`, value: id, checked: s.draft.role === id,
                   "aria-describedby": wrong("role"), change: () => { s.draft.role = id; more(); } }),
      h("span", {}, h("strong", {}, name), hint ? h("span", { class: "hk-hint" }, hint) : null)));
    return h("form", { class: "hk-card", submit, novalidate: true },
      h(headline, { class: "hk-heading" }, say("start")),
      text.settled ? h("p", {}, `${say("as")} `, h("strong", {}, text.settled)) : null,
      roles.length ? h("fieldset", { class: `hk-roles ${s.problems.role ? "hk-problem" : ""}` },
        h("legend", {}, say("role")), problem("role"), roles) : null,
      text.units.length > 1 ? choice("unit", text.units) : null,
      belonging,
      button(say("begin"), null, "hk-main"));
  }

  /** One of a list, named before anything is answered. */
  function choice(name, listed) {
    const options = [{ id: "", name: say("choose") }, ...listed].map(({ id, name: label }) =>
      h("option", { value: id, selected: s.draft[name] === id }, label));
    const select = h("select", { "aria-invalid": wrong(name) ? "true" : null, "aria-describedby": wrong(name),
      change: (event) => { s.draft[name] = event.target.value; } }, options);
    return h("div", { class: "hk-field" },
      h("label", {}, h("span", {}, say(name)), select), problem(name));
  }

  /** Tier and pair, where they are listed and this role is asked. */
  function belongTo(text, role) {
    const asked = (listed) => listed.filter(({ ask: whom }) => !whom.length || whom.includes(role));
    const tiers = asked(text.tiers), pairs = asked(text.pairs);
    return [
      tiers.length ? choice("tier", tiers) : null,
      pairs.length ? choice("pair", [...pairs, { id: NO_PAIR, name: say("no_pair") }]) : null,
    ].filter(Boolean);
  }
  const belongs = () => ({ tier: s.draft.tier, pair: s.draft.pair });

  /** What a slip does not say. */
  function needs(text) {
    const submit = (event) => {
      event.preventDefault();
      s.problems = {};
      ask({ type: "resume", code: s.needs.code, ...belongs() });
    };
    const asked = belongTo(text, text.role);
    return [alarm(), h("form", { class: "hk-card", submit, novalidate: true },
      heading(say("start")), h("p", {}, `${say("as")} `, h("strong", {}, text.who)),
      asked, button(say("begin"), null, "hk-main"))].filter(Boolean);
  }

  function comeBack(only) {
    const submit = (event) => {
      event.preventDefault();
      s.problems = {};
      ask({ type: "resume", code: s.draft.code });
    };
    const hint = `${view}-code-hint`;
    const box = h("input", { type: "text", autocomplete: "off", autocapitalize: "characters",
      spellcheck: "false", maxlength: "40", "aria-invalid": wrong("code") ? "true" : null,
      "aria-describedby": [wrong("code"), hint].filter(Boolean).join(" "),
      input: (event) => { s.draft.code = event.target.value; } });
    box.value = s.draft.code;
    return h("form", { class: "hk-card hk-second", submit, novalidate: true },
      h(headline, { class: "hk-heading" }, say(only ? "slip" : "have")),
      h("p", { class: "hk-hint", id: hint }, say(only ? "slip_hint" : "have_hint")),
      h("div", { class: "hk-field" },
        h("label", {}, h("span", {}, say("code")), box), problem("code")),
      button(say(only ? "begin" : "resume"), null, only ? "hk-main" : ""));
  }

  /** Where the form is a file: go on with what was saved before. */
  function goOn() {
    const change = (event) => { s.problems = {}; if (event.target.files[0]) model.open(event.target.files[0], view); };
    return h("div", { class: "hk-card hk-second" }, h(headline, { class: "hk-heading" }, model.word("go_on")),
      h("div", { class: "hk-field" }, h("label", {}, h("span", {}, model.word("file")),
        h("input", { type: "file", accept: ".json", change }))));
  }

  const codeBox = () => h("p", { class: "hk-code", translate: "no" }, s.code);

  function code() {
    return [h("div", { class: "hk-card hk-centre" },
      heading(say("code")), codeBox(), h("p", { class: "hk-strong" }, say("write")),
      h("p", { class: "hk-measure" }, say("write_why")),
      button(say("written"), () => go("page", 0), "hk-main"))];
  }

  function page() {
    const now = s.form.pages[s.at];
    const last = s.at === s.form.pages.length - 1;
    const progress = h("p", { class: "hk-progress" });
    const steps = s.form.pages.map((each, i) => h("li", {},
      h("button", { type: "button", class: "hk-step", click: () => go("page", i),
                    "aria-current": i === s.at ? "step" : null }, String(i + 1))));
    const count = () => {
      progress.textContent = `${say("page", { i: s.at + 1, n: steps.length })} · ${standing(now)}`;
      s.form.pages.forEach((each, i) => {
        const name = `${say("page_name", { i: i + 1, name: each.name })}, ${standing(each)}`;
        const step = steps[i].firstChild;
        step.setAttribute("aria-label", name);
        step.title = name;
        const some = keys(each).some((f) => s.answers[f.key] != null);
        const full = some && !blanks(each);
        step.dataset.state = failed(each) ? "failed" : full ? "full" : some ? "some" : "none";
      });
    };
    const items = now.items.map((item) => block(item, count));
    count();
    return [
      h("nav", { class: "hk-steps", "aria-label": say("pages") }, h("ol", {}, steps)),
      progress,
      s.fresh ? null : h("p", { class: "hk-again" }, say("back_again")),
      now.block && now.block !== now.name ? h("p", { class: "hk-kicker" }, now.block) : null,
      heading(now.name), h("p", { class: "hk-about" }, now.about), ...items,
      h("div", { class: "hk-turn" },
        s.at ? button(say("back"), () => turn(s.at - 1)) : null,
        h("span", { class: "hk-who" }, s.form.who),
        button(say(last ? "finish" : "next"), () => (last ? go("done") : turn(s.at + 1)), "hk-main")),
    ].filter(Boolean);
  }

  function turn(to) {
    s.fresh = true; // "welcome back" is said once
    go("page", to);
  }
  const forth = () => (s.at === s.form.pages.length - 1 ? go("done") : turn(s.at + 1));

  /** One statement: it is the heading, so that it is what is read first; its place describes it. */
  function one() {
    const now = s.form.pages[s.at];
    const [item] = now.items;
    const n = s.form.pages.length;
    const place = h("p", { class: "hk-place", id: `${view}-place` },
      h("strong", {}, say("place", { i: s.at + 1, n })), ` · ${now.name}`);
    const trouble = h("div", { class: "hk-trouble", role: "status" });
    const count = () => {
      const lost = s.form.pages.map((each, i) => [each, i]).filter(([each, i]) => i !== s.at && failed(each));
      const why = lost.flatMap(([each]) => keys(each)).map((f) => s.marks[f.key]?.text).find(Boolean);
      const text = lost.length ? why || say("lost") : "";
      if (trouble.dataset.says === text) return;
      trouble.dataset.says = text;
      trouble.replaceChildren(...(text
        ? [h("p", {}, `${text} `, button(say("see"), () => turn(lost[0][1]), "hk-small"))] : []));
    };
    const title = (text) => h(headline, { class: "hk-heading hk-statement", tabindex: "-1", "data-here": true,
      "aria-describedby": `${view}-place` }, text);
    const [facet] = item.facets;
    const asked = item.facets.length === 1 ? question(facet, item.text, "", count, "hk-single", title)
      : [title(item.text), ...item.facets.map((each) => question(each, each.label, `${item.text}: `, count, "hk-single"))];
    const hint = s.told || shut || !s.form.scales[facet.scale].choices.length ? null
      : h("p", { class: "hk-hint" }, say("tap"), h("span", { class: "hk-keys" }, ` ${say("tap_keys")}`));
    s.told = true;
    shown.set("", count);
    count();
    return [
      place, h("progress", { class: "hk-bar", max: String(n), value: String(s.at + 1), "aria-hidden": "true" }),
      s.fresh ? null : h("p", { class: "hk-again" }, say("back_again")),
      trouble,
      now.about ? h("p", { class: "hk-about" }, now.about) : null, hint, ...[asked].flat(),
      h("div", { class: "hk-turn" },
        s.at ? button(say("back"), () => turn(s.at - 1)) : null,
        h("span", { class: "hk-who" }, s.form.who),
        button(say(s.at === n - 1 ? "finish" : "next"), forth, "hk-main")),
    ].filter(Boolean);
  }

  function block(item, count) {
    const kind = item.importance ? "hk-importance" : "";
    if (item.facets.length === 1) return question(item.facets[0], item.text, "", count, kind);
    return h("div", { class: "hk-item" }, h("h4", {}, item.text),
      item.facets.map((facet) => question(facet, facet.label, `${item.text}: `, count, kind)));
  }

  // ---------------------------------------------------------------------- a question

  function question(facet, text, before, count, kind, titled = (words) => words) {
    const { key } = facet;
    const scale = s.form.scales[facet.scale];
    const id = `${view}-${key}`;
    const status = h("p", { class: "hk-status", role: "status" });
    const error = h("div", { class: "hk-error", id: `${id}-error` });
    const again = button(say("again"), () => give(key, s.answers[key] ?? null), "hk-small");
    const clear = button(say("clear"), () => { give(key, null); empty(); }, "hk-small hk-clear");
    const keep = button(say("keep"), () => {
      const [stands] = s.stood[key] ?? [null];
      if (stands == null) delete s.answers[key];
      else s.answers[key] = stands;
      s.marks[key] = { state: "", text: "", sent: {} };
      control.show(stands);
      paint();
      inputs[0].focus();
    }, "hk-small");
    const mine = button(say("mine"), () => give(key, s.answers[key] ?? null), "hk-small");
    const foot = h("div", { class: "hk-foot" }, status, error, again, keep, mine, clear);
    const control = scale.kind === "text" ? writing(key, id, text, before, titled)
      : scale.most ? ticking(key, id, scale) : choosing(key, id, scale);
    const { inputs, empty, picked } = control;
    control.paint = () => paint();
    for (const input of shut ? inputs : []) {
      if (control.area) input.readOnly = true;
      else input.disabled = true;
    }

    function paint() {
      const mark = s.marks[key] ?? {};
      const words = { saved: model.file ? model.word("noted") : say("saved"), cleared: say("cleared"), slow: say("saving"), kept: say("kept"),
                      picked: say("picked") };
      const state = picked() ? "picked" : mark.state;
      status.textContent = words[state] ?? "";
      status.dataset.state = state ?? "";
      const stale = mark.state === "stale";
      const bad = mark.state === "failed" || stale;
      const told = stale ? say("elsewhere", { stands: named(scale, s.stood[key]?.[0]), mine: named(scale, s.answers[key]) })
        : mark.text;
      error.replaceChildren(...(bad ? [h("p", { role: "alert" }, told), aside(mark.detail)] : [])
        .filter(Boolean));
      again.hidden = !bad || stale || shut;
      keep.hidden = mine.hidden = !stale || shut;
      clear.hidden = shut || scale.kind === "text" || s.answers[key] == null;
      for (const input of inputs) {
        const base = input.dataset.describe ?? "";
        const refs = [bad ? `${id}-error` : "", base].filter(Boolean).join(" ");
        if (refs) input.setAttribute("aria-describedby", refs);
        else input.removeAttribute("aria-describedby");
      }
      if (control.area) control.area.setAttribute("aria-invalid", String(bad));
      count();
    }
    shown.set(key, paint);
    const node = control.area
      ? h("div", { class: `hk-question hk-writing ${kind}`, "data-question": key }, control.nodes, foot)
      : h("fieldset", { class: `hk-question ${kind}`, "data-question": key },
          h("legend", {}, before ? h("span", { class: "hk-unseen" }, before) : null, titled(text)),
          control.nodes, foot);
    // The steps are counted once by the page; here only this question's own marks.
    const whole = count;
    count = () => {};
    paint();
    count = whole;
    return node;
  }

  /** What an answer is called; an answer in own words is those. */
  function named(scale, value) {
    if (value == null) return say("nothing");
    if (scale.most) return picks(value).map((one) => scale.choices.find((each) => each.value === one)?.label ?? one).join(", ");
    const known = [...scale.choices, ...scale.ways_out].find((each) => each.value === value);
    return known?.label ?? (value.length > 200 ? `${value.slice(0, 200)} …` : value);
  }

  // Digits answer and move on (Python says which digit is which answer). Arrows pass by: what they
  // stand on is taken with Enter or the space bar, or when the question is left.
  function choosing(key, id, scale) {
    let passing = null; // what the arrows stand on
    const control = { paint: () => {} };
    const take = () => {
      const value = passing;
      passing = null;
      if (value != null) give(key, value);
    };
    const digit = (value) => Object.keys(scale.digits).find((each) => scale.digits[each] === value);
    const option = (value, label, kind = "") => {
      const change = () => {
        if (arrow) { passing = value; return control.paint(); }
        const first = s.answers[key] == null;
        passing = null;
        give(key, value);
        // Who comes back to change an answer stays to see it.
        if (model.single && first) onward(nodes);
      };
      const input = h("input", { type: "radio", name: id, value, checked: s.answers[key] === value, change });
      const hint = model.single && digit(value)
        ? h("span", { class: "hk-digit", "aria-hidden": "true" }, digit(value)) : null;
      return [input, h("label", { class: `hk-option ${kind}` }, input, h("span", {}, label), hint)];
    };
    const made = scale.choices.map(({ value, label }) => option(value, label));
    for (const { value, label } of scale.ways_out) made.push(option(value, label, "hk-dk"));
    const inputs = made.map(([input]) => input);
    let arrow = false;
    const keydown = (event) => {
      arrow = event.key.startsWith("Arrow");
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (passing != null && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        take();
        if (model.single) onward(nodes);
      } else {
        press(event);
      }
    };
    const press = (event) => {
      const value = scale.digits[event.key];
      if (value == null || shut) return;
      event.preventDefault();
      show(value);
      passing = null;
      give(key, value);
      onward(nodes);
    };
    const keyup = () => { arrow = false; };
    const focusout = (event) => {
      if (!nodes.contains(event.relatedTarget)) take();
    };
    const nodes = h("div", { class: "hk-scale", keydown, keyup, focusout, pointerdown: () => { arrow = false; } },
      made.map(([, label]) => label));
    nodes.press = press;
    nodes.style.setProperty("--n", String(scale.choices.length));
    nodes.style.setProperty("--out", String(Math.max(scale.ways_out.length, 1)));
    const show = (value) => {
      for (const input of inputs) input.checked = input.value === value;
    };
    const empty = () => {
      show(null);
      inputs[0].focus(); // the button just pressed goes away
    };
    return Object.assign(control, { nodes, inputs, empty, show, picked: () => passing != null });
  }

  // So many of a list, or up to so many, as one answer. One more than that is not taken, and why is said: a box that is
  // switched off could not be reached with the keyboard.
  function ticking(key, id, scale) {
    const told = h("p", { class: "hk-count", role: "status", id: `${id}-count` });
    const picked = () => scale.choices.map(({ value }) => value).filter((_, i) => inputs[i].checked);
    const count = (full = false) => {
      const n = picked().length;
      const text = say(scale.fewest < scale.most ? "up_to_chosen" : "of_chosen", { i: n, n: scale.most });
      told.textContent = full ? `${text}. ${say("enough")}` : text;
      inputs.forEach((input) => input.setAttribute("aria-disabled", String(n >= scale.most && !input.checked)));
    };
    const made = scale.choices.map(({ value, label, about }, i) => {
      const change = (event) => {
        if (picked().length > scale.most) {
          event.target.checked = false;
          return count(true);
        }
        count();
        give(key, picked().join(" ") || null);
      };
      const described = [about ? `${id}-about-${i}` : "", `${id}-count`].join(" ").trim();
      const input = h("input", { type: "checkbox", value, checked: picks(s.answers[key]).includes(value), change,
        "aria-labelledby": `${id}-name-${i}`, "data-describe": described });
      return [input, h("label", { class: "hk-option hk-tick" }, input, h("span", {},
        h("strong", { id: `${id}-name-${i}` }, label),
        about ? h("span", { class: "hk-hint", id: `${id}-about-${i}` }, about) : null))];
    });
    const inputs = made.map(([input]) => input);
    const nodes = h("div", { class: "hk-picks" }, told, made.map(([, option]) => option));
    const show = (value) => {
      for (const input of inputs) input.checked = picks(value).includes(input.value);
      count();
    };
    count();
    return { nodes, inputs, show, paint: () => {}, picked: () => false, empty: () => { show(null); inputs[0].focus(); } };
  }

  /** To the next question of the page, or the button that turns it. */
  function onward(from) {
    const stops = [...root.querySelectorAll(".hk-scale, .hk-picks, .hk-writing textarea, .hk-turn .hk-main")];
    const next = stops[stops.indexOf(from) + 1];
    if (model.single && next?.matches(".hk-main")) {
      clearTimeout(s.forth);
      s.forth = setTimeout(forth, MOMENT);
      return;
    }
    const inside = next?.matches(".hk-scale, .hk-picks") ? next.querySelector("input:checked") ?? next.querySelector("input") : next;
    inside?.focus();
    inside?.closest("[data-question]")?.scrollIntoView({ block: "nearest" });
  }

  function writing(key, id, text, before, titled) {
    const area = h("textarea", { id, rows: "4", maxlength: String(s.longest), "data-describe": `${id}-hint`,
      input: () => {
        clearTimeout(s.drafts[key]?.timer);
        s.drafts[key] = { value: area.value, timer: setTimeout(flush, PAUSE) };
      },
      blur: () => flush() });
    area.value = s.answers[key] ?? "";
    const nodes = [
      titled(h("label", { for: id }, before ? h("span", { class: "hk-unseen" }, before) : null, text)),
      h("p", { class: "hk-hint", id: `${id}-hint` }, say("names")), area];
    const show = (value) => { area.value = value ?? ""; };
    return { nodes, inputs: [area], area, show, empty: () => {}, picked: () => false };
  }

  // ------------------------------------------------------------------------ the end

  /** What is left where one statement is shown at a time: every part, its open statements by number. */
  function parts() {
    const all = s.form.pages.map((each, i) => ({ ...each, i }));
    const named = [...new Set(all.map((each) => each.part))].map((part) => all.filter((each) => each.part === part));
    return named.map((steps) => {
      const whole = { ...steps[0], items: steps.flatMap((each) => each.items) };
      const open = steps.filter((each) => failed(each) || blanks(each));
      const numbers = open.map((each) => h("button", { type: "button", class: "hk-step hk-number",
        "data-state": failed(each) ? "failed" : "none", click: () => turn(each.i),
        "aria-label": `${each.i + 1}: ${each.items[0].text}` }, String(each.i + 1)));
      return h("li", {}, h("button", { type: "button", class: "hk-link", click: () => turn((open[0] ?? steps[0]).i) },
        whole.name), ` – ${standing(whole)}`, numbers.length ? h("div", { class: "hk-numbers" }, numbers) : null);
    });
  }

  /** Where the form is a file: what was answered is saved as another, which is sent back. */
  function file() {
    const told = h("p", { role: "status" });
    const save = () => { flush(); model.save(); told.textContent = model.word("saved"); };
    return h("div", { class: "hk-file" },
      h("p", { class: "hk-strong" }, model.word("save_why")),
      button(model.word("save"), save, "hk-main"), told,
      h("p", { class: "hk-hint" }, model.word("send")));
  }

  function done() {
    const lost = s.form.pages.reduce((sum, each) => sum + failed(each), 0);
    const open = s.form.pages.map((each, i) => [each, i])
      .filter(([each]) => failed(each) || blanks(each));
    const list = model.single ? parts() : open.map(([each, i]) => h("li", {},
      h("button", { type: "button", class: "hk-link", click: () => go("page", i) },
        say("page_name", { i: i + 1, name: each.name })), ` – ${standing(each)}`));
    const saved = h("p", { class: "hk-lead" });
    const tell = () => {
      const waiting = Object.values(s.marks).some((m) => ["sent", "slow", "kept"].includes(m.state));
      saved.textContent = waiting ? say("saving") : lost ? say("not_all", { n: lost })
        : model.file ? model.word("not_yet") : say("thanks_text");
    };
    // The last answers may still be on their way: what they become decides what is said.
    for (const [key, mark] of Object.entries(s.marks)) {
      if (["sent", "slow", "kept"].includes(mark.state)) {
        shown.set(key, () => (mark.state === "failed" ? draw(false) : tell()));
      }
    }
    tell();
    return [
      heading(say("thanks")), saved,
      list.length ? h("div", { class: "hk-left" }, h("p", {}, say(!model.single ? "left" : open.length ? "overview_left" : "overview")),
        h("ul", {}, list)) : null,
      model.file ? file() : h("div", { class: "hk-card hk-centre" },
        h(headline, { class: "hk-heading" }, say("code")), codeBox(), h("p", { class: "hk-strong" }, say("write"))),
      h(headline, { class: "hk-heading" }, say("happens")),
      h("p", {}, model.file ? model.word("happens") : say("happens_text")),
      h("div", { class: "hk-turn" },
        button(say("back"), () => turn(s.form.pages.length - 1)),
        model.file ? null : button(say("leave"), leave, "hk-main")),
    ].filter(Boolean);
  }

  /** The code once more, until whoever holds this machine closes. */
  function over() {
    return [heading(say("thanks")),
      h("div", { class: "hk-card hk-centre" }, h(headline, { class: "hk-heading" }, say("code")), codeBox()),
      h("div", { class: "hk-turn" }, button(say("leave"), leave, "hk-main"))];
  }

  function leave() {
    flush();
    send({ type: "leave" });
    hello();
    root.scrollIntoView({ block: "start" });
  }

  function hello() {
    reset();
    s.note = "waiting";
    draw(false);
    s.timer = setTimeout(() => { s.note = "silent"; draw(false); }, PATIENCE);
    send({ type: "hello" });
  }

  // JupyterLab reads keys as its commands: arrows change the cell, D D deletes it, Enter is taken
  // from a text field. It listens on the document, so keys stop here; saving the notebook may pass.
  root.addEventListener("keydown", (event) => {
    const combined = event.ctrlKey || event.metaKey || event.altKey;
    // On a fresh page the first digit is the first question's.
    if (!combined && event.target.matches?.("[data-here]")) root.querySelector(".hk-scale")?.press(event);
    if (!((event.ctrlKey || event.metaKey) && event.key === "s")) event.stopPropagation();
  });
  const hidden = () => { if (document.hidden) flush(); };
  model.on("msg:custom", received);
  document.addEventListener("visibilitychange", hidden);
  hello();
  if (!model.keeps && !model.file && !ours()) send({ type: "faces" }); // a phone's page has them, a file has its reader's
  return () => {
    flush();
    send({ type: "leave" });
    model.off("msg:custom", received);
    document.removeEventListener("visibilitychange", hidden);
  };
}

export default { render };
