"use strict";
// What script adds to the reading view: every mark answers a click and the keyboard, one voice lit up, and tables whose
// columns sort. On a narrow screen the side panels and the table start closed.
// Without script the labels lead to the lists under the text, and the filters still work.

// In a notebook a link saves the page as it was written. A carriage return would be read back as a line feed.
for (const link of document.querySelectorAll(".save a[download]")) {
  const written = `<!DOCTYPE html>\n${document.documentElement.outerHTML.replace(/\r/g, "&#13;")}`;
  link.hidden = false;
  link.href = URL.createObjectURL(new Blob([written], { type: "text/html" }));
}

// Bring one <section class="reading"> to life.
function livenReading(reading) {
  const text = reading.querySelector(".text");
  const why = reading.querySelector(".why");
  const narrow = matchMedia("(max-width: 54rem)");
  const fold = () => { for (const panel of reading.querySelectorAll(".side details")) panel.open = !narrow.matches; };
  narrow.addEventListener("change", fold);      // a frame in a notebook gets its width late
  if (narrow.matches) {
    fold();
    for (const table of reading.querySelectorAll(".matrix")) table.open = false;
  }
  reading.classList.add("live");

  const links = Array.from(text.querySelectorAll("a[href^='#']"));
  const keyOf = (link) => decodeURIComponent(link.hash.slice(1));
  const parts = (key) => text.querySelectorAll(`[data-note="${CSS.escape(key)}"]`);
  const paint = (name, key) => {
    for (const part of text.querySelectorAll(`.${name}`)) part.classList.remove(name);
    if (key) for (const part of parts(key)) part.classList.add(name);
  };
  const seen = (link) => link.getClientRects().length > 0;     // not filtered away

  // One tab stop leads into the text; arrow keys, Home and End go on from there.
  let stop = links[0];
  for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  function go(link) {
    stop.tabIndex = -1;
    stop = link;
    stop.tabIndex = 0;
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
  function beside(step) {
    let at = links.indexOf(stop) + step;
    while (links[at] && !seen(links[at])) at += step;
    return links[at];
  }
  const steps = {
    ArrowRight: () => beside(1), ArrowDown: () => beside(1), ArrowLeft: () => beside(-1), ArrowUp: () => beside(-1),
    Home: () => links.find(seen), End: () => links.findLast(seen),
  };
  text.addEventListener("keydown", (event) => {
    const step = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && steps[event.key];
    if (!step || !event.target.closest("a")) return;
    event.preventDefault();
    const link = step();
    if (link) move(link);
  });
  function move(link) {
    go(link);
    if (why.hidden) paint("here", keyOf(link));
    else say(keyOf(link), [], link);
  }
  text.addEventListener("focusin", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    if (link !== stop) { stop.tabIndex = -1; stop = link; stop.tabIndex = 0; }
    if (link.matches(":focus-visible")) { paint("here", keyOf(link)); tell(link); }
  });
  text.addEventListener("focusout", () => {
    hush();
    if (why.hidden) paint("here", null);
  });

  // The panel that says why.
  const button = (words, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };
  function say(key, around, link) {
    const note = document.getElementById(key);
    if (!note) return;
    const bar = document.createElement("div");
    bar.className = "bar";
    bar.append(
      button("←", "Previous mark", () => { const to = beside(-1); if (to) move(to); }),
      button("→", "Next mark", () => { const to = beside(1); if (to) move(to); }),
      button("Close", "", close),
    );
    const parts = [bar, ...Array.from(note.cloneNode(true).childNodes)];
    const others = around.filter((other) => document.getElementById(other));
    if (others.length) {
      const more = document.createElement("p");
      more.className = "more";
      more.append("Also marked here:", ...others.map((other) => {
        const title = document.getElementById(other).querySelector("strong").textContent;
        const rest = [key, ...around].filter((one) => one !== other);
        return button(title, "", () => say(other, rest, linkOf(other)));
      }));
      parts.push(more);
    }
    why.replaceChildren(...parts);
    why.hidden = false;
    why.scrollTop = 0;
    paint("here", key);
    const asked = link || linkOf(key);
    if (asked && asked !== stop) { stop.tabIndex = -1; stop = asked; stop.tabIndex = 0; }
    why.parentElement.scrollTop = 0;
    const low = getComputedStyle(why).position === "fixed" && asked ? asked.getBoundingClientRect().bottom + 8 : 0;
    if (low > why.getBoundingClientRect().top) {
      scrollBy({ top: low - why.getBoundingClientRect().top, behavior: "instant" });
    }
    reading.dispatchEvent(new CustomEvent("reading:why", { bubbles: true, detail: { key, note, panel: why } }));
  }
  const linkOf = (key) => links.find((link) => keyOf(link) === key);
  function close() {
    why.hidden = true;
    paint("here", null);
    if (stop) stop.focus({ preventScroll: true });
  }

  text.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const keys = [];
    for (let part = event.target.closest("[data-note]"); part; part = part.parentElement.closest("[data-note]")) {
      if (!keys.includes(part.dataset.note)) keys.push(part.dataset.note);
    }
    const link = event.target.closest("a[href^='#']");
    if (!keys.length || (!link && !getSelection().isCollapsed)) return;      // words are being selected
    event.preventDefault();
    const to = link || linkOf(keys[0]);
    if (to) go(to);
    say(keys[0], keys.slice(1), to);
  });
  reading.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hush();
    if (!why.hidden) close();
  });

  // What belongs together lights up under the pointer, and a label that is cut is shown in full.
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");      // the label's own name is whole
  reading.append(tip);
  for (const link of links) if (link.classList.contains("start")) {
    link.dataset.whole = link.title;
    link.removeAttribute("title");
  }
  function tell(link) {
    const box = link.getClientRects()[0];
    if (!link.dataset.cut || !box) return;
    tip.textContent = link.dataset.whole;
    tip.hidden = false;
    const room = document.documentElement.clientWidth - tip.offsetWidth - 4;
    tip.style.left = `${Math.max(4, Math.min(box.left, room))}px`;
    tip.style.top = `${box.top > tip.offsetHeight + 8 ? box.top - tip.offsetHeight - 4 : box.bottom + 4}px`;
  }
  function hush() { tip.hidden = true; }
  let over = null;
  text.addEventListener("mouseover", (event) => {
    const part = event.target.closest("[data-note]");
    const key = part ? part.dataset.note : null;
    if (key !== over) paint("over", key);
    over = key;
    hush();
    if (part && part.classList.contains("start")) tell(part);
  });
  text.addEventListener("mouseleave", () => { paint("over", null); over = null; hush(); });
  addEventListener("scroll", hush, { passive: true });

  for (const light of reading.querySelectorAll("button[data-light]")) {
    light.addEventListener("click", () => {
      const on = light.getAttribute("aria-pressed") !== "true";
      for (const other of reading.querySelectorAll("button[data-light]")) {
        other.setAttribute("aria-pressed", String(on && other.dataset.light === light.dataset.light));
      }
      reading.classList.toggle("lit", on);
      let first = null;
      for (const passage of text.querySelectorAll("[data-voice]")) {
        const lit = on && passage.dataset.voice === light.dataset.light;
        passage.classList.toggle("on", lit);
        first = first || (lit && passage.classList.contains("start") ? passage : null);
      }
      if (first) first.scrollIntoView({ block: "center" });
    });
  }

  // A link from elsewhere into a closed list opens it.
  function reveal() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const list = target && reading.contains(target) && target.closest("details");
    if (list) list.open = true;
  }
  addEventListener("hashchange", reveal);
  reveal();
}

