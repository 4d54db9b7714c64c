"use strict";
// What script adds to the reading view: one voice lit up, the panel that says why a passage is marked, and tables whose
// columns sort.
// On a narrow screen the side panels and the table start closed. Without script the links lead to the lists under the text, and the filters still work.
for (const reading of document.querySelectorAll(".reading")) {
  const why = reading.querySelector(".why");
  let asked = null;
  if (matchMedia("(max-width: 60rem)").matches) {
    for (const panel of reading.querySelectorAll(".side details, .matrix")) panel.open = false;
  }

  function close() {
    why.hidden = true;
    if (asked) asked.focus({ preventScroll: true });
    asked = null;
  }

  reading.addEventListener("click", (event) => {
    const link = event.target.closest(".text a[href^='#']");
    const note = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!note || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    asked = link;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Close";
    button.addEventListener("click", close);
    why.replaceChildren(button, ...Array.from(note.cloneNode(true).childNodes));
    why.hidden = false;
    why.scrollIntoView({ block: "nearest" });
  });

  reading.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !why.hidden) close();
  });

  for (const button of reading.querySelectorAll("button[data-light]")) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      for (const other of reading.querySelectorAll("button[data-light]")) {
        other.setAttribute("aria-pressed", String(on && other.dataset.light === button.dataset.light));
      }
      reading.classList.toggle("lit", on);
      let first = null;
      for (const passage of reading.querySelectorAll("[data-voice]")) {
        const lit = on && passage.dataset.voice === button.dataset.light;
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

// Column heads become buttons: once for ascending, twice for descending, a third time for the order of the text.
for (const table of document.querySelectorAll("table.sortable")) {
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

// On a page that is one article, "select all" takes the article's text and nothing else.
const alone = document.querySelector("body[data-select] .text");
if (alone) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "a" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    getSelection().selectAllChildren(alone);
  });
}
