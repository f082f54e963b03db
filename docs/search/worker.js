// Searches the pages, in the place of the one that MkDocs has, which knows words only by the spaces between them.
// Chinese is found by pairs of neighbouring characters: no dictionary is needed, and none can miss a word.
importScripts("lunr.js");

const WORD = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}_])+/gu;
const HAN = /^\p{Script=Han}/u;
const SUMMARY_CHARS = 200;

let index;
const pages = new Map();

// Returns the words of a text: each pair of a run of Chinese characters, or its only one, and others as they are.
function words(text) {
  const found = [];
  for (const [run] of String(text ?? "").toLowerCase().matchAll(WORD)) {
    const characters = Array.from(run);
    if (!HAN.test(run) || characters.length === 1) {
      found.push(run);
    } else {
      characters.slice(1).forEach((second, before) => found.push(characters[before] + second));
    }
  }
  return found;
}

function load({ docs, config }) {
  index = lunr(function () {
    this.tokenizer = (text) => words(text).map((word, place) => new lunr.Token(word, { index: place }));
    this.pipeline.remove(lunr.trimmer); // which takes Chinese for marks
    this.field("title", { boost: 5 });
    this.field("text");
    this.ref("location");
    for (const page of docs) {
      this.add(page);
      pages.set(page.location, page);
    }
  });
  postMessage({ config });
  postMessage({ allowSearch: true });
}

// Returns the pages with all of the Chinese that was asked for, or, where none has, those with some of it.
function find(query) {
  const terms = words(query);
  const ask = (presence) =>
    index.query((asked) => {
      for (const term of terms) {
        asked.term(term, { presence: HAN.test(term) ? presence : lunr.Query.presence.OPTIONAL });
      }
    });
  const found = ask(lunr.Query.presence.REQUIRED);
  return found.length ? found : ask(lunr.Query.presence.OPTIONAL);
}

function answer({ query, language }) {
  const results = find(query).map(({ ref }) => pages.get(ref));
  const isChinese = (page) => page.location.startsWith("zh/");
  const isOwn = (page) => isChinese(page) === (language === "zh");
  return [...results.filter(isOwn), ...results.filter((page) => !isOwn(page))].map((page) => ({
    ...page,
    summary: page.text.replaceAll(" ¶", "").slice(0, SUMMARY_CHARS), // which stands behind headings
  }));
}

onmessage = async ({ data }) => {
  if (data.init) {
    load(await (await fetch("search_index.json")).json());
  } else if (data.query) {
    postMessage({ results: answer(data) });
  }
};
