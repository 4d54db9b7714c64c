"use strict";
// What script adds to the reading view: one voice lit up, and the panel that says why a passage is marked.
// On a narrow screen the side panels start closed. Without script the links lead to the lists under the text, and the filters still work.
for (const reading of document.querySelectorAll(".reading")) {
  const why = reading.querySelector(".why");
  let asked = null;
  if (matchMedia("(max-width: 60rem)").matches) {
    for (const panel of reading.querySelectorAll(".side details")) panel.open = false;
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
        other.setAttribute("aria-pressed", String(on && other === button));
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
