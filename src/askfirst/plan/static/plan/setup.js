// Compares the clocks, and tries whether a stream comes through in pieces, as it is sent, or all at once at its end.
"use strict";

const clock = document.getElementById("clock");
// isReadersClock comes with every page, from base/house.js.
clock.hidden = isReadersClock(clock.dataset.now);
clock.querySelector("[data-zone]").textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;

const tried = document.getElementById("trickle");

const show = (name) => {
  tried.querySelector("[data-waiting]").hidden = true;
  tried.querySelector(`[data-${name}]`).hidden = false;
};

const watch = async () => {
  const answer = await fetch(tried.dataset.trickle, { cache: "no-store" });
  if (!answer.ok || !answer.body) return show("lost");
  const reader = answer.body.getReader();
  let first = null;
  let last = null;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    last = performance.now();
    first = first ?? last;
  }
  // Sent over a second; what was held back comes within a moment.
  show(first !== null && last - first > 400 ? "fine" : "held");
};

watch().catch(() => show("lost"));
