// The front page. Python owns the truth: this draws the parts it is sent, and tells what somebody did.
// All outside text goes in as text (never as HTML); nothing is widget state.

const PIECE = 400000; // bytes of a file that go in one message
const PAUSE = 350; // ms between two pieces: Jupyter holds back who sends too much at once
const PATIENCE = 15000; // ms without a reply before the page says so
const MOST = 30 * 1024 * 1024; // bytes of a made file that are brought into the page by themselves

/** An element: attributes, listeners (functions) and children; strings become text nodes. */
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(3).filter((child) => child != null && child !== ""));
  return node;
}

let count = 0;
const unique = () => `hf${(count += 1)}`;
const kinds = { pdf: "application/pdf", html: "text/html" };

function render({ model, el }) {
  const root = h("div", { class: "hrkit-front" });
  el.append(root);
  let view = null; // what Python sent last
  let ui = {};
  let waiting = 0;
  let sent = Promise.resolve();
  let acks = new Map(); // file name → what to do when its piece has come
  let made = new Map(); // number of a made file → its address in this page
  let pulling = null;
  let madeOf = "";
  let focus = "";

  const status = h("p", { class: "hf-unseen", role: "status" });
  const place = h("div", {});
  // What is wrong with the line is to be seen as well as heard, wherever the page is scrolled to.
  const trouble = h("p", { class: "hf-trouble", hidden: true });
  root.append(status, trouble, place);
  place.append(h("p", { class: "hf-quiet" }, model.get("opening")));

  // A key pressed here is meant for the page: JupyterLab would take Enter on a heading that opens for its own,
  // and two d's for "delete this cell".
  root.addEventListener("keydown", (event) => {
    if (!((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s")) event.stopPropagation();
  });

  // The notebook's theme where it says one (JupyterLab, Notebook 7), else the machine's.
  const asked = matchMedia("(prefers-color-scheme: dark)");
  const shade = () => {
    const light = document.body.dataset.jpThemeLight;
    root.classList.toggle("hf-dark", light == null ? asked.matches : light === "false");
  };
  const themes = new MutationObserver(shade);
  themes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  asked.addEventListener("change", shade);
  shade();

  function send(content, buffers) {
    clearTimeout(waiting);
    waiting = setTimeout(() => { status.textContent = ui.loading || ""; root.classList.add("hf-waits"); }, 400);
    late = setTimeout(() => { if (ui.lost) warn(ui.lost); }, PATIENCE);
    model.send(content, undefined, buffers);
  }
  let late = 0;

  function say(text) { status.textContent = ""; requestAnimationFrame(() => { status.textContent = text; }); }

  function warn(text) { say(text); trouble.textContent = text; trouble.hidden = false; }

  // The kernel was restarted or ended: nothing more comes, and no bar goes on.
  const gone = () => {
    clearTimeout(waiting);
    clearTimeout(late);
    root.classList.remove("hf-waits");
    root.classList.add("hf-gone");
    if (ui.stopped) warn(ui.stopped);
  };
  model.on("comm_live_update", gone);

  function came(message, parts) {
    trouble.hidden = true;
    root.classList.remove("hf-gone");
    clearTimeout(waiting);
    clearTimeout(late);
    root.classList.remove("hf-waits");
    if (message.type === "view") { view = message; ui = message.ui; draw(); }
    else if (message.type === "job") { if (view) along(message); }
    else if (message.type === "piece") acks.get(message.name)?.();
    else if (message.type === "bytes") pulled(message, parts[0]);
    else if (message.type === "broken") warn(message.said);
  }

  // ------------------------------------------------------------------------------- the page

  let jobAt = null;
  function draw() {
    const was = focus || document.activeElement?.dataset?.key || "";
    const open = new Set([...place.querySelectorAll("details[open]")].map((node) => node.dataset.key));
    root.lang = view.language;
    const top = h("div", { class: "hf-top" },
      h("h2", { class: "hf-title" }, view.title, view.client ? h("span", { class: "hf-client" }, ` · ${view.client}`) : ""),
      h("label", { class: "hf-language" }, h("span", {}, ui.language),
        h("select", { "data-key": "language", change: (e) => { focus = "language"; send({ type: "speak", language: e.target.value }); } },
          view.languages.map(([code, name]) => h("option", { value: code, selected: code === view.language, lang: code }, name)))));
    const pages = h("nav", { class: "hf-pages", "aria-label": ui.pages },
      h("ol", {}, view.pages.map(([id, label]) => h("li", {},
        h("button", { type: "button", "data-key": `page-${id}`, "aria-current": id === view.page ? "page" : null,
          click: () => { focus = "heading"; ended = null; send({ type: "go", page: id }); } }, label)))));
    const name = view.pages.find(([id]) => id === view.page)?.[1] ?? "";
    const body = h("section", { class: "hf-body", "aria-label": name },
      h("h3", { class: "hf-heading", tabindex: "-1", "data-key": "heading" }, name));
    if (view.said) body.append(told(view.said));
    jobAt = h("div", {});
    body.append(jobAt);
    body.append(...parts(view.parts, open, null));
    place.replaceChildren(top, pages, body);
    drawJob();
    if (view.said) say(view.said.text);
    const to = view.said && was.startsWith("do-") ? place.querySelector(".hf-said") : was && place.querySelector(`[data-key="${CSS.escape(was)}"]`);
    if (to) { to.focus({ preventScroll: false }); }
    focus = "";
  }

  function told(said) {
    const box = h("div", { class: `hf-said ${said.good ? "hf-good" : "hf-bad"}`, tabindex: "-1" }, h("p", { class: "hf-strong" }, said.text));
    if (said.rows.length) box.append(tabled({ caption: said.caption, columns: said.columns, rows: said.rows }));
    if (said.notes.length) box.append(h("ul", {}, said.notes.map((note) => h("li", {}, note))));
    if (said.call) box.append(h("details", { class: "hf-call" }, h("summary", {}, ui.python), h("code", {}, said.call)));
    return box;
  }

  function tabled(part) {
    return h("div", { class: "hf-wide", tabindex: "0", role: "region", "aria-label": part.caption },
      h("table", { id: part.id ?? null }, h("caption", { class: "hf-unseen" }, part.caption),
        h("thead", {}, h("tr", {}, part.columns.map((one) => h("th", { scope: "col" }, one)))),
        h("tbody", {}, part.rows.map((row) => h("tr", {}, row.map((cell, i) => (i ? h("td", {}, cell) : h("th", { scope: "row" }, cell))))))));
  }

  function parts(list, open, fields) { return list.map((part) => drawn(part, open, fields)); }

  function drawn(part, open, fields) {
    switch (part.kind) {
      case "title": return h("h4", { class: "hf-part" }, part.text);
      case "text": return part.look === "lines" ? h("pre", { class: "hf-lines" }, part.text) : h("p", { class: `hf-${part.look}` }, part.text);
      case "table": return tabled(part);
      case "links": return h("ul", { class: "hf-links" }, part.items.map(([label, href]) =>
        h("li", {}, h("a", { href: local(href), target: "_blank", rel: "noopener" }, label))));
      case "buttons": return h("div", { class: "hf-turn", role: "group", "aria-label": part.label }, part.buttons.map((one) => pressed(one, () => ({}))));
      case "more": {
        const key = `more-${part.label}`;
        return h("details", { class: "hf-more", "data-key": key, open: part.open || open.has(key) },
          h("summary", {}, part.label), h("div", { class: "hf-inside" }, parts(part.parts, open, fields)));
      }
      case "form": return formed(part, open);
      case "look": return looked(part);
      default: return field(part, fields);
    }
  }

  /** An address that Python found, on this very server. */
  function local(href) { return href.startsWith("/") && !href.startsWith("//") ? href : "#"; }

  function formed(part, open) {
    const fields = [];
    const values = () => Object.assign({}, ...fields.map((read) => read()));
    const inside = parts(part.parts, open, fields);
    const buttons = part.buttons.map((one) => pressed(one, values));
    const node = h("form", { class: "hf-form", submit: (e) => { e.preventDefault(); (buttons.find((b) => b.classList.contains("hf-main")) ?? buttons[0])?.click(); } },
      part.legend
        ? h("fieldset", { class: "hf-group" }, h("legend", {}, part.legend), inside)
        : inside,
      h("div", { class: "hf-turn" }, buttons));
    return node;
  }

  function pressed(one, values) {
    return h("button", { type: "button", class: `hf-button${one.main ? " hf-main" : ""}`, "data-key": `do-${one.do}`,
      click: () => {
        focus = `do-${one.do}`;
        const told = { ...values(), ...one.with };
        const of = view.of; // whose page this was filled in on
        sent = sent.then(() => { send({ type: "do", do: one.do, values: told, of }); });
      } }, one.label);
  }

  function looked(part) {
    return h("figure", { class: "hf-look", "aria-label": part.label },
      h("figcaption", {}, part.label),
      h("div", { class: "hf-cover", style: `--first: ${safe(part.primary)}; --second: ${safe(part.accent)}` },
        part.logo ? h("img", { src: part.logo, alt: part.alt }) : "",
        h("p", { class: "hf-strong" }, part.heading), h("p", {}, part.client), h("p", {}, part.by)));
  }

  function safe(colour) { return /^#[0-9a-fA-F]{6}$/.test(colour) ? colour : "#000000"; }

  // ------------------------------------------------------------------------------- fields

  function field(part, fields) {
    const id = unique();
    const below = [];
    if (part.help) below.push(h("p", { class: "hf-hint", id: `${id}-help` }, part.help));
    if (part.problem) below.push(h("p", { class: "hf-problem", id: `${id}-bad` }, part.problem));
    const described = [part.help && `${id}-help`, part.problem && `${id}-bad`].filter(Boolean).join(" ") || null;
    const base = { id, "data-key": `at-${part.id}`, "aria-describedby": described, "aria-invalid": part.problem ? "true" : null, lang: part.lang ?? null };
    const label = h("label", { for: id }, part.label);
    const keep = (read) => { fields?.push(() => ({ [part.id]: read() })); };
    const box = (...inside) => h("div", { class: "hf-field" }, ...inside, below);
    switch (part.kind) {
      case "area": {
        const input = h("textarea", { ...base, rows: "3" });
        input.value = part.value;
        keep(() => input.value);
        return box(label, input);
      }
      case "select": {
        const input = h("select", base, part.options.map(([value, name]) => h("option", { value, selected: value === part.value }, name)));
        keep(() => input.value);
        return box(label, input);
      }
      case "tick": {
        const input = h("input", { ...base, type: "checkbox", checked: part.value === true });
        keep(() => input.checked);
        return h("div", { class: "hf-field" }, h("label", { class: "hf-tick" }, input, h("span", {}, part.label)), below);
      }
      case "choices": {
        const inputs = part.options.map(([value, name]) => {
          const input = h("input", { type: "checkbox", value, checked: part.value.includes(value), "data-key": `at-${part.id}-${value}` });
          return [input, h("label", { class: "hf-tick" }, input, h("span", {}, name))];
        });
        keep(() => inputs.filter(([input]) => input.checked).map(([input]) => input.value));
        return h("fieldset", { class: "hf-field hf-choices", "aria-describedby": described }, h("legend", {}, part.label), inputs.map(([, one]) => one), below);
      }
      case "colour": {
        const input = h("input", { ...base, type: "color", value: safe(part.value || part.usual) });
        const kits = h("input", { type: "checkbox", checked: !part.value });
        const shown = () => { input.disabled = kits.checked; };
        kits.addEventListener("change", shown);
        shown();
        keep(() => (kits.checked ? "" : input.value));
        return box(label, h("div", { class: "hf-turn" }, input, h("label", { class: "hf-tick" }, kits, h("span", {}, `${ui.kits} (${part.label.toLowerCase()})`))));
      }
      case "files": return filed(part, id, base, label, box, keep);
      case "rows": return rowed(part, box, keep);
      case "grid": return gridded(part, box, keep);
      case "remark": return remarked(part, fields);
      case "action": return acted(part, fields);
      default: {
        const kind = { number: "number", date: "date", password: "password" }[part.kind] ?? "text";
        const input = h("input", { ...base, type: kind, min: part.least ?? null, placeholder: part.hint ?? null, autocomplete: "off", value: part.value ?? "" });
        keep(() => input.value);
        return box(label, input);
      }
    }
  }

  function filed(part, id, base, label, box, keep) {
    const names = [];
    const list = h("ul", { class: "hf-files", "aria-live": "polite" });
    const input = h("input", { ...base, type: "file", class: "hf-unseen", accept: part.accept ?? null, multiple: part.several === true,
      change: () => take(input.files) });
    function take(files) {
      if (!part.several) { names.length = 0; list.replaceChildren(); }
      for (const file of part.several ? files : [...files].slice(0, 1)) {
        names.push(file.name);
        list.append(h("li", {}, file.name));
        sent = sent.then(() => upload(file));
      }
    }
    const zone = h("div", { class: "hf-drop",
      dragover: (e) => { e.preventDefault(); zone.classList.add("hf-over"); },
      dragleave: () => zone.classList.remove("hf-over"),
      drop: (e) => { e.preventDefault(); e.stopPropagation(); zone.classList.remove("hf-over"); take(e.dataTransfer.files); } },
      h("span", { class: "hf-hint" }, ui.dropped), input, h("label", { class: "hf-button hf-choose-file", for: id }, ui.choose), list);
    keep(() => [...names]);
    return box(label, zone);
  }

  /** Send a file in pieces, each after the one before has come. */
  async function upload(file) {
    const of = Math.max(1, Math.ceil(file.size / PIECE));
    for (let i = 0; i < of; i += 1) {
      const data = await file.slice(i * PIECE, (i + 1) * PIECE).arrayBuffer();
      await new Promise((done) => {
        acks.set(file.name, done);
        setTimeout(done, PATIENCE);
        send({ type: "piece", name: file.name, i, of }, [data]);
      });
    }
    acks.delete(file.name);
  }

  function rowed(part, box, keep) {
    const rows = [];
    const body = h("tbody", {});
    function add(row, fresh) {
      const cells = {};
      const line = h("tr", {}, part.columns.map((column) => {
        const name = `${column.label}: ${row.name || part.label}`;
        const cell = column.kind === "select"
          ? h("select", { "aria-label": name }, column.options.filter(([value]) => value !== row.id).map(([value, said]) => h("option", { value, selected: value === (row[column.id] ?? "") }, said)))
          : h("input", { type: "text", "aria-label": name, value: row[column.id] ?? "" });
        cells[column.id] = cell;
        return h("td", {}, cell);
      }), h("td", {}, h("button", { type: "button", class: "hf-small", "aria-label": `${ui.remove}: ${row.name || part.label}`,
        click: () => { rows.splice(rows.indexOf(entry), 1); line.remove(); more.focus(); } }, ui.remove)));
      const entry = { id: row.id ?? "", cells };
      rows.push(entry);
      body.append(line);
      if (fresh) Object.values(cells)[0].focus();
    }
    for (const row of part.value) add(row);
    const more = h("button", { type: "button", class: "hf-small", click: () => add({}, true) }, ui.add);
    keep(() => rows.map((one) => ({ id: one.id, ...Object.fromEntries(Object.entries(one.cells).map(([key, cell]) => [key, cell.value])) })));
    return box(h("div", { class: "hf-wide", tabindex: "0", role: "region", "aria-label": part.label },
      h("table", { class: "hf-edit" }, h("caption", { class: "hf-unseen" }, part.label),
        h("thead", {}, h("tr", {}, part.columns.map((one) => h("th", { scope: "col" }, one.label)), h("td", {}))), body)), more);
  }

  function gridded(part, box, keep) {
    const cells = [];
    const table = h("table", { class: "hf-edit" }, h("caption", { class: "hf-unseen" }, part.label),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, part.corner), part.columns.map(([, name]) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, part.value.map((row) => h("tr", {}, h("th", { scope: "row" }, row.label), part.columns.map(([id, name]) => {
        const input = h("input", { type: "number", min: "0", inputmode: "numeric", "aria-label": `${row.label}, ${name}`, value: String(row.cells[id] ?? "") });
        cells.push([row.id, id, input]);
        return h("td", {}, input);
      })))));
    keep(() => {
      const said = {};
      for (const [row, column, input] of cells) (said[row] ??= {})[column] = input.value;
      return said;
    });
    return box(h("div", { class: "hf-wide", tabindex: "0", role: "region", "aria-label": part.label }, table));
  }

  /** Values of all comments, or of all actions, go under one name. */
  function together(fields, name, id, read) {
    let all = fields.find((one) => one.of === name);
    if (!all) { const inside = []; all = () => ({ [name]: Object.fromEntries(inside.map((one) => one())) }); all.of = name; all.inside = inside; fields.push(all); }
    all.inside.push(() => [id, read()]);
  }

  function remarked(part, fields) {
    const pass = h("input", { type: "checkbox", checked: part.value, "data-key": `at-${part.id}` });
    const words = h("textarea", { rows: "2", id: unique() });
    words.value = part.text;
    together(fields, "remarks", part.id, () => ({ pass: pass.checked, text: words.value }));
    const quote = unique();
    return h("div", { class: "hf-card", role: "group", "aria-labelledby": quote },
      h("p", { class: "hf-hint" }, part.question), h("blockquote", { id: quote }, part.label),
      part.warning ? h("p", { class: "hf-warn" }, part.warning) : "",
      h("label", { class: "hf-tick" }, pass, h("span", {}, part.pass)),
      h("details", { open: part.text !== "" }, h("summary", {}, part.wording), h("label", { class: "hf-unseen", for: words.id }, part.wording), words));
  }

  function acted(part, fields) {
    const name = unique();
    const quote = unique();
    const inputs = part.options.map(([value, label]) => {
      const input = h("input", { type: "radio", name, value, checked: value === part.value, disabled: part.fixed, "data-key": `at-${part.id}-${value}` });
      return [input, h("label", { class: "hf-tick" }, input, h("span", {}, label))];
    });
    const words = h("textarea", { rows: "3", id: unique(), lang: part.lang });
    words.value = part.text;
    together(fields, "actions", part.id, () => ({ state: inputs.find(([input]) => input.checked)?.[0].value ?? "", text: words.value }));
    return h("div", { class: `hf-card hf-${part.value || "free"}`, role: "group", "aria-labelledby": quote },
      h("p", { id: quote, lang: part.lang }, part.label), h("p", { class: "hf-hint" }, part.about),
      h("div", { class: "hf-turn" }, inputs.map(([, one]) => one)),
      h("details", {}, h("summary", {}, part.wording), h("label", { class: "hf-unseen", for: words.id }, part.wording), words));
  }

  // ---------------------------------------------------------------------------- what takes long

  let ended = null; // what was said at the end of the last job
  function along(message) {
    view.job = message.job;
    ended = message.said ?? null;
    // That it was begun is no longer so; the words in Python stay with what became of it.
    const begun = ended && view.said ? place.querySelector(".hf-body > .hf-said") : null;
    if (begun) ended = { ...ended, call: ended.call || view.said.call };
    const focused = begun?.contains(document.activeElement);
    drawJob();
    if (begun) { begun.remove(); view.said = null; }
    if (focused) jobAt.querySelector(".hf-said")?.focus({ preventScroll: true });
    const old = message.part && place.querySelector(`#${CSS.escape(message.part.id)}`)?.closest(".hf-wide");
    if (old) old.replaceWith(tabled(message.part));
    if (ended) say(ended.text);
  }

  function drawJob() {
    const job = view?.job;
    if (!jobAt || !job) return;
    const running = job.state === "running";
    const key = String(job.number);
    if (running || key !== madeOf) {
      for (const one of made.values()) URL.revokeObjectURL(one.href);
      made = new Map();
      pulling = null;
      madeOf = running ? "" : key;
    }
    const label = unique();
    const bar = h("progress", { max: job.of || 1, "aria-labelledby": label });
    if (!running || job.of) bar.value = job.done;
    const box = h("div", { class: "hf-job" }, h("p", { id: label, class: "hf-strong" }, job.label));
    if (running) box.append(bar, h("p", { class: "hf-quiet" }, job.far || ui.loading));
    if (running && job.pauses) box.append(h("button", { type: "button", class: "hf-button", disabled: job.pausing, "data-key": "pause",
      click: () => send({ type: "pause" }) }, job.pausing ? ui.pausing : ui.pause));
    if (!running && job.files.length) {
      box.append(h("ul", { class: "hf-links" }, job.files.map((file, i) => {
        const at = h("li", { "data-file": i });
        offered(at, file, i);
        return at;
      })));
      pull(job.files);
    }
    if (running) ended = null;
    jobAt.replaceChildren(ended ? told(ended) : "", !running && !job.files.length ? "" : box);
  }

  function offered(at, file, i) {
    const there = made.get(i);
    if (there?.href) {
      const pdf = file.name.toLowerCase().endsWith(".pdf");
      at.replaceChildren(h("a", { href: there.href, target: pdf ? "_blank" : null, rel: "noopener", download: pdf ? null : file.name, "data-key": `file-${i}` },
        `${pdf ? ui.open : ui.get} ${file.name}`));
    } else if (file.size > MOST) at.replaceChildren(file.name);
    else at.replaceChildren(h("span", { class: "hf-quiet" }, `${file.name} …`));
  }

  /** Bring made files into the page, one piece at a time, the first file first. */
  function pull(files) {
    const next = files.findIndex((file, i) => !made.has(i) && file.size <= MOST);
    if (next < 0 || pulling || view.job?.state === "running") return;
    pulling = { job: view.job?.number, file: next, parts: [], had: 0 };
    model.send({ type: "fetch", job: pulling.job, file: next, from: 0 });
  }

  function pulled(message, data) {
    if (!pulling || message.job !== pulling.job || message.file !== pulling.file || message.from !== pulling.had) return;
    const mine = pulling;
    const bytes = data instanceof DataView ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
    pulling.parts.push(bytes.slice());
    pulling.had += bytes.length;
    if (pulling.had < message.size && bytes.length) {
      setTimeout(() => pulling === mine && model.send({ type: "fetch", job: mine.job, file: mine.file, from: mine.had }), PAUSE);
      return;
    }
    const type = kinds[message.name.toLowerCase().split(".").pop()] ?? "application/octet-stream";
    made.set(message.file, { href: URL.createObjectURL(new Blob(pulling.parts, { type })) });
    pulling = null;
    const at = place.querySelector(`[data-file="${message.file}"]`);
    const file = view.job?.files?.[message.file];
    if (at && file) offered(at, file, message.file);
    setTimeout(() => pull(view.job?.files ?? []), PAUSE);
  }

  const heard = (message, parts) => came(message, parts);
  model.on("msg:custom", heard);
  send({ type: "look", language: navigator.language });
  return () => {
    model.off("msg:custom", heard);
    themes.disconnect();
    asked.removeEventListener("change", shade);
    for (const one of made.values()) URL.revokeObjectURL(one.href);
  };
}

export default { render };
