// The list of rules: shows the rows that have all the words that are typed. Pages with no such field are left alone.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const field = document.getElementById("rule-filter");
  if (!field) return;
  const rows = [...document.querySelectorAll("table.rules tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const told = document.getElementById("rule-count");
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, k) => {
      row.hidden = !words.every((word) => texts[k].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    told.textContent = `${shown} of ${rows.length} rules`;
  };
  field.addEventListener("input", show);
  show();
});
