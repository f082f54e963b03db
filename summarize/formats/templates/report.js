// What the page does: show what the program answers for what is picked, shade the text by weight, and show the numbers
// of a sentence. It decides nothing: `summarize.formats.answers` says what it is told.

const { accounts, answers, attention, drafts, lengths, outcomes, own, strings } = JSON.parse(
  document.getElementById("data").textContent,
);
const ROOT = -1; // as in summarize.explanation
const SVG = "http://www.w3.org/2000/svg";

const element = (id) => document.getElementById(id);
const sentences = [...document.querySelectorAll(".sentence")];
const places = [...document.querySelectorAll(".place")];
const slider = element("length");
const ownPosition = slider.value;

const state = { kind: attention, isMoved: false, step: 0, shown: null };
let account; // how the text is weighed just now
let weighing; // the same by the kind of attention that is picked
let fates; // what becomes of each sentence: its outcome, how it is printed, what is taken off, and what it is like

/** Fill the places {number}, {weight} ... of a string, as far as there are values. */
const say = (string, values) => string.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
/** Return a share that is given in hundredths of a percent. */
const percent = (share) => `${(share / 100).toFixed(2)}%`;

const range = (first, last) => (first === undefined ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at));
const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

/** Return a number of hundredths with its sign. */
function signed(number) {
  const digits = (Math.abs(number) / 100).toFixed(2);
  return number === 0 ? digits : `${number < 0 ? "−" : "+"}${digits}`;
}

/** Return an element with attributes and children. */
function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  setAll(made, attributes);
  made.append(...children);
  return made;
}

function setAll(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}

/** Return the sentences of a summary; between their numbers stand spaces and line breaks. */
const draftsOf = (printed) => printed.filter(Number.isInteger).map((number) => drafts[number]);

/** Return what becomes of each sentence in an answer. */
function fatesOf({ fates, off, printed }) {
  const all = [...fates].map((digit) => ({ outcome: outcomes[parseInt(digit, 36)], making: null, off: 0, like: null }));
  for (const [index, taken, like] of off) Object.assign(all[index], { off: taken, like });
  for (const draft of draftsOf(printed))
    for (const [index, making] of Object.entries(draft.making)) all[index].making = making;
  return all;
}

/** Show the answer for what is picked. */
function update() {
  const isOwn = state.kind === attention && !state.isMoved;
  const position = Number(slider.value) - 1;
  const answer = isOwn ? own : answers[state.kind][position];
  account = accounts[answer.account];
  weighing = account.weighings[state.kind];
  fates = fatesOf(answer);
  const shownLength = say(strings.lengthValue, { number: lengths[position] });
  element("length-value").value = shownLength;
  slider.ariaValueText = shownLength;
  element("reset").hidden = isOwn;
  element("kind-hint").textContent = strings.kindHints[state.kind];
  showSummary(answer, isOwn, lengths[position]);
  showSteps();
  shade();
  showTree();
  showNumbers();
}

function showSummary({ printed }, isOwn, numWanted) {
  const numChosen = fates.filter(({ outcome }) => outcome === "chosen").length;
  const said = new Set(draftsOf(printed).flatMap(({ runs }) => runs.flatMap(([, , first, last]) => range(first, last))));
  element("own").hidden = !isOwn;
  element("live").hidden = isOwn;
  element("live").replaceChildren(
    ...(isOwn ? [] : printed).map((part) =>
      Number.isInteger(part) ? make("span", { class: "draft" }, ...drafts[part].runs.map(linkOf)) : part,
    ),
  );
  element("choice").textContent = say(strings.chosenBy, {
    kind: strings.kinds[state.kind],
    count: sentences.length,
    chosen: numChosen,
  });
  const [before, behind] = say(strings.liveNote, { chosen: numChosen }).split("{command}");
  const command = make("code", {}, `summarize -n ${numWanted} --attention ${state.kind}`);
  element("note").replaceChildren(...(isOwn ? [strings.ownNote] : [before, command, behind]));
  places.forEach((place, number) => place.classList.toggle("said", said.has(number)));
  sentences.forEach((sentence, index) => {
    const link = element(isOwn ? "own" : "live").querySelector(`[data-sentence="${index}"]`);
    const back = sentence.querySelector(".back");
    sentence.classList.toggle("chosen", fates[index].outcome === "chosen");
    back.hidden = !link;
    if (link) back.href = `#${link.id}`;
  });
}

/** Return a run of a summary as a link to where it stands; a mark of ours is text alone. */
function linkOf([text, index, first]) {
  if (index === undefined) return text;
  return make("a", { id: `live-${first}`, href: `#place-${first}`, "data-sentence": index }, text);
}

function showSteps() {
  const { step } = state;
  const { steps } = account;
  element("steps").hidden = state.kind !== "sequential";
  element("step-note").textContent = step
    ? say(strings.stepNote, { step, count: steps.length, share: percent(steps[step - 1].share) })
    : strings.allStepsNote;
}

