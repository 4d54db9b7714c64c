// The page itself: an article comes in, is read, and is shown alone or next to another.
const at = (id) => document.getElementById(id);
// articles: key -> {key, title, about, view}; order: two keys, that of the earlier article first
const page = { articles: new Map(), current: null, beside: null, order: [], doing: "" };

let starting = ""; // what Python is still doing before it can read anything

function say(doing, problem = "") {
  page.doing = doing;
  const now = doing || starting;
  at("status").textContent = now ? `${starting || now} …` : "";
  document.body.classList.toggle("busy", Boolean(now));
  at("problem").textContent = problem;
  at("problem").hidden = !problem;
}

// Run something that may fail, and show its sentence if it does.
async function act(what, doing = "Working") {
  say(doing);
  try {
    await what();
    say("", at("problem").textContent);
  } catch (error) {
    say("", error.message);
  }
}

function take({ opened, problems }) {
  for (const article of opened) page.articles.set(article.key, article);
  if (problems.length) say("", problems.join(" "));
  return opened[0].key;
}

async function show(key, doing) {
  const article = page.articles.get(key);
  if (!article.view) {
    say(doing || `Reading “${article.title.slice(0, 60)}”`, at("problem").textContent);
    article.view = await ArticleView.of(await python.ask("show", { key }), act);
  }
  page.current = key;
  if (page.beside === key) page.beside = null;
  await draw();
  article.view.heading.focus({ preventScroll: true });
  at("articles").scrollIntoView({ block: "start", behavior: "instant" });
}

async function draw() {
  const shown = [page.current, page.beside].filter(Boolean).map((key) => page.articles.get(key));
  at("articles").replaceChildren(...shown.map(({ view }) => view.root));
  const two = shown.length === 2;
  if (two !== at("articles").classList.contains("two")) {
    at("articles").classList.toggle("two", two);
    for (const details of at("articles").querySelectorAll(".side details")) details.open = !two;
  }
  await drawPair();
  document.body.classList.toggle("read", shown.length > 0);
  for (const { view } of shown) view.colour();
  drawList();
}

// What the two articles on the page have to do with each other. After a correction what is open stays open.
async function drawPair() {
  const pair = [page.current, page.beside].filter(Boolean);
  if (pair.length < 2) {
    at("compared").replaceChildren();
    return;
  }
  const { counts, order } = await python.ask("compare", { first: pair[0], second: pair[1] });
  const open = new Set([...at("compared").querySelectorAll("details[open]")].map((details) => details.dataset.what));
  const same = page.order.length === 2 && page.order.every((key) => order.includes(key));
  if (!same) page.order = order;
  at("compared").replaceChildren(...(await nodesOf(counts)), ...pairViews(same ? open : new Set()));
  readingScript(scoped(at("compared")));
}

const PAIR_VIEWS = [["changed", "What changed"], ["copied", "What was copied"]];

// The two views of a pair, each worked out when it is opened; those in `open` are.
function pairViews(open) {
  const which = make("span");
  const turn = make("button", { type: "button", textContent: "Swap them" });
  const asked = (what) => ({ what, earlier: page.order[0], later: page.order[1] });
  const views = PAIR_VIEWS.map(([what, title]) => {
    const body = make("div");
    const details = make("details", { className: "two-texts" }, make("summary", { textContent: title }), body);
    details.dataset.what = what;
    const save = make("button", { type: "button", textContent: "Save this list (.csv)" });
    save.addEventListener("click", () => act(async () => download(await python.ask("save_pair", asked(what)))));
    const fill = () => act(async () => {
      const nodes = await nodesOf(await python.ask("pair", asked(what)));
      body.replaceChildren(...nodes, make("p", { className: "tools" }, save));
      versionsScript(scoped(body));
    }, "Comparing");
    const empty = () => {
      body.replaceChildren();
      if (details.open) fill();
    };
    details.addEventListener("toggle", () => details.open && !body.firstChild && fill());
    details.open = open.has(what);
    return { details, empty };
  });
  const name = (key) => page.articles.get(key).title;
  const draw = () => { which.textContent = `Earlier: “${name(page.order[0])}”. Later: “${name(page.order[1])}”. `; };
  turn.addEventListener("click", () => {
    page.order.reverse();
    draw();
    for (const { empty } of views) empty();
  });
  draw();
  return [make("p", { className: "order" }, which, turn), ...views.map(({ details }) => details)];
}

