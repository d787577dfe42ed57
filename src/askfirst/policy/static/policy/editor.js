// The editor of a policy: formatting bar, preview, and keeping what is written without being asked.
"use strict";

(() => {
  const form = document.getElementById("editor");
  if (!form) return;
  const text = form.elements.text;
  const revision = form.elements.revision;
  const state = form.querySelector("[data-state]");
  const token = form.elements.csrfmiddlewaretoken.value;
  let kept = text.value;
  let waiting = 0;
  let isKeeping = false;
  let isStopped = false;

  form.querySelector("[data-bar]").hidden = false;
  form.querySelector("[data-show]").hidden = false;

  async function keep() {
    waiting = 0;
    if (isKeeping || isStopped || text.value === kept) return;
    isKeeping = true;
    const now = text.value;
    state.textContent = state.dataset.keeping;
    try {
      const body = new URLSearchParams({ text: now, revision: revision.value });
      const answer = await fetch(form.dataset.keep, { method: "POST", body, headers: { "X-CSRFToken": token } });
      const said = await answer.json();
      if (answer.ok) {
        revision.value = said.revision;
        kept = now;
        state.textContent = state.dataset.kept;
      } else {
        // Somebody else was first: nothing is written over; the next press of Keep shows both.
        isStopped = true;
        state.textContent = said.error;
      }
    } catch {
      state.textContent = state.dataset.lost;
      later(5000);
    }
    isKeeping = false;
    if (!isStopped && text.value !== kept) later(1500);
  }
  function later(time) { clearTimeout(waiting); waiting = setTimeout(keep, time); }
  text.addEventListener("input", () => later(1500));
  window.addEventListener("beforeunload", (event) => { if (text.value !== kept && !isStopped) event.preventDefault(); });
  form.addEventListener("submit", () => { clearTimeout(waiting); kept = text.value; });

  form.querySelector("[data-bar]").addEventListener("click", (event) => {
    const button = event.target.closest("[data-wrap]");
    if (!button) return;
    const [before, after] = button.dataset.wrap.split("|");
    const { selectionStart: start, selectionEnd: end } = text;
    const atLineStart = after === "" && start > 0 && text.value[start - 1] !== "\n" ? "\n" : "";
    text.setRangeText(atLineStart + before + text.value.slice(start, end) + after, start, end, "end");
    if (start === end && after) text.selectionStart = text.selectionEnd = start + before.length;
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.querySelector("[data-show]").addEventListener("click", async () => {
    const here = form.querySelector("[data-preview-here]");
    here.hidden = !here.hidden;
    if (here.hidden) return;
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams({ text: text.value }), headers: { "X-CSRFToken": token } });
    here.innerHTML = await answer.text();
  });
})();
