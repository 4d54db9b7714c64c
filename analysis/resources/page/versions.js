// A change is lit up in both texts and in the list while the pointer or the focus is on one of its places.
"use strict";
function livenPair(pair) {
  const places = new Map();
  for (const element of pair.querySelectorAll("[data-change], [data-in]")) {
    for (const key of (element.dataset.in ?? element.dataset.change).split(" ")) {
      if (!places.has(key)) places.set(key, []);
      places.get(key).push(element);
    }
  }
  let lit = [];
  const light = (element) => {
    for (const old of lit) old.classList.remove("lit");
    const found = element?.closest("[data-change], [data-in]");
    const keys = found ? (found.dataset.in ?? found.dataset.change).split(" ") : [];
    lit = keys.slice(-1).flatMap((key) => places.get(key));
    for (const one of lit) one.classList.add("lit");
  };
  for (const type of ["pointerover", "focusin", "pointerleave"]) pair.addEventListener(type, (event) => light(event.target));
}
for (const pair of document.querySelectorAll(".pair")) livenPair(pair);