function shade() {
  const { ranks, weights } = weighing;
  const shading = state.kind === "sequential" && state.step ? account.steps[state.step - 1] : weighing;
  sentences.forEach((sentence, index) => {
    sentence.dataset.shade = shading.shades[index];
    const number = sentence.querySelector(".number");
    number.dataset.percent = percent(shading.weights[index]);
    number.ariaLabel = say(ranks[index] ? strings.numbers : strings.noNumbers, {
      sentence: say(strings.sentence, { number: index + 1 }),
      rank: ranks[index],
      weight: percent(weights[index]),
      outcome: strings.outcomes[fates[index].outcome],
    });
  });
}

/** Show the numbers of the sentence that was pointed at. */
function showNumbers() {
  const { kind, shown } = state;
  sentences.forEach((sentence, index) => sentence.classList.toggle("shown", index === shown));
  element("detail").classList.toggle("open", shown !== null);
  if (shown === null) {
    element("detail-title").textContent = strings.detail;
    element("numbers").replaceChildren(make("p", { class: "quiet" }, strings.hint));
    return;
  }
  const { densities, ranks, terms, weights } = weighing;
  const fate = fates[shown];
  const facts = [["outcome", strings.outcome, strings.outcomes[fate.outcome]]];
  const charts = [];
  if (fate.making !== null) facts.push(["making", strings.making, fate.making]);
  if (ranks[shown]) {
    facts.push(
      ["rank", strings.rank, say(strings.rankValue, { rank: ranks[shown], count: sentences.length })],
      ["weight", strings.weight, percent(weights[shown])],
      ["density", strings.density, `${(densities[shown] / 100).toFixed(2)}×`],
    );
    const reduced = reducedWeight(weights[shown], fate);
    if (reduced.length) facts.push(["redundancy", strings.redundancy, ...reduced]);
    if (kind === "tree") facts.push(["parent", strings.parent, hangs(shown)]);
    charts.push(termsChart(terms, shown));
    if (kind === "sequential") charts.push(stepsChart(shown));
  }
  element("detail-title").textContent = say(strings.detailName, { number: shown + 1 });
  element("numbers").replaceChildren(
    make(
      "dl",
      {},
      ...facts.map(([name, label, ...value]) =>
        make("div", {}, make("dt", {}, label), make("dd", { "data-fact": name }, ...value)),
      ),
    ),
    ...charts.flat(),
  );
}

/** Say what was taken off a weight for what was already said, where it was anything; the difference is right as shown. */
function reducedWeight(weight, { like, off }) {
  if (like === null) return [];
  const shown = { weight: percent(weight), off: percent(off), rest: percent(weight - off) };
  const [before, behind] = say(strings.reduced, shown).split("{like}");
  return [before, make("a", { href: `#s${like}` }, say(strings.like, { number: like + 1 })), behind];
}

/** Say what a sentence hangs from. */
function hangs(index) {
  const { parents, weights } = account.tree;
  const place = parents[index] === ROOT ? strings.root : say(strings.under, { number: parents[index] + 1 });
  return say(strings.likely, { place, weight: percent(weights[index]) });
}

/** Return a heading, a table with a bar in each row, and a note. */
function chart(title, rows, largest, note) {
  const lines = rows.map(([name, label, value, shownValue]) => {
    const bar = make("i", { class: value < 0 ? "less" : "more" });
    bar.style.width = `${(50 * Math.abs(value)) / (largest || 1)}%`;
    const head = make("th", { scope: "row" }, label);
    const track = make("td", { class: "track", "aria-hidden": "true" }, make("span", {}, bar));
    return make("tr", {}, head, track, make("td", { "data-number": name }, shownValue));
  });
  const parts = [make("h3", {}, title), make("table", {}, make("tbody", {}, ...lines))];
  return note ? [...parts, make("p", { class: "quiet" }, note)] : parts;
}

function termsChart(terms, index) {
  const shown = Object.values(terms).map((term) => term[index]);
  const largest = Math.max(100, ...shown.map(Math.abs)); // 1 nat is no short bar
  const rows = Object.entries(terms).map(([name, term]) => [name, strings.terms[name], term[index], signed(term[index])]);
  const parts = chart(strings.termsTitle, rows, largest, strings.notes);
  const total = make(
    "tr",
    {},
    make("th", { scope: "row" }, strings.score),
    make("td"),
    make("td", { "data-number": "score" }, signed(sum(shown))),
  );
  parts[1].append(make("tfoot", {}, total));
  return parts;
}

function stepsChart(index) {
  const rows = account.steps.map(({ weights }, step) => [
    `step-${step + 1}`,
    say(strings.step, { step: step + 1 }),
    weights[index],
    percent(weights[index]),
  ]);
  return chart(strings.stepsTitle, rows, 10_000);
}

/** Return an element of a drawing. */
function draw(name, attributes, ...children) {
  const drawn = document.createElementNS(SVG, name);
  setAll(drawn, attributes);
  drawn.append(...children);
  return drawn;
}

