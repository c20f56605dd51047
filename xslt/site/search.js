/* Search in the texts of the site. The index comes in scripts (assets/search/): index.js first, then those that a question needs. */
(() => {
  "use strict";
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ſ: "s", ς: "σ", ـ: "" };
  const DENSE = /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\u{20000}-\u{3FFFF}]/u;
  const SIGNS = /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/u;
  const PAGE = 20;

  /* Letters without case and signs, one entry for each letter of the text: the same as search.py has them. */
  const fold = (text) =>
    Array.from(text, (letter) =>
      Array.from(letter.normalize("NFKD").toLowerCase().normalize("NFKD"), (c) => (SIGNS.test(c) ? "" : LETTERS[c] ?? c)).join(""));

  /* The words of a text with where they begin and end, in letters of the text. */
  const words = (text) => {
    const found = [];
    let word = null;
    fold(text).forEach((letter, n) => {
      for (const c of letter) {
        if (DENSE.test(c)) {
          word = null;
          if (/[\p{L}\p{N}]/u.test(c)) found.push({ text: c, start: n, end: n + 1 });
        } else if (/[\p{L}\p{N}]/u.test(c) || (word && /\p{M}/u.test(c))) {
          if (!word) found.push((word = { text: "", start: n, end: n + 1 }));
          word.text += c;
          word.end = n + 1;
        } else word = null;
      }
      if (letter === "" && word) word.end = n + 1;
    });
    return found;
  };

  const unpack = (packed) => {
    let last = 0;
    return packed.split(",").map((step) => (last += parseInt(step, 36)));
  };

  let index = null, base = "";
  const waiting = new Map(), shards = new Map(), chunks = new Map();
  const hex = (name) => Array.from(name, (c) => c.codePointAt(0).toString(16)).join("-");

  const load = (file, store, key) => {
    if (store.has(key)) return Promise.resolve(store.get(key));
    if (!waiting.has(file)) {
      waiting.set(file, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = base + file;
        script.onload = () => done(store.get(key));
        script.onerror = () => failed(new Error(file));
        document.head.append(script);
      }));
    }
    return waiting.get(file);
  };

  /* The passages in which a word begins so; with a mark for those that have just this word. */
  const passagesOf = async (start) => {
    const names = index.shards.filter((name) => name.endsWith(".") ? name.slice(0, -1).startsWith(start) : name.startsWith(start) || start.startsWith(name));
    const found = new Map();
    for (const shard of await Promise.all(names.map((name) => load(`w-${hex(name)}.js`, shards, name)))) {
      for (const [word, packed] of Object.entries(shard)) {
        if (word.startsWith(start)) for (const n of unpack(packed)) if (word === start || !found.has(n)) found.set(n, word === start ? 2 : 1);
      }
    }
    return found;
  };

  const passage = async (n) => {
    let chunk = index.starts.findLastIndex((start) => start <= n);
    const rows = await load(`p-${chunk}.js`, chunks, chunk);
    const [page, anchor, label, text, language] = rows[n - index.starts[chunk]];
    return { n, page, anchor, label, text, language };
  };

  /* What is asked: words that all have to be there, and phrases: words in a row. */
  const parse = (query) => {
    const phrases = [];
    query.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/gu, (_, phrase) => phrases.push(words(phrase).map((w) => w.text)));
    const all = words(query).map((w) => w.text);
    const run = all.filter((word) => DENSE.test(word));
    if (run.length > 1) phrases.push(run);
    return { words: [...new Set(all)], phrases: phrases.filter((phrase) => phrase.length > 1) };
  };

  const hasPhrase = (text, phrases) => {
    const own = words(text).map((w) => w.text);
    return phrases.every((phrase) => own.some((_, n) => phrase.every((word, k) => own[n + k] === word)));
  };

  const search = async (query) => {
    const asked = parse(query);
    if (!asked.words.length) return { asked, found: [] };
    const sets = await Promise.all(asked.words.map(passagesOf));
    let found = [...sets[0].keys()].filter((n) => sets.every((set) => set.has(n)));
    const score = (n) => sets.reduce((sum, set) => sum + set.get(n), 0);
    found.sort((a, b) => score(b) - score(a) || a - b);
    if (asked.phrases.length) {
      const texts = await Promise.all(found.map(passage));
      found = texts.filter((p) => hasPhrase(p.text, asked.phrases)).map((p) => p.n);
    }
    return { asked, found };
  };

  /* The part of a passage around what was found, marked. */
  const excerpt = (text, asked) => {
    const letters = Array.from(text);
    const hits = words(text).filter((w) => asked.words.some((a) => w.text.startsWith(a) || (w.text.length > 3 && a.startsWith(w.text + "e"))));
    const first = hits.length ? hits[0].start : 0;
    let from = first < 100 ? 0 : first - 80, to = Math.min(letters.length, from + 320);
    while (from > 0 && letters[from - 1] !== " " && first - from < 100) from--;
    while (to < letters.length && letters[to] !== " " && to - from < 340) to++;
    const span = document.createElement("span");
    let at = from;
    if (from) span.append("… ");
    for (const hit of hits) {
      if (hit.start < at || hit.end > to) continue;
      const mark = document.createElement("mark");
      mark.textContent = letters.slice(hit.start, hit.end).join("");
      span.append(letters.slice(at, hit.start).join(""), mark);
      at = hit.end;
    }
    span.append(letters.slice(at, to).join(""), to < letters.length ? " …" : "");
    return span;
  };

  const shown = (result, asked) => {
    const [path, title] = index.pages[result.page];
    const item = document.createElement("li"), link = document.createElement("a"), words = document.createElement("p");
    link.href = path.split("/").map(encodeURIComponent).join("/") + "#" + encodeURIComponent(result.anchor);
    link.textContent = result.label ? `${title}, ${result.label}` : title;
    words.append(excerpt(result.text, asked));
    if (result.language) words.lang = result.language;
    item.append(link, words);
    return item;
  };

  const show = async (query) => {
    const box = document.getElementById("results");
    const { asked, found } = await search(query);
    const head = document.createElement("p");
    head.className = "hint";
    head.textContent = found.length ? box.dataset.found.replace("{1}", found.length) : asked.words.length ? box.dataset.none : "";
    const list = document.createElement("ol");
    list.className = "results";
    box.replaceChildren(head, list);
    const more = document.createElement("button");
    more.type = "button";
    more.textContent = box.dataset.more;
    const next = async () => {
      const from = list.childElementCount;
      const rows = await Promise.all(found.slice(from, from + PAGE).map(passage));
      list.append(...rows.map((row) => shown(row, asked)));
      if (list.childElementCount < found.length) box.append(more);
      else more.remove();
      if (from && list.children[from]) list.children[from].querySelector("a").focus();
    };
    more.addEventListener("click", next);
    await next();
    box.dataset.done = found.length;
  };

  globalThis.teiwright = {
    fold, words, parse,
    shard(name, entries) { shards.set(name, entries); },
    passages(n, rows) { chunks.set(n, rows); },
    index(data) {
      index = data;
      const form = document.querySelector("form.search"), field = document.getElementById("query"), box = document.getElementById("results");
      base = "assets/search/";
      const ask = () => show(field.value).catch(() => { box.textContent = box.dataset.unreadable; });
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        history.replaceState(null, "", "?q=" + encodeURIComponent(field.value));
        ask();
      });
      field.value = new URLSearchParams(location.search).get("q") ?? "";
      if (field.value) ask();
    },
  };
})();
