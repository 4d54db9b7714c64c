// The search of a report: words and filters over the rows of its tables and the sentences of its articles. All that
// comes from an article is put into the page as text. The rows are in the page, or in data/, which is asked for when a
// reader searches.
const reportLenses = {};
const reportWaiting = {};
function reportData(name, lens) {
  reportLenses[name] = lens;
  for (const use of reportWaiting[name] || []) use(lens);
}

function livenFind(section) {
  const AT_ONCE = 50;
  const AROUND = 70;
  const $ = (name) => section.querySelector(`#find-${name}`);
  const [head, body] = [section.querySelector("thead"), section.querySelector("tbody")];
  const [status, more] = [section.querySelector("[role=status]"), section.querySelector("[data-do=more]")];
  const bases = JSON.parse($("bases").textContent);
  const sort = section.querySelector("[data-sort]");
  const filters = Array.from(section.querySelectorAll("[data-filter]"), (box) => ({ box, key: box.dataset.filter,
    field: box.querySelector("input, select") }));
  let found = [];
  let shown = 0;
  let lens = null;
  let asked = 0;

  // A lens by its name, from the page or from its file.
  function load(name) {
    if (reportLenses[name]) return Promise.resolve(reportLenses[name]);
    const given = document.getElementById(`data-${name}`);
    if (given) return Promise.resolve(reportLenses[name] = JSON.parse(given.textContent));
    return new Promise((done, failed) => {
      (reportWaiting[name] = reportWaiting[name] || []).push(done);
      if (reportWaiting[name].length > 1) return;
      const script = document.createElement("script");
      script.src = `data/${name}.js`;
      script.onerror = () => { delete reportWaiting[name]; failed(new Error(script.src)); };
      document.head.append(script);
    });
  }

  const plain = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // The words as they were typed, from the beginning of a word; an accent or a capital makes no difference.
  function pattern(words) {
    const parts = words.trim().split(/\s+/).map((word) => Array.from(plain(word), (letter) => `${escaped(letter)}\\p{M}*`).join(""));
    return new RegExp(`(?<![\\p{L}\\p{N}])${parts.join("\\s+")}`, "giu");
  }
  // Where the words are in a text: the text is taken apart into letters and accents, which moves the places.
  function* places(text, words) {
    const apart = text.normalize("NFD");
    for (const hit of apart.matchAll(words)) {
      yield [apart.slice(0, hit.index).normalize("NFC"), hit[0].normalize("NFC"),
        apart.slice(hit.index + hit[0].length).normalize("NFC")];
    }
  }

  const cell = (row, key) => row[lens.columns.findIndex((column) => column.key === key)];
  const has = (key) => lens.columns.some((column) => column.key === key);
  function fits(row, key, wanted) {
    const value = cell(row, key);
    if (key === "article") {
      const number = parseInt(wanted, 10);
      const of = Array.isArray(value) && typeof value[1] === "string" ? [value[0]] : value;
      return Number.isNaN(number) ? false : of.includes(number);
    }
    const test = (one) => key === "source" ? plain(one).includes(plain(wanted)) : one === wanted;
    return Array.isArray(value) ? value.some(test) : test(value);
  }

  // The rows that fit, each as a row of cells under the heads of the columns that are shown.
  function look() {
    const words = $("words").value.trim();
    const wanted = filters.filter((filter) => filter.field.value.trim() && has(filter.key));
    const rows = lens.rows.filter((row) => wanted.every((filter) => fits(row, filter.key, filter.field.value.trim())));
    const line = lens.columns.findIndex((column) => column.kind === "line");
    if (!words) return rows;
    const test = pattern(words);
    if (line >= 0) return rows.flatMap((row) => Array.from(places(row[line], test), (parts) => Object.assign([...row], { parts })));
    const at = lens.found.map((key) => lens.columns.findIndex((column) => column.key === key));
    return rows.filter((row) => at.some((place) => {
      const value = Array.isArray(row[place]) ? row[place][2] : row[place];
      test.lastIndex = 0;
      return test.test(String(value).normalize("NFD"));
    }));
  }

  // Lines of a keyword in its context are read one under another, in an order of their own.
  const inContext = () => lens.columns.some((column) => column.kind === "keyword") || found.some((row) => row.parts);
  function contextOf(row) {
    const at = (kind) => row[lens.columns.findIndex((column) => column.kind === kind)];
    return row.parts || [at("before"), at("keyword"), at("after")];
  }
  const keys = {
    before: (row) => contextOf(row)[0].split(/\s+/).reverse().join(" ").toLowerCase(),
    keyword: (row) => contextOf(row)[1].toLowerCase(),
    after: (row) => contextOf(row)[2].toLowerCase(),
  };
  function inOrder(rows) {
    const key = keys[$("sort").value];
    if (!key || !inContext()) return rows;
    const order = new Map(rows.map((row) => [row, key(row)]));
    return [...rows].sort((a, b) => order.get(a).localeCompare(order.get(b), "en"));
  }

  const cutLeft = (text) => text.length <= AROUND ? text : `… ${text.slice(-AROUND).replace(/^\S*\s/, "")}`;
  const cutRight = (text) => text.length <= AROUND ? text : `${text.slice(0, AROUND).replace(/\s\S*$/, "")} …`;
  const numbers = { number: true };
  function columns() {
    const several = bases.length > 1;
    return lens.columns.flatMap((column, place) => {
      const heads = { head: column.head, num: numbers[column.kind], show: (row) => row[place] };
      if (column.kind === "many") return [];
      if (column.kind === "place") {
        const link = (row) => {
          const made = document.createElement("a");
          made.href = `${bases[row[place][0] - 1]}${row[place][1]}`;
          made.textContent = row[place][2];
          made.setAttribute("aria-label", `${lens.rowsAre === "articles" ? "" : `${column.head} `}${row[place][2]}${several ? ` of article ${row[place][0]}` : ""}, in the text`);
          return made;
        };
        const article = { head: "article", num: true, show: (row) => row[place][0] };
        return [...(several ? [article] : []), { head: column.head, num: typeof (lens.rows[0] || [[]])[0][2] === "number", show: link }];
      }
      if (column.kind === "line" && found.some((row) => row.parts)) {
        return [
          { head: "before", kind: "before", show: (row) => cutLeft(row.parts[0]) },
          { head: "words", kind: "keyword", show: (row) => row.parts[1] },
          { head: "after", kind: "after", show: (row) => cutRight(row.parts[2]) },
        ];
      }
      return [{ ...heads, kind: column.kind }];
    });
  }

  const classOf = (column) => [column.num ? "num" : "", column.kind || ""].filter(Boolean).join(" ");
  function addRows() {
    const shape = columns();
    for (const row of found.slice(shown, shown + AT_ONCE)) {
      const line = body.insertRow();
      for (const column of shape) {
        const value = column.show(row);
        const made = line.insertCell();
        made.className = classOf(column);
        if (column.kind === "keyword") {
          const mark = document.createElement("mark");
          mark.textContent = value;
          made.append(mark);
        } else made.append(value instanceof Node ? value : String(value));
      }
    }
    shown = Math.min(found.length, shown + AT_ONCE);
    more.hidden = shown >= found.length;
    const articles = has("article") && lens.rowsAre !== "names" && bases.length > 1
      ? new Set(found.map((row) => row[0][0])).size : 0;
    const n = (number) => number.toLocaleString("en");
    const what = found.some((row) => row.parts) ? "places" : lens.rowsAre;
    status.textContent = found.length
      ? `${n(found.length)} ${what}${articles && lens.rowsAre !== "articles" ? ` in ${n(articles)} of ${n(bases.length)} articles` : ""}${shown < found.length ? `; the first ${n(shown)} are shown` : ""}.`
      : `Nothing was found: no ${lens.rowsAre} with these words and filters. Remove a filter, or use fewer words.`;
  }

  function draw() {
    for (const { box, key, field } of filters) {
      const off = !has(key);
      field.disabled = off;
      box.classList.toggle("off", off);
    }
    found = look();
    found = inOrder(found);
    sort.hidden = !inContext();
    const line = document.createElement("tr");
    for (const column of columns()) {
      const made = document.createElement("th");
      made.scope = "col";
      made.className = classOf(column);
      made.textContent = column.head;
      line.append(made);
    }
    head.replaceChildren(line);
    body.replaceChildren();
    shown = 0;
    section.querySelector("[data-do=file]").href = `tables/${lens.file}.csv`;
    addRows();
  }

  async function search() {
    const mine = ++asked;
    const name = $("lens").value;
    if (!reportLenses[name] && !document.getElementById(`data-${name}`)) status.textContent = "Loading the rows …";
    try {
      const one = await load(name);
      if (mine !== asked) return;
      lens = one;
      draw();
    } catch (error) {
      status.textContent = `The rows could not be loaded (${error.message}). Keep the folder of the report together: data/ belongs next to this page.`;
    }
  }

  // A cell that a spreadsheet would take for a formula gets an apostrophe, as in the files of the report.
  function csvCell(value) {
    let text = value instanceof Node ? value.textContent : String(value);
    if (/^[=+\-@\t\r]/.test(text) && typeof value !== "number") text = `'${text}`;
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }
  function save() {
    const shape = columns();
    const lines = [shape.map((column) => csvCell(column.head)), ...found.map((row) => shape.map((column) => csvCell(column.show(row))))];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${lines.map((line) => line.join(",")).join("\n")}\n`], { type: "text/csv" }));
    link.download = `${lens.name}-found.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  let later = 0;
  const soon = () => { clearTimeout(later); later = setTimeout(search, 150); };
  section.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); search(); });
  section.querySelector("form").addEventListener("input", soon);
  more.addEventListener("click", addRows);
  section.querySelector("[data-do=save]").addEventListener("click", () => { if (lens) save(); });
  for (const link of document.querySelectorAll("a[data-lens]")) {
    link.addEventListener("click", () => {
      $("lens").value = link.dataset.lens;
      for (const { field } of filters) field.value = "";
      $("words").value = "";
      search();
    });
  }
  section.hidden = false;
  for (const link of document.querySelectorAll(".to-find")) link.hidden = false;
  // Files next to the page are loaded only when somebody searches.
  if (document.getElementById("data-sentences")) search();
  else {
    section.addEventListener("focusin", () => { if (!lens) search(); }, { once: true });
    status.textContent = "Type words, or choose what to look in.";
  }
}

document.querySelectorAll("#find").forEach(livenFind);
