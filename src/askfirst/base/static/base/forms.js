// What happens to a form on its way: it goes once, and what is written stays when it does not get through.
"use strict";

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
  } catch {
    // Then with the token that it has; if that is too old, the form comes back once more.
  }
  form.submit();
});

// Browsers cut what is pasted into a field with a limit, and say nothing. Here it stays whole and is said to be too long.
const say = (field) => {
  const over = [...field.value].length - Number(field.dataset.most);
  field.setCustomValidity(over > 0 ? trouble().dataset.tooLong.replace("{over}", over).replace("{most}", field.dataset.most) : "");
};
const uncut = () => document.querySelectorAll("[maxlength]").forEach((field) => {
  field.dataset.most = field.maxLength;
  field.removeAttribute("maxlength");
  say(field);
});
["DOMContentLoaded", "htmx:afterSettle"].forEach((name) => document.addEventListener(name, uncut));
document.addEventListener("input", ({ target }) => {
  if (!target.dataset.most) return;
  const wasFine = !target.validity.customError;
  say(target);
  if (wasFine && target.validity.customError) target.reportValidity();
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
