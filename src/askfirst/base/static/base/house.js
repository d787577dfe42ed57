// What every page shares: focus after a swap, counters of text fields, and menus that close.
"use strict";

document.addEventListener("htmx:afterSettle", () => {
  const target = document.querySelector("[data-focus]");
  if (!target) return;
  target.removeAttribute("data-focus");
  target.focus();
});

document.addEventListener("input", (event) => {
  const field = event.target;
  const counter = field.dataset && field.dataset.counter && document.getElementById(field.dataset.counter);
  if (counter) {
    const left = Number(field.dataset.limit) - [...field.value].length;
    counter.textContent = left;
    counter.classList.toggle("error", left < 0);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest && event.target.closest("details[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
