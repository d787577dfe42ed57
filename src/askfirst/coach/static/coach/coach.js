// Buttons marked data-plain send the form as a page would: downloads need the whole answer.
// While one writes, only the words are sent; photos were sent when they were chosen, and what they say stays where it is.
"use strict";

function isAboutWords(event) {
  if (!event) return false;
  return (event.target && event.target.id === "id_text") || (event.submitter && event.submitter.name === "mend");
}

document.addEventListener("htmx:configRequest", (event) => {
  const by = event.detail.triggeringEvent && event.detail.triggeringEvent.submitter;
  if (by && by.hasAttribute("data-plain")) event.preventDefault();
  if (event.detail.elt.id !== "draft" || !isAboutWords(event.detail.triggeringEvent)) return;
  event.detail.formData.delete("files");
  // htmx does not see buttons that stand outside their form.
  if (by) event.detail.formData.set(by.name, by.value);
  event.detail.formData.set("only", document.querySelector("#findings-photos section") ? "text beside photos" : "text");
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const config = event.detail.requestConfig;
  if (config.elt.id === "draft" && isAboutWords(config.triggeringEvent)) event.detail.target = document.getElementById("findings-text");
});

// What was mended comes back with the findings.
document.addEventListener("htmx:afterSwap", () => {
  const mended = document.querySelector("[data-mended]");
  if (!mended) return;
  document.getElementById("id_text").value = mended.value;
  mended.remove();
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
