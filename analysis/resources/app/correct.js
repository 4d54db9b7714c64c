// Correcting by click: a mark is chosen in the text and changed or removed, words are selected and marked.
const PARTS = { source: "Who says it", cue: "The words that report it", content: "What is said" };
const ADDS = { hedge: "a hedge", booster: "a booster", bound: "a bound", name: "a name" };
const DRAWN = { marker: "mark", name: ".name", source: ".source", cue: ".cue", content: ".voice" };
let choices = {}; // layer -> {question, options}: asked of Python once

class Correcting {
  constructor(view) {
    this.view = view;
    this.button = make("button", { type: "button", className: "correct", textContent: "Correct the marks" });
    this.button.setAttribute("aria-pressed", "false");
    this.button.addEventListener("click", () => this.toggle());
    this.changes = make("section", { className: "changes", tabIndex: -1 });
    this.changes.setAttribute("aria-label", "Your changes");
    this.panel = make("div", { className: "correcting", hidden: true });
    this.panel.setAttribute("role", "region");
    this.panel.setAttribute("aria-label", "Correct the marks");
    this.here = make("div", { className: "here" });
    this.here.setAttribute("role", "status");
    this.adding = make("div", { className: "adding" });
    this.last = make("p", { className: "last", hidden: true }); // right before the text: what was done last, and Undo
    this.last.setAttribute("role", "status");
    this.by = "";
    this.parts = {};
    this.picked = null;
    const done = make("button", { type: "button", className: "done", textContent: "Done" });
    done.addEventListener("click", () => { this.button.click(); this.button.focus(); });
    this.panel.append(
      done, make("p", { className: "hint", textContent: "Click a mark to change or remove it. Select words to mark them. Ctrl+Z undoes your last change." }),
      this.here, this.adding,
    );
  }

  get on() {
    return !this.panel.hidden;
  }

  toggle() {
    this.panel.hidden = this.on;
    this.button.setAttribute("aria-pressed", String(this.on));
    this.view.root.classList.toggle("correcting-on", this.on);
    this.last.hidden = true;
    this.changes.hidden = !this.on && !this.view.shown.changes.length;
    this.drawAdding();
    if (this.on) this.panel.scrollIntoView({ block: "nearest" });
  }