/** Return as much of a text as fits, in widths of a Chinese character. */
function clipped(text, room) {
  const characters = [...text];
  let width = 0;
  const end = characters.findIndex((character) => (width += character < "\u2e80" ? 0.56 : 1) > room);
  return end < 0 ? text : `${characters.slice(0, Math.max(0, end - 1)).join("")}…`;
}

/** Return the sentences of a tree and how deep each hangs, every one before those that hang from it. */
function treeRows(parents) {
  const children = new Map(parents.map((parent) => [parent, []]));
  parents.forEach((parent, index) => children.get(parent).push(index));
  const rows = [];
  const waiting = [{ index: ROOT, depth: -1 }];
  while (waiting.length) {
    const row = waiting.pop();
    rows.push(row);
    const below = children.get(row.index) ?? [];
    waiting.push(...below.map((index) => ({ index, depth: row.depth + 1 })).reverse());
  }
  return rows.slice(1);
}

/** Draw the tree a sentence a row, each indented under the one that it hangs from. */
function showTree() {
  const section = element("tree");
  section.hidden = state.kind !== "tree";
  if (section.hidden) return;
  const { parents, weights } = account.tree;
  const rows = treeRows(parents);
  const svg = section.querySelector("svg");
  const width = section.clientWidth;
  const height = 28;
  const node = 34;
  const deepest = rows.reduce((depth, row) => Math.max(depth, row.depth), 1);
  const indent = Math.min(36, (0.4 * width) / deepest);
  const rowOf = new Map(rows.map(({ index }, row) => [index, row]));
  const left = ({ depth }) => 2 + depth * indent;
  const middle = (row) => (row + 0.5) * height;
  const edges = [];
  const nodes = rows.map((row, place) => {
    const { index } = row;
    const likely = percent(weights[index]).replace(/\.\d+/, "");
    if (parents[index] !== ROOT) {
      const above = rowOf.get(parents[index]);
      const path = `M${left(rows[above]) + indent / 2} ${middle(above) + 9}V${middle(place)}H${left(row)}`;
      edges.push(
        draw("path", {
          d: path,
          "stroke-width": 0.75 + 4 * (weights[index] / 10_000) ** 2,
          "data-edge": `${parents[index]}-${index}`,
        }),
      );
    }
    const text = sentences[index].querySelector(".words").textContent.replace(/\s+/g, " ");
    const behind = left(row) + node + 50;
    return draw(
      "a",
      {
        href: `#s${index}`,
        "data-sentence": index,
        "aria-label": `${say(strings.sentence, { number: index + 1 })}: ${hangs(index)}`,
      },
      draw("rect", {
        class: "row",
        x: left(row),
        y: middle(place) - 13,
        width: width - left(row) - 2,
        height: 26,
        rx: 6,
      }),
      draw("rect", {
        class: "node",
        x: left(row),
        y: middle(place) - 9,
        width: node,
        height: 18,
        rx: 9,
        "data-shade": account.weighings.tree.shades[index],
      }),
      draw("text", { class: "index", x: left(row) + node / 2, y: middle(place) + 4 }, String(index + 1)),
      draw("text", { class: "likely", x: behind - 10, y: middle(place) + 4 }, likely),
      draw("text", { class: "excerpt", x: behind, y: middle(place) + 4.5 }, clipped(text, (width - behind - 8) / 13)),
    );
  });
  setAll(svg, { viewBox: `0 0 ${width} ${height * rows.length}`, width, height: height * rows.length });
  svg.replaceChildren(...edges, ...nodes);
}

/** Show the numbers of the sentence that an event is about, if it is about one. */
function point({ target }) {
  const about = target.closest?.("[data-sentence]");
  if (!about || Number(about.dataset.sentence) === state.shown) return;
  state.shown = Number(about.dataset.sentence);
  showNumbers();
}

for (const name of ["pointerover", "focusin", "click"]) document.addEventListener(name, point);
document.addEventListener("keydown", ({ key }) => key === "Escape" && hideNumbers());
element("close").addEventListener("click", hideNumbers);

function hideNumbers() {
  state.shown = null;
  showNumbers();
}

for (const radio of document.querySelectorAll("[name=kind]"))
  radio.addEventListener("change", () => {
    state.kind = radio.value;
    update();
  });
for (const radio of document.querySelectorAll("[name=step]"))
  radio.addEventListener("change", () => {
    state.step = Number(radio.value);
    update();
  });
slider.addEventListener("input", () => {
  state.isMoved = true;
  update();
});
element("reset").addEventListener("click", () => {
  Object.assign(state, { kind: attention, isMoved: false });
  document.querySelector(`[name=kind][value=${attention}]`).checked = true;
  slider.value = ownPosition;
  slider.focus();
  update();
});
new ResizeObserver(showTree).observe(document.querySelector("main"));
update();
