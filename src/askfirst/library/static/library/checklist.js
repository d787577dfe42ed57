// Remembers on this device what has been ticked; nothing of it is sent anywhere.
"use strict";

(() => {
  const list = document.querySelector("[data-checklist]");
  if (!list) return;
  const name = `askfirst-checklist-${list.dataset.checklist}`;
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  try {
    const ticked = new Set(JSON.parse(localStorage.getItem(name) || "[]"));
    boxes.forEach((box, at) => { box.checked = ticked.has(at); });
  } catch { /* a private window forgets, that is all */ }
  list.addEventListener("change", () => {
    const ticked = boxes.flatMap((box, at) => (box.checked ? [at] : []));
    try { localStorage.setItem(name, JSON.stringify(ticked)); } catch { /* see above */ }
  });
})();
