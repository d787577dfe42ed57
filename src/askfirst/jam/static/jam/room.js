// Follows a jam: one stream down, votes up. Works the same for the room, the desk and the big screen.
"use strict";

(() => {
  const root = document.querySelector("[data-live]");
  if (!root) return;
  const board = document.getElementById("board");
  let since = root.dataset.since;
  let source = null;
  // Since when nothing has come where something should have; 0 while all is well.
  let downSince = 0;
  // The server gives a sign of life every twenty seconds; a connection can be dead without either end being told.
  const SILENCE = 60000;
  let heardAt = 0;
  let polling = 0;
  let backoff = 1000;

  // Groups that hold this browser's voice: told by the page, kept in memory only.
  const voices = new Set();

  // --- the stream, with polling where something on the way holds streams back ---
  function open() {
    if (source || document.hidden) return;
    source = new EventSource(`${root.dataset.live}&since=${encodeURIComponent(since)}`);
    downSince ||= Date.now();
    source.onmessage = (event) => { heard(); stopPolling(); since = event.lastEventId || since; apply(JSON.parse(event.data)); };
    source.addEventListener("here", (event) => { heard(); showHere(event.data); });
    source.addEventListener("alive", heard);
    source.onerror = () => {
      downSince ||= Date.now();
      if (!polling) showLink(false);
      if (source && source.readyState === EventSource.CLOSED) reopenLater();
    };
  }
  function close() { if (source) { source.close(); source = null; } }
  function reopenLater() {
    close();
    setTimeout(open, backoff + Math.random() * 1000);
    backoff = Math.min(backoff * 2, 30000);
  }
  function heard() { heardAt = Date.now(); downSince = 0; backoff = 1000; showLink(true); }
  function showLink(isUp) { document.querySelectorAll("[data-link-down]").forEach((note) => { note.hidden = isUp; }); }
  function showHere(number) {
    document.querySelectorAll("[data-here]").forEach((node) => { node.hidden = false; node.querySelector("b").textContent = number; });
  }
  async function poll() {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${root.dataset.live.replace("?", "/poll?")}&since=${encodeURIComponent(since)}`);
      if (answer.status === 200) { const news = await answer.json(); since = news.id; apply(news.frame); }
      showLink(answer.ok);
    } catch { showLink(false); }
  }
  function stopPolling() { clearInterval(polling); polling = 0; }

  // A stream begins with a frame: where none comes, refused or held back on the way, the page asks instead, and goes on trying.
  setInterval(() => {
    if (source && !downSince && Date.now() - heardAt > SILENCE) { close(); open(); }
    if (downSince && Date.now() - downSince > 5000 && !polling) polling = setInterval(poll, 2500);
  }, 1000);
  document.addEventListener("visibilitychange", () => { if (document.hidden) { close(); stopPolling(); downSince = 0; } else open(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { close(); open(); } });

  // The big screen does not go dark while the jam goes on. The browser lets go whenever the page is hidden.
  async function stayAwake() {
    try { await navigator.wakeLock?.request("screen"); } catch { /* refused, as on a low battery: it may go dark */ }
  }
  if (document.body.classList.contains("screen-page")) {
    stayAwake();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) stayAwake(); });
  }

  // The jam opens and closes by the clock, in front of those who wait. Not all ask for the page in the same second.
  function turn() {
    if (root.dataset.refresh) refreshSoon();
    // Whoever writes is told by the answer that it is closed, and keeps the words.
    else if (!document.getElementById("text")?.value.trim()) location.reload();
  }
  const turnsAt = "turnsIn" in root.dataset ? Date.now() + 1000 * root.dataset.turnsIn : Infinity;
  const untilTurn = setInterval(() => {
    if (Date.now() < turnsAt) return;
    clearInterval(untilTurn);
    setTimeout(turn, 3000 * Math.random());
  }, 1000);

  // --- what came ---
  let waiting = 0;
  function apply(frame) {
    if (root.dataset.refresh) { refreshSoon(); return; }
    const stage = root.querySelector("[data-stage]");
    if (stage && stage.innerHTML.trim() !== frame.stage.trim()) stage.innerHTML = frame.stage;
    if (frame.whole && (root.dataset.page || "1") === "1") removeMissing(frame.cards);
    for (const [group, into] of Object.entries(frame.gone)) takeOff(group, into);
    for (const [group, html] of Object.entries(frame.cards)) put(group, html);
    for (const [group, votes] of Object.entries(frame.votes)) count(group, votes);
    if (frame.state !== root.dataset.state) turn();
    const empty = root.querySelector("[data-empty]");
    if (empty) empty.hidden = board.children.length > 0;
  }
  function removeMissing(cards) {
    for (const card of [...board.children]) if (!(card.dataset.group in cards)) card.remove();
  }
  function takeOff(group, into) {
    const card = document.getElementById(`g${group}`);
    if (voices.has(group) && into) { voices.add(String(into)); voices.delete(group); }
    if (card) card.remove();
  }
  function put(group, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    const fresh = holder.content.firstElementChild;
    const old = document.getElementById(fresh.id);
    if (old) {
      // Somebody may be reading the wordings or about to press the button: keep both as they are.
      const details = fresh.querySelector("details");
      if (details && old.querySelector("details[open]")) details.open = true;
      const hadFocus = old.contains(document.activeElement) && document.activeElement.matches(".vote");
      old.replaceWith(fresh);
      mark(fresh);
      if (hadFocus) fresh.querySelector(".vote").focus();
    } else if ((root.dataset.page || "1") === "1") {
      fresh.classList.add("pop");
      board.prepend(fresh);
      mark(fresh);
    }
    offerSort();
  }
  function count(group, votes) {
    const card = document.getElementById(`g${group}`);
    if (!card) return;
    card.dataset.votes = votes;
    card.querySelector("[data-count]").textContent = votes;
    offerSort();
  }
  // Cards stay where they are while people look; sorting is offered, never forced.
  const sorter = root.querySelector("[data-sort]");
  function wanted() {
    const rank = (card) => [-Number(card.dataset.pinned), -Number(card.dataset.votes), Number(card.dataset.number)];
    return [...board.children].sort((a, b) => { const x = rank(a), y = rank(b); return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]; });
  }
  function offerSort() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (sorter) sorter.hidden = wanted().every((card, at) => card === board.children[at]); }, 400);
  }
  if (sorter) sorter.addEventListener("click", () => { board.append(...wanted()); sorter.hidden = true; });

  // A facilitator in the middle of writing is not interrupted, also not by an answer that was under way already.
  let refreshing = 0;
  const into = root.dataset.into && document.querySelector(root.dataset.into);
  const isWriting = () => Boolean(into.querySelector("details.do[open]"));
  function refreshSoon() {
    if (refreshing) return;
    refreshing = setTimeout(() => {
      refreshing = 0;
      if (isWriting()) refreshSoon();
      else if (window.htmx) htmx.ajax("GET", root.dataset.refresh, { target: into, swap: "innerHTML" });
    }, 800);
  }
  // What is open and half written on other cards outlives the answer to an act; where the act was refused, its own words too.
  let kept = [];
  const fieldsOf = (details) => [...details.querySelectorAll("input:not([type=hidden]), textarea, select")];
  const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
  function keep(details) {
    const card = details.closest("[id]");
    const fields = fieldsOf(details);
    const values = fields.map((field) => (isTicked(field) ? field.checked : field.value));
    return { card: card.id, at: [...card.querySelectorAll("details.do")].indexOf(details), values, focus: fields.indexOf(document.activeElement) };
  }
  function putBack({ card, at, values, focus }) {
    const details = [...(document.getElementById(card)?.querySelectorAll("details.do") || [])][at];
    const fields = details ? fieldsOf(details) : [];
    if (fields.length !== values.length) return;
    details.open = true;
    fields.forEach((field, number) => { field[isTicked(field) ? "checked" : "value"] = values[number]; });
    if (focus >= 0) fields[focus].focus();
  }
  into?.addEventListener("htmx:beforeSwap", (event) => {
    const { requestConfig, xhr } = event.detail;
    if (requestConfig.verb === "get") {
      if (!isWriting()) return;
      event.detail.shouldSwap = false;
      refreshSoon();
    } else if (event.detail.shouldSwap) {
      const own = xhr.status < 400 && requestConfig.elt.closest("details.do");
      kept = [...into.querySelectorAll("details.do[open]")].filter((details) => details !== own).map(keep);
    }
  });
  into?.addEventListener("htmx:afterSwap", () => { kept.splice(0).forEach(putBack); });

  // --- votes: shown at once, confirmed once they are on disk ---
  function mark(card) {
    const button = card.querySelector(".vote");
    if (!button) return;
    button.setAttribute("aria-pressed", String(voices.has(card.dataset.group)));
    button.disabled = root.dataset.state !== "open";
  }
  async function vote(group, isUp) {
    const body = new URLSearchParams({ [isUp ? "group" : "take_back"]: group });
    for (let attempt = 0; attempt < 4; attempt += 1) {
      try {
        const answer = await fetch(root.dataset.vote, { method: "POST", body });
        if (answer.ok) return "";
        const problem = (await answer.json()).error;
        if (answer.status !== 503) return problem;
      } catch { /* the network; the same vote again does no harm */ }
      await new Promise((resolve) => setTimeout(resolve, 1000 * (attempt + 1)));
    }
    return root.querySelector("[data-link-down]").textContent;
  }
  async function press(button) {
    const group = button.value;
    const isUp = button.getAttribute("aria-pressed") !== "true";
    show(button, isUp);
    const problem = await vote(group, isUp);
    if (problem) { show(button, !isUp); say(problem); }
  }
  function show(button, isUp) {
    const number = button.querySelector("[data-count]");
    button.setAttribute("aria-pressed", String(isUp));
    number.textContent = Math.max(0, Number(number.textContent) + (isUp ? 1 : -1));
    if (isUp) voices.add(button.value); else voices.delete(button.value);
  }
  function say(text) {
    const note = document.createElement("p");
    note.className = "note note-error toast";
    note.setAttribute("role", "alert");
    note.textContent = text;
    board.before(note);
    setTimeout(() => note.remove(), 8000);
  }
  if (board) {
    for (const button of board.querySelectorAll(".vote[aria-pressed=true]")) voices.add(button.value);
    document.getElementById("board-form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter) press(event.submitter);
    });
    root.addEventListener("click", (event) => {
      const add = event.target.closest("[data-add-voice]");
      if (!add) return;
      const button = document.querySelector(`#g${add.dataset.addVoice} .vote`);
      if (button && button.getAttribute("aria-pressed") !== "true") press(button);
      add.disabled = true;
      const field = document.getElementById("text");
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  open();
})();