function drawList() {
  const articles = [...page.articles.values()];
  at("list").hidden = articles.length < 2;
  const buttons = articles.map((article) => {
    const button = make("button", { type: "button", textContent: article.title, title: article.about });
    button.setAttribute("aria-current", String(article.key === page.current));
    button.addEventListener("click", () => act(() => show(article.key)));
    return make("li", {}, button);
  });
  at("list-items").replaceChildren(...buttons);
  const others = articles.filter(({ key }) => key !== page.current);
  const options = [["", "nothing"], ...others.map(({ key, title }) => [key, title])];
  at("beside").replaceChildren(...chooser(options, page.beside || "").childNodes);
}

async function putBeside(key) {
  const article = page.articles.get(key);
  if (article && !article.view) article.view = await ArticleView.of(await python.ask("show", { key }), act);
  page.beside = key || null;
  await draw();
}

// Close an article; where it has corrections that may not be saved, the browser asks first.
async function forget(key) {
  const changed = page.articles.get(key).view.shown.changes.length;
  if (changed && !confirm("Close the article without saving your corrections?")) return;
  await python.ask("close", { key });
  page.articles.delete(key);
  if (page.beside === key) page.beside = null;
  if (page.current === key) page.current = page.beside;
  page.beside = page.current === page.beside ? null : page.beside;
  page.current ??= [...page.articles.values()].findLast(({ view }) => view)?.key ?? null;
  await draw();
  at("text").focus();
}

async function open(call, given, files = []) {
  await show(take(await python.ask(call, given, files)));
}

async function openFiles(files) {
  let first = null;
  for (const file of files) {
    const current = page.articles.get(page.current)?.view;
    if (file.name.toLowerCase().endsWith("corrections.csv") && current) {
      await current.correcting.load(file);
      continue;
    }
    const key = take(await python.ask(...(await requestFor(file))));
    first ||= key;
  }
  if (first) await show(first);
}

async function openGiven(given) {
  let first = null;
  for (const { date, ...rest } of given) {
    const key = take(await python.ask("open_text", { ...rest, published: date }));
    first ||= key;
  }
  await show(first);
}

at("enter").addEventListener("submit", (event) => {
  event.preventDefault();
  const value = (id) => at(id).value;
  const given = { text: value("text"), title: value("title"), outlet: value("outlet"), published: value("published") };
  if (!given.text.trim()) {
    say("", "Paste an article into the box first.");
    at("text").focus();
    return;
  }
  act(() => open("open_text", given), "Reading the article");
});
// The next article takes the place of the one in the box.
at("text").addEventListener("focus", () => page.current && at("text").select());
at("file").addEventListener("change", () => {
  const files = [...at("file").files];
  at("file").value = "";
  act(() => openFiles(files), "Opening the file");
});
at("example").addEventListener("change", () => {
  const name = at("example").value;
  at("example").value = "";
  if (name) act(() => open("open_example", { name }), "Opening the example");
});
at("beside").addEventListener("change", () => act(() => putBeside(at("beside").value), "Reading"));
addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
for (const end of ["dragleave", "drop"]) addEventListener(end, () => document.body.classList.remove("dropping"));
addEventListener("drop", (event) => {
  event.preventDefault();
  const files = [...event.dataTransfer.files];
  const text = event.dataTransfer.getData("text/plain");
  if (files.length) act(() => openFiles(files), "Opening the file");
  else if (text) at("text").value = text;
});
addEventListener("beforeunload", (event) => {
  const changed = [...page.articles.values()].some(({ view }) => view?.shown.changes.length);
  if (changed) event.preventDefault(); // the browser asks whether to leave
});

python.start((doing, problem = "") => {
  starting = doing;
  say(page.doing, problem || at("problem").textContent);
}).then(async () => {
  choices = await python.ask("choices");
  const examples = await python.ask("examples");
  const options = examples.map(({ name, title, about }) => make("option", { value: name, textContent: about ? `${title} (${about})` : title }));
  at("example").append(...options);
  at("example").disabled = false;
  document.body.dataset.ready = String(Math.round(performance.now()));
  const given = articlesGiven(); // by `explore`, in JupyterLab
  if (given.length) await act(() => openGiven(given), "Reading the articles");
}).catch((error) => say("", `This page does not work in this browser: ${error.message}`));
