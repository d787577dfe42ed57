// What every page shares: focus on what is new, forms that go once, counters of text fields, and menus that close.
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
const offsetOf = (iso) => {
  const found = /([+-])(\d\d):(\d\d)$/.exec(iso);
  return found ? Number(`${found[1]}1`) * (60 * Number(found[2]) + Number(found[3])) : 0;
};
const sayMoments = () => document.querySelectorAll("time[title]").forEach((node) => {
  const at = new Date(node.dateTime);
  if (-at.getTimezoneOffset() === offsetOf(node.dateTime)) return;
  node.textContent = at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  node.removeAttribute("title");
});
document.addEventListener("DOMContentLoaded", sayMoments);
document.addEventListener("htmx:afterSettle", sayMoments);

// What did not get through is said beside the page; an old page gets a fresh token for all its forms.
const trouble = () => document.getElementById("trouble");
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.requestConfig.verb !== "get" && event.detail.target.id !== "trouble") return trouble().replaceChildren();
  const fresh = trouble().querySelector("[name=csrfmiddlewaretoken]");
  if (fresh) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh.value; });
});
// Signing in elsewhere has made another token: a form that is sent once more fetches it first.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("fresh" in form.dataset)) return;
  event.preventDefault();
  try {
    const answer = await fetch(document.querySelector(".mark").href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    form.elements.csrfmiddlewaretoken.value = page.querySelector("[name=csrfmiddlewaretoken]").value;
  } finally {
    form.submit();
  }
});
const unsent = () => {
  const note = document.createElement("p");
  note.className = "note note-error";
  note.textContent = trouble().dataset.unsent;
  trouble().replaceChildren(note);
};
["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, (event) => {
  if (event.detail.requestConfig.verb !== "get") unsent();
}));

// A second tap while a form is on its way would do everything twice. What is answered by a file leaves the page as it is.
const SENDING = 8000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, SENDING);
});
window.addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

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
