// An article on the page: its heading, its text with the marks, the views under it.

// An element with its properties and children; text is always text.
function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// The script of the reading view looks at the whole document; here it is shown one part of it.
function scoped(root) {
  return new Proxy(document, {
    get(target, name) {
      if (name === "querySelector" || name === "querySelectorAll") return (selector) => root[name](selector);
      const value = target[name];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const PIECE = 60_000; // characters of HTML that are read at a time

// The nodes of HTML that Python made, with every text escaped. A long article is read piece by piece, in a document that
// shows and runs nothing, so that the page answers meanwhile.
async function nodesOf(html) {
  const inert = document.implementation.createHTMLDocument("");
  inert.open();
  inert.write("<!DOCTYPE html><body>");
  for (let at = 0; at < html.length; at += PIECE) {
    if (at) await new Promise((done) => { setTimeout(done, 0); });
    inert.write(html.slice(at, at + PIECE));
  }
  inert.close();
  return [...inert.body.childNodes];
}

const SAVES = [
  ["page", "The page with its marks (.html)"],
  ["corrections", "My corrections (.csv)"],
  ["text", "The text (.txt)"],
  ["attributions", "Table: who says what (.csv)"],
  ["sources", "Table: sources (.csv)"],
  ["markers", "Table: hedges, boosters, bounds (.csv)"],
  ["mentions", "Table: names, dates, numbers (.csv)"],
  ["numbers", "Table: every number, and who gives it (.csv)"],
  ["sentences", "Table: sentences (.csv)"],
  ["json", "All marks (.json)"],
];

class ArticleView {
  constructor(shown, act) {
    this.key = shown.key;
    this.act = act; // runs what is asked for, and shows its error
    this.root = make("section", { className: "opened" });
    this.root.setAttribute("aria-label", shown.title);
    this.heading = make("h2", { tabIndex: -1 });
    this.about = make("p", { className: "about" });
    this.notice = make("p", { className: "notice" });
    this.glance = make("dl", { className: "glance" });
    this.body = make("div", { className: "marked" });
    this.views = make("div", { className: "panels" });
    this.correcting = new Correcting(this);
    this.root.append(
      make("header", { className: "title" }, this.heading, this.about, this.notice, this.glance, this.tools()),
      this.correcting.changes, this.body, this.views,
    );
  }

  static async of(shown, act) {
    const view = new ArticleView(shown, act);
    await view.show(shown);
    return view;
  }

  tools() {
    const save = make("select", {}, make("option", { value: "", textContent: "Save …" }),
      ...SAVES.map(([value, textContent]) => make("option", { value, textContent })));
    save.setAttribute("aria-label", "Save something from this article");
    save.addEventListener("change", () => {
      const what = save.value;
      save.value = "";
      if (what) this.act(async () => download(await python.ask("save", { key: this.key, what })));
    });
    const print = make("button", { type: "button", textContent: "Print" });
    print.addEventListener("click", () => window.print());
    const close = make("button", { type: "button", textContent: "Close" });
    close.addEventListener("click", () => this.act(() => forget(this.key)));
    return make("div", { className: "tools" }, this.correcting.button, save, print, close);
  }

  async show(shown) {
    const [glance, reading, panels] = [await nodesOf(shown.glance), await nodesOf(shown.reading), await nodesOf(shown.panels)];
    const before = this.state();
    this.shown = shown;
    this.heading.textContent = shown.title;
    this.about.textContent = shown.about;
    this.notice.textContent = shown.notice;
    this.notice.hidden = !shown.notice;
    this.glance.replaceChildren(...glance);
    this.body.replaceChildren(...reading);
    this.views.replaceChildren(...panels);
    readingScript(scoped(this.root));
    this.text = this.body.querySelector(".text");
    if (this.root.isConnected) this.colour();
    this.concordance();
    this.correcting.attach(shown);
    this.restore(before);
  }

  // The drawings have the colours of the voices in the text, which are known once it is on the page.
  colour() {
    for (const drawing of this.views.querySelectorAll("[data-ink]")) {
      const voice = drawing.dataset.ink && this.body.querySelector(`[data-voice="${drawing.dataset.ink}"]`);
      if (voice) drawing.style.setProperty("--mark", getComputedStyle(voice).getPropertyValue("--ink"));
    }
  }

  concordance() {
    const form = this.views.querySelector("form.kwic");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = form.elements.words.value;
      this.act(async () => {
        const lines = this.views.querySelector(".lines");
        lines.replaceChildren(...(await nodesOf(await python.ask("concordance", { key: this.key, words }))));
        readingScript(scoped(lines));
      });
    });
  }

  // What is open, hidden and lit, so that a correction does not turn the page over.
  state() {
    if (!this.text) return null;
    const name = (details) => details.className + details.querySelector("summary").firstChild.textContent;
    return {
      open: new Map([...this.root.querySelectorAll("details")].map((details) => [name(details), details.open])),
      off: [...this.root.querySelectorAll(".filters input:not(:checked)")].map((box) => box.className),
      words: this.views.querySelector("form.kwic input")?.value || "",
      name,
    };
  }

  restore(before) {
    if (!before) return;
    for (const details of this.root.querySelectorAll("details")) details.open = before.open.get(before.name(details)) ?? details.open;
    for (const box of this.root.querySelectorAll(".filters input")) box.checked = !before.off.includes(box.className);
    const form = this.views.querySelector("form.kwic");
    if (form && before.words) {
      form.elements.words.value = before.words;
      form.requestSubmit();
    }
  }
}

function download({ name, type, text }) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