  // The article was shown again: its text is new.
  attach(shown) {
    const side = this.view.body.querySelector(".side");
    if (side) side.prepend(this.panel);
    else this.view.body.prepend(this.panel);
    this.view.text.before(this.last);
    this.last.hidden = true;
    this.view.text.addEventListener("click", (event) => this.clicked(event));
    this.view.text.addEventListener("mouseup", () => setTimeout(() => this.selected(), 0));
    this.view.text.addEventListener("keyup", () => this.selected());
    this.view.text.addEventListener("keydown", (event) => {
      if (!this.on || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      if (this.view.shown.can_undo) this.again("undo");
    });
    this.markByPerson(shown.by_person);
    this.drawChanges(shown);
    this.here.replaceChildren();
    this.drawAdding();
  }

  // A dashed frame around whatever a person made or changed.
  markByPerson(spans) {
    if (!spans.length) return;
    const inPython = counted(this.view.text.textContent);
    for (const [layer, selector] of Object.entries(DRAWN)) {
      const mine = spans.filter((span) => span[0] === layer);
      if (!mine.length) continue;
      for (const { element, start, end } of placesIn(this.view.text, selector)) {
        const [first, last] = [inPython(start), inPython(end)]; // of a piece, where other marks part it
        if (mine.some(([, from, to]) => from <= first && last <= to && (from === first || to === last))) element.classList.add("by-person");
      }
    }
  }

  clicked(event) {
    if (!this.on || selectedIn(this.view.text)) return;
    const place = placeOf(this.view.text, event);
    this.view.act(async () => this.drawMarks(await python.ask("marks", { key: this.view.key, ...place })));
  }

  selected() {
    const found = this.on && selectedIn(this.view.text);
    if (!found) return;
    this.picked = found;
    this.drawAdding();
  }

  // ---------------------------------------------------------------- what is there

  drawMarks(marks) {
    this.here.replaceChildren(...(marks.length ? marks.map((mark) => this.drawMark(mark))
      : [make("p", { textContent: "Nothing is marked there." })]));
  }

  drawMark(mark) {
    const box = make("fieldset", {}, make("legend", { textContent: mark.title }), make("q", { textContent: mark.words }));
    if (mark.person) box.append(make("p", { className: "n", textContent: "Marked by a person." }));
    for (const field of mark.fields) {
      const { question, options } = choices[field.layer];
      const select = chooser(options, field.label);
      select.addEventListener("change", () => this.change([{ action: "relabel", ...field, label: select.value }]));
      box.append(make("label", {}, `${question} `, select));
    }
    const remove = make("button", { type: "button", textContent: "Remove this mark" });
    remove.addEventListener("click", () => this.change([{ action: "remove", ...mark.remove }]));
    box.append(remove);
    if (mark.parts) {
      const other = make("button", { type: "button", textContent: "Choose other words" });
      other.addEventListener("click", () => {
        this.parts = Object.fromEntries(Object.keys(PARTS).filter((layer) => mark.parts[layer].length)
          .map((layer) => [layer, { spans: mark.parts[layer], words: mark.said[layer], label: labelOf(mark, layer) }]));
        this.replaced = mark.remove;
        this.drawAdding();
      });
      box.append(other);
    }
    return box;
  }

  // ---------------------------------------------------------------- what is added

  drawAdding() {
    const words = this.picked?.words;
    const pick = make("form", { className: "pick" });
    const id = `${this.view.key}-pick`;
    const input = make("input", { id, value: words || "", autocomplete: "off" });
    pick.append(make("label", { htmlFor: id, textContent: "Words to mark (select them, or type them)" }), input);
    input.addEventListener("change", () => this.typed(input.value));
    pick.addEventListener("submit", (event) => event.preventDefault());
    this.adding.replaceChildren(pick, this.markForm(), this.attributionForm());
  }

  // Words that were typed are the first ones of the text that read so.
  typed(words) {
    const text = this.view.text.textContent;
    const at = words.trim() ? text.indexOf(words.trim()) : -1;
    this.picked = at < 0 ? null : trimmed(text, at, words.trim().length);
    if (at < 0 && words.trim()) this.view.act(async () => { throw new Error(`“${words.trim()}” is not in the text. Type the words exactly as the article has them.`); });
    else this.drawAdding();
  }

  markForm() {
    const options = Object.entries(ADDS).flatMap(([layer, name]) => {
      const labels = choices[layer]?.options || [];
      return labels.length ? labels.map(([label, words]) => [`${layer} ${label}`, `${name}: ${words}`]) : [[`${layer} `, name]];
    });
    const select = chooser(options, options[0]?.[0]);
    const add = make("button", { type: "button", textContent: "Mark", disabled: !this.picked });
    add.addEventListener("click", () => {
      const [layer, label] = select.value.split(" ");
      const { start, end } = this.picked;
      this.change([{ action: "add", layer, label, start, end }]);
    });
    return make("p", {}, make("label", {}, "Mark them as ", select), add);
  }

  // Who says what: its parts are chosen one after the other.
  attributionForm() {
    const rows = Object.entries(PARTS).map(([layer, name]) => {
      const part = this.parts[layer];
      const use = make("button", { type: "button", textContent: `${name} …`, disabled: !this.picked });
      use.addEventListener("click", () => {
        const { start, end, words } = this.picked;
        this.parts[layer] = { spans: [[start, end]], words, label: part?.label || "" };
        this.drawAdding();
      });
      return make("div", { className: "part" }, use, make("span", { textContent: part ? `“${part.words}”` : "none yet" }));
    });
    const complete = this.parts.content && (this.parts.cue || this.parts.source);
    const add = make("button", { type: "button", disabled: !complete, textContent: this.replaced ? "Make this change" : "Add who says what" });
    add.addEventListener("click", () => {
      const rows = Object.entries(this.parts).flatMap(([layer, { spans, label }]) =>
        spans.map(([start, end]) => ({ action: "add", layer, start, end, label })));
      this.change([...(this.replaced ? [{ action: "remove", ...this.replaced }] : []), ...rows]);
    });
    const details = make("details", { open: Object.keys(this.parts).length > 0 },
      make("summary", { textContent: "Mark who says what" }), ...rows, add);
    if (Object.keys(this.parts).length) {
      const clear = make("button", { type: "button", textContent: "Start again" });
      clear.addEventListener("click", () => { this.parts = {}; this.replaced = null; this.drawAdding(); });
      details.append(clear);
    }
    return details;
  }

  // ---------------------------------------------------------------- what was changed

  change(rows) {
    const signed = rows.map((row) => ({ ...row, by: this.by }));
    this.place = rows.at(-1).start;
    this.again("change", { rows: signed });
  }

  // Ask for the article again. The focus goes to the mark that was corrected, or to the nearest; Undo comes before the text.
  again(call, given = {}, files = []) {
    const { changes } = this.view.shown;
    const onUndo = call === "undo" && this.last.contains(document.activeElement);
    return this.view.act(async () => {
      const shown = await python.ask(call, { key: this.view.key, ...given }, files);
      this.picked = this.replaced = null;
      this.parts = {};
      await this.view.show(shown);
      await drawPair();
      this.tell(shown, changes.length, call);
      if (call === "load") this.changes.focus();
      else if (!(onUndo && shown.can_undo)) this.goTo(this.place);
    });
  }

  // What was done last, in words.
  tell(shown, before, call) {
    this.last.hidden = !this.on || !shown.can_undo;
    if (this.last.hidden) return;
    const { what, words } = shown.changes.length >= before && call === "change" ? shown.changes.at(-1) : {};
    const undo = make("button", { type: "button", textContent: "Undo" });
    undo.addEventListener("click", () => this.again("undo"));
    this.last.replaceChildren(make("span", { textContent: what ? `${what[0].toUpperCase()}${what.slice(1)}: “${words}”.` : "Undone." }), " ", undo);
    if (call === "undo") undo.focus();
  }

  // The label in the text that is nearest to a place, as Python counts; the heading where there is none.
  goTo(place) {
    const { text, heading } = this.view;
    const inPython = counted(text.textContent);
    let [nearest, least] = [heading, Infinity];
    for (const { element, start } of placesIn(text, "a[href^='#']")) {
      const away = Math.abs(inPython(start) - place);
      if (away < least && element.getClientRects().length) [nearest, least] = [element, away];
    }
    nearest.focus({ preventScroll: true });
    nearest.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  drawChanges(shown) {
    const undo = make("button", { type: "button", textContent: "Undo", disabled: !shown.can_undo });
    undo.addEventListener("click", () => this.again("undo"));
    const file = make("input", { type: "file", accept: ".csv" });
    file.addEventListener("change", () => file.files.length && this.load(file.files[0]));
    const load = make("label", { className: "button" }, "Load corrections …", file);
    const name = make("input", { value: this.by, autocomplete: "off", maxLength: 60, size: 12 });
    name.addEventListener("change", () => { this.by = name.value.trim(); });
    const rows = shown.changes.map(({ what, words, why }) => make("li", {}, `${what}: `, make("q", { textContent: words }), why ? ` (${why})` : ""));
    this.changes.replaceChildren(
      make("p", {}, make("strong", { textContent: `Your changes: ${rows.length}.` }), rows.length ? " Your additions and changes have a dashed frame in the text, and all counts include them. Save your corrections before you close the page: it keeps nothing." : ""),
      make("ol", {}, ...rows),
      make("p", { className: "tools" }, undo, load, make("label", {}, "Your name, saved with your corrections ", name)),
    );
    this.changes.hidden = !this.on && !rows.length && !shown.can_undo;
  }

  async load(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    this.again("load", { name: file.name }, [{ name: file.name, bytes }]);
  }
}

function labelOf(mark, layer) {
  const label = mark.fields.find((field) => field.layer === layer)?.label || "";
  return layer === "source" && label === "none" ? "" : label;
}

function chooser(options, chosen) {
  const select = make("select");
  select.append(...options.map(([value, textContent]) => make("option", { value, textContent, selected: value === chosen })));
  return select;
}
