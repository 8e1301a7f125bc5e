// What a desk does for an open page, done in memory for a form that is a file. `render` is the form's.
const DATA = JSON.parse(document.getElementById("data").textContent);
const LARGEST_FILE = 512 * 1024;
let hear = () => {};
let visit = null; // { code, unit, tier, pair, answers }
let spoken = DATA.language;
let saved = true; // whether all that was answered is in a file
let saves = 0; // how often it was given as a file: of two files of one person the higher came last, and no time is told

const letters = crypto.getRandomValues(new Uint32Array(10));
const drawn = Array.from(letters, (n) => DATA.alphabet[n % DATA.alphabet.length]).join("");
const code = `${drawn.slice(0, 4)}-${drawn.slice(4, 8)}-${drawn.slice(8)}`;
const word = (name) => DATA.words[spoken][name];
const page = (language) => DATA.pages[language];

/** Where somebody belongs, as far as this perspective is asked. */
function belongs({ tier, pair }) {
  const asked = (listed) => listed.filter(({ ask }) => !ask.length || ask.includes(DATA.perspective)).map(({ id }) => id);
  const tiers = asked(page(spoken).tiers), pairs = asked(page(spoken).pairs);
  const problems = {};
  if (tiers.length && !tiers.includes(tier)) problems.tier = word("no_tier");
  if (pairs.length && pair !== NO_PAIR && !pairs.includes(pair)) problems.pair = word("no_pair");
  return { tier: tiers.includes(tier) ? tier : null, pair: pairs.includes(pair) ? pair : null, problems };
}

function reply(message) {
  if (message.language && DATA.forms[message.language]) spoken = message.language;
  document.documentElement.lang = spoken;
  const form = DATA.forms[spoken];
  if (message.type === "hello") return { type: "welcome", language: spoken, pages: DATA.pages };
  if (message.type === "language") return { type: "form", form };
  if (message.type === "begin") {
    const { tier, pair, problems } = belongs(message);
    const unit = DATA.units.length === 1 ? DATA.units[0] : message.unit;
    if (!DATA.units.includes(unit)) problems.unit = word("no_unit");
    if (Object.keys(problems).length) return { type: "refused", problems };
    visit = { code, unit, tier, pair, answers: {} };
    return opened(form);
  }
  if (message.type === "answer" && visit) {
    if (message.value == null) delete visit.answers[message.key];
    else visit.answers[message.key] = message.value;
    saved = false;
    return { type: "saved", key: message.key, stamp: message.stamp };
  }
  return null;
}

const opened = (form) => ({ type: "opened", fresh: false, code: "", answers: { ...visit.answers }, form, longest: DATA.longest });

const model = {
  single: true,
  file: true,
  get: () => DATA.opening,
  on: (_, listener) => { hear = listener; },
  off: () => {},
  send(message) {
    if (message.type === "leave") visit = null;
    const said = reply(message);
    if (said) setTimeout(() => hear({ view: message.view, ...said }));
  },
  /** Give the answers as a file; the browser asks where it goes, or puts it among the downloads. */
  save() {
    const { format, engagement, client, instrument, version, wave, perspective } = DATA;
    const content = { hrkit: "answers", format, engagement, client, instrument, version, wave, perspective,
      ...visit, language: spoken, saves: (saves += 1) };
    const file = new Blob([JSON.stringify(content, null, 1)], { type: "application/json" });
    const link = h("a", { href: URL.createObjectURL(file), download: `${engagement}-${wave}-${perspective}-${visit.code}${DATA.suffix}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    saved = true;
  },
  /** Go on with a file that was saved before; only what this form asks is taken from it. */
  async open(file, view) {
    const wrong = { view, type: "refused", problems: { all: word("other") } };
    try {
      if (file.size > LARGEST_FILE) return hear(wrong);
      const found = JSON.parse(await file.text());
      for (const name of ["engagement", "client", "instrument", "version", "wave", "perspective"]) {
        if (found[name] !== DATA[name]) return hear(wrong);
      }
      if (!/^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2}$/.test(found.code) || !DATA.units.includes(found.unit)) return hear(wrong);
      const form = DATA.forms[spoken];
      const answers = {};
      for (const facet of form.pages.flatMap(({ items }) => items.flatMap(({ facets }) => facets))) {
        const value = Object.hasOwn(found.answers, facet.key) ? found.answers[facet.key] : null;
        const { kind, most, choices, ways_out } = form.scales[facet.scale];
        const known = (said) => [...choices, ...ways_out].some((one) => one.value === said);
        const picked = typeof value === "string" ? value.split(" ") : [];
        const fits = kind === "text" ? typeof value === "string" && value.length <= DATA.longest
          : most ? picked.length > 0 && picked.length <= most && picked.every(known) : known(value);
        if (fits) answers[facet.key] = value;
      }
      visit = { code: found.code, unit: found.unit, ...belongs(found), answers };
      delete visit.problems;
      saves = Number.isInteger(found.saves) && found.saves > 0 && found.saves < 1000000 ? found.saves : 0;
      saved = true;
      hear({ view, ...opened(form) });
    } catch {
      hear(wrong);
    }
  },
  word,
};

addEventListener("beforeunload", (event) => {
  if (!saved) event.preventDefault();
});
document.title = document.title || "";
const el = document.getElementById("main").appendChild(h("div", {}));
render({ model, el });
