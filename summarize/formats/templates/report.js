// What the page does: choose again as the program would, shade the text by weight, and show the numbers of a sentence.

const { accounts, attention, chars, likeness, selection, shades, strings, texts, tie, verdicts } = JSON.parse(
  document.getElementById("data").textContent,
);
const ROOT = -1; // as in summarize.explanation
const SVG = "http://www.w3.org/2000/svg";

const element = (id) => document.getElementById(id);
const sentences = [...document.querySelectorAll(".sentence")];
const length = element("length");
const ownLength = length.value;

const state = { kind: attention, isMoved: false, step: 0, shown: null };
let account; // how the text is weighed just now
let fates; // what becomes of each sentence: its outcome, what is taken off, and what it is like

/** Fill the places {number}, {weight} ... of a string, as far as there are values. */
const say = (string, values) => string.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
const percent = (share) => `${(100 * share).toFixed(2)}%`;

const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

/** Return a number of hundredths with its sign. */
function signed(number) {
  const digits = (Math.abs(number) / 100).toFixed(2);
  return number === 0 ? digits : `${number < 0 ? "−" : "+"}${digits}`;
}

/** Return terms in hundredths that add up to their rounded sum; as `hundredths` of the program. */
function hundredths(terms) {
  const exact = terms.map((term) => Math.round(1e6 * term));
  const parts = exact.map((term) => Math.floor(term / 1e4));
  const missing = Math.floor((sum(exact) + 5e3) / 1e4) - sum(parts);
  const above = (place) => exact[place] - 1e4 * parts[place];
  const places = [...parts.keys()].sort((one, other) => above(other) - above(one));
  for (const place of places.slice(0, missing)) parts[place] += 1;
  return parts;
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

/** Return the first open place whose score is the highest but for a tie; as `choose_best` of the program. */
function chooseBest(scores, isOpen) {
  const open = scores.map((score, index) => (isOpen[index] ? Math.max(0, score) : -1));
  const best = open.reduce((one, other) => Math.max(one, other));
  return open.findIndex((score) => score >= best * (1 - tie));
}

/** Choose sentences as `decide.selection.select` does, and say of each what `decide.verdicts` says. */
function choose(weights, numWanted, config) {
  const redundancy = weights.map(() => 0);
  const like = weights.map(() => null);
  const isOpen = weights.map((weight) => weight > 0);
  const takenOff = weights.map(() => 0);
  const chosen = new Set();
  const wanted = sum(weights) * (1 - tie);
  let held = 0;
  let lowest = Infinity;
  while (chosen.size < numWanted && held < wanted) {
    for (const index of weights.keys()) isOpen[index] &&= redundancy[index] < config.duplicate_similarity;
    if (!isOpen.includes(true)) break;
    const scores = weights.map((weight, index) => weight - config.redundancy_weight * weight * redundancy[index]);
    const best = chooseBest(scores, isOpen);
    takenOff[best] = weights[best] - scores[best];
    lowest = Math.min(lowest, scores[best]);
    held += weights[best];
    chosen.add(best);
    isOpen[best] = false;
    likeness[best].forEach((found, index) => {
      if (found > redundancy[index] && !chosen.has(index)) {
        redundancy[index] = found;
        like[index] = best;
      }
    });
  }
  return weights.map((weight, index) => {
    const isChosen = chosen.has(index);
    const off = isChosen ? takenOff[index] : config.redundancy_weight * weight * redundancy[index];
    let outcome = weight - off > lowest * (1 + tie) ? "length" : "lighter";
    if (redundancy[index] >= config.duplicate_similarity) outcome = "repeats";
    const roles = ["heading", "apparatus"];
    if (weight === 0) outcome = roles.find((role) => sentences[index].classList.contains(role)) ?? "short";
    if (isChosen) outcome = "chosen";
    return { outcome, redundancy: off, like: like[index] };
  });
}

/** Return the rank of each sentence by weight, from 1; of equal weights the earlier one comes first. */
function ranksOf(weights) {
  const ranks = [];
  [...weights.keys()]
    .sort((one, other) => weights[other] - weights[one])
    .forEach((index, rank) => (ranks[index] = rank + 1));
  return ranks;
}

/** Choose for what is set, and show it all. */
function update() {
  const isOwn = state.kind === attention && !state.isMoved;
  const numWanted = Number(length.value);
  account = accounts[isOwn ? 0 : Math.min(numWanted, accounts.length - 1)];
  const { weights } = account.weighings[state.kind];
  fates = isOwn ? verdicts : choose(weights, numWanted, selection[state.kind]);
  document.body.classList.toggle("own", isOwn);
  element("length-value").value = say(strings.lengthValue, { number: numWanted });
  element("reset").hidden = isOwn;
  element("kind-hint").textContent = strings.kindHints[state.kind];
  showSummary(isOwn, numWanted);
  showSteps();
  shade();
  showTree();
  showNumbers();
}

function showSummary(isOwn, numWanted) {
  const chosen = [...fates.keys()].filter((index) => fates[index].outcome === "chosen");
  element("own").hidden = !isOwn;
  element("live").hidden = isOwn;
  element("live").replaceChildren(
    ...(isOwn ? [] : chosen).map((index) =>
      make("p", { dir: "auto" }, make("a", { id: `live-${index}`, href: `#s${index}`, "data-sentence": index }, texts[index])),
    ),
  );
  element("choice").textContent = say(strings.chosenBy, {
    kind: strings.kinds[state.kind],
    count: sentences.length,
    chosen: chosen.length,
  });
  const [before, behind] = say(strings.liveNote, { chosen: chosen.length }).split("{command}");
  const command = make("code", {}, `summarize -n ${numWanted} --attention ${state.kind}`);
  element("note").replaceChildren(...(isOwn ? [strings.ownNote] : [before, command, behind]));
  sentences.forEach((sentence, index) => {
    const place = element(isOwn ? "own" : "live").querySelector(`[data-sentence="${index}"]`);
    const back = sentence.querySelector(".back");
    sentence.classList.toggle("chosen", fates[index].outcome === "chosen");
    back.hidden = !place;
    if (place) back.href = `#${place.id}`;
  });
}

function showSteps() {
  const { step } = state;
  const { steps } = account;
  element("steps").hidden = state.kind !== "sequential";
  element("step-note").textContent = step
    ? say(strings.stepNote, { step, count: steps.length, share: percent(steps[step - 1].share) })
    : strings.allStepsNote;
}

/** Return the weights that the text is shaded by: those of a step, where one is picked. */
const shadingWeights = () =>
  state.kind === "sequential" && state.step
    ? account.steps[state.step - 1].weights
    : account.weighings[state.kind].weights;

function shade() {
  const { weights } = account.weighings[state.kind];
  const shading = shadingWeights();
  const heaviest = Math.max(...shading);
  const ranks = ranksOf(weights);
  sentences.forEach((sentence, index) => {
    sentence.dataset.shade = Math.ceil((shades * shading[index]) / heaviest);
    const number = sentence.querySelector(".number");
    number.dataset.percent = percent(shading[index]);
    number.ariaLabel = say(weights[index] > 0 ? strings.numbers : strings.noNumbers, {
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
  const { weights, terms } = account.weighings[kind];
  const weight = weights[shown];
  const fate = fates[shown];
  const facts = [["outcome", strings.outcome, strings.outcomes[fate.outcome]]];
  const charts = [];
  if (weight > 0) {
    facts.push(
      ["rank", strings.rank, say(strings.rankValue, { rank: ranksOf(weights)[shown], count: weights.length })],
      ["weight", strings.weight, percent(weight)],
      ["density", strings.density, `${densityOf(weights, shown).toFixed(2)}×`],
    );
    const reduced = reducedWeight(weight, fate);
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

/** Return the weight per character of a sentence beside that of what may be chosen; as `densities` of the program. */
function densityOf(weights, index) {
  const numChars = sum(chars.filter((_, other) => weights[other] > 0));
  return weights[index] / chars[index] / (sum(weights) / numChars);
}

/** Say what was taken off a weight for what was already said, where it was anything; the difference is right as shown. */
function reducedWeight(weight, { like, redundancy }) {
  const [whole, off] = [weight, redundancy].map((share) => Math.round(1e4 * share));
  if (like === null || off === 0) return [];
  const shown = { weight: percent(whole / 1e4), off: percent(off / 1e4), rest: percent((whole - off) / 1e4) };
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
  const largest = Math.max(1, ...Object.values(terms).map((term) => Math.abs(term[index]))); // 1 nat is no short bar
  const shown = hundredths(Object.values(terms).map((term) => term[index]));
  const rows = Object.entries(terms).map(([name, term], place) => [
    name,
    strings.terms[name],
    term[index],
    signed(shown[place]),
  ]);
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
  return chart(strings.stepsTitle, rows, 1);
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
  const shading = account.weighings.tree.weights;
  const heaviest = Math.max(...shading);
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
          "stroke-width": 0.75 + 4 * weights[index] ** 2,
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
        "data-shade": Math.ceil((shades * shading[index]) / heaviest),
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
length.addEventListener("input", () => {
  state.isMoved = true;
  update();
});
element("reset").addEventListener("click", () => {
  Object.assign(state, { kind: attention, isMoved: false });
  document.querySelector(`[name=kind][value=${attention}]`).checked = true;
  length.value = ownLength;
  length.focus();
  update();
});
new ResizeObserver(showTree).observe(document.querySelector("main"));
update();
