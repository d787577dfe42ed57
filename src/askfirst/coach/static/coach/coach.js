// Buttons marked data-plain send the form as a page would: downloads and mends need the whole answer.
"use strict";

document.addEventListener("htmx:configRequest", (event) => {
  const by = event.detail.triggeringEvent && event.detail.triggeringEvent.submitter;
  if (by && by.hasAttribute("data-plain")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-plain]");
  if (!button || !button.form || !button.form.hasAttribute("hx-post")) return;
  event.preventDefault();
  // A form without htmx's eyes on it: same fields, same files.
  const form = button.form;
  if (button.name) {
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
    form.append(hidden);
  }
  const action = form.action;
  form.action = button.getAttribute("formaction") || action;
  form.submit();
  form.action = action;
});

// What was written or chosen before the scripts were there, or what the browser has brought back, is looked at as well.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("draft");
  const files = document.getElementById("id_files");
  const has = form && (form.text.value.trim() || files.files.length);
  if (has && document.querySelector(".coach-idle")) setTimeout(() => form.requestSubmit(), 0);
});

// The page for bad connections, kept on the phone.
if ("serviceWorker" in navigator) {
  const worker = document.querySelector("[data-worker]");
  if (worker) navigator.serviceWorker.register(worker.dataset.worker, { scope: worker.dataset.scope }).catch(() => {});
}