// Make buttons of a table's column heads: once for ascending, twice for descending, a third time for the order of the text.
function makeSortable(table) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);
  const key = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.sort || cell.textContent.trim();
    const number = /^[0-9][0-9.,]*%?$/.test(value) ? parseFloat(value.replace(/,/g, "")) : NaN;
    return { value, number };
  };
  const compare = (a, b) => {     // numbers first, empty cells last
    if (!Number.isNaN(a.number) && !Number.isNaN(b.number)) return a.number - b.number;
    if (Number.isNaN(a.number) !== Number.isNaN(b.number)) return Number.isNaN(a.number) ? 1 : -1;
    if (!a.value || !b.value) return a.value ? -1 : b.value ? 1 : 0;
    return a.value.localeCompare(b.value, "en");
  };
  const next = { ascending: "descending", descending: null };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...Array.from(head.childNodes));
    head.append(button);
    button.addEventListener("click", () => {
      const old = head.getAttribute("aria-sort");
      const order = old ? next[old] : "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      let sorted = rows;
      if (order) {
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const keys = new Map(rows.map((row) => [row, key(row, column)]));
        sorted = [...rows].sort((a, b) => sign * compare(keys.get(a), keys.get(b)));
      }
      body.append(...sorted);
    });
  });
}

document.querySelectorAll(".reading").forEach(livenReading);
document.querySelectorAll("table.sortable").forEach(makeSortable);

// On paper nothing is folded.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details.article:not([open])")) {
    folded.open = true;
    folded.dataset.folded = "";
  }
});
addEventListener("afterprint", () => {
  for (const folded of document.querySelectorAll("details[data-folded]")) {
    folded.open = false;
    delete folded.dataset.folded;
  }
});

// On a page that is one article, "select all" takes the article's text and nothing else.
const alone = document.querySelector("body[data-select] .text");
if (alone) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "a" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    getSelection().selectAllChildren(alone);
  });
}
