// Suggestions while one types in the search box. Without this file the box still offers the most cited documents.
"use strict";
for (const box of document.querySelectorAll("input[data-suggest]")) {
  let asked = 0, waiting = 0;
  const list = box.list;
  const show = (number, found) => {
    if (number !== asked || !list) return;
    list.replaceChildren(...found.suggestions.map(one => {
      const option = document.createElement("option");
      option.value = one.code || one.title;
      option.textContent = one.code ? one.title || "" : "";
      return option;
    }));
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    const number = ++asked;
    waiting = setTimeout(() => {
      fetch(box.dataset.suggest + "?q=" + encodeURIComponent(box.value))
        .then(answer => answer.ok ? answer.json() : Promise.reject(answer.status))
        .then(found => show(number, found))
        .catch(() => {});  // what stands in the list stays
    }, 120);
  });
}
