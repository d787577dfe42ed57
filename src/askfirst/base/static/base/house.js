// What every page shares: focus on what is new, moments by the reader's clock, counters of text fields, and menus that close.
"use strict";

const focusNew = () => {
  const target = document.querySelector("[data-focus]");
  if (!target) return;
  target.removeAttribute("data-focus");
  target.focus();
};
document.addEventListener("DOMContentLoaded", focusNew);
document.addEventListener("htmx:afterSettle", focusNew);

// Moments come by the site's clock; where the reader's differs, they are said by that.
const isReadersClock = (iso) => {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso);
  return -new Date(iso).getTimezoneOffset() === Number(`${sign}1`) * (60 * Number(hours) + Number(minutes));
};
const sayMoments = () => document.querySelectorAll("time[title]").forEach((node) => {
  if (isReadersClock(node.dateTime)) return;
  node.textContent = new Date(node.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  node.removeAttribute("title");
});
document.addEventListener("DOMContentLoaded", sayMoments);
document.addEventListener("htmx:afterSettle", sayMoments);

// How many characters are left; what is chosen beside the field may change how many fit.
const countDown = () => document.querySelectorAll("[data-counter]").forEach((field) => {
  const chosen = field.form.querySelector("[data-limit]:checked") || field;
  const counter = document.getElementById(field.dataset.counter);
  const left = Number(chosen.dataset.limit) - [...field.value].length;
  counter.textContent = left;
  counter.classList.toggle("error", left < 0);
});
["DOMContentLoaded", "input", "htmx:afterSettle"].forEach((name) => document.addEventListener(name, countDown));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest && event.target.closest("details[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
