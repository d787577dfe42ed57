// Plays a course and reports to the system around it, SCORM 1.2 or 2004; readable on its own when there is none.
"use strict";

(() => {
  const course = window.COURSE;
  const words = Object.fromEntries(course.words);
  const say = (key, fallback) => words[key] || fallback;
  const main = document.getElementById("main");
  const begun = Date.now();

  // --- the run-time around us ---
  function find(name) {
    for (const start of [window, window.opener]) {
      let place = start;
      for (let step = 0; place && step < 20; step += 1) {
        try { if (place[name]) return place[name]; } catch { break; }
        if (place.parent === place) break;
        place = place.parent;
      }
    }
    return null;
  }
  const new_api = find("API_1484_11");
  const old_api = new_api ? null : find("API");
  const is2004 = Boolean(new_api);
  const call = (name, ...args) => {
    const api = new_api || old_api;
    try { return String(api[(is2004 ? "" : "LMS") + name](...args)); } catch { return "false"; }
  };
  let isRecorded = false;
  let isFinished = false;
  const key = {
    location: is2004 ? "cmi.location" : "cmi.core.lesson_location",
    exit: is2004 ? "cmi.exit" : "cmi.core.exit",
    time: is2004 ? "cmi.session_time" : "cmi.core.session_time",
    score: is2004 ? "cmi.score" : "cmi.core.score",
  };
  const get = (name) => (isRecorded && !cmi5 ? call("GetValue", name) : "");
  const set = (name, value) => isRecorded && !cmi5 && call("SetValue", name, String(value)) === "true";

  const cmi5 = window.CMI5 || null;
  async function start() {
    if (cmi5) {
      try { await cmi5.start(); isRecorded = true; } catch { isRecorded = false; }
      return;
    }
    if (!new_api && !old_api) return;
    isRecorded = call(is2004 ? "Initialize" : "Initialize", "") === "true";
  }
  function time() {
    const seconds = Math.round((Date.now() - begun) / 1000);
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (n) => String(n).padStart(2, "0");
    return is2004 ? `PT${h}H${m}M${s}S` : `${String(h).padStart(4, "0")}:${two(m)}:${two(s)}.00`;
  }
  function finish(isDone) {
    if (!isRecorded || isFinished) return;
    isFinished = true;
    if (cmi5) { cmi5.over(); return; }
    set(key.time, time());
    set(key.exit, isDone ? (is2004 ? "normal" : "") : "suspend");
    call("Commit", "");
    call(is2004 ? "Terminate" : "Finish", "");
  }

  // --- what has been answered: one character a question, so that 4,096 characters are always enough ---
  const all = course.lessons.flatMap((lesson, at) => lesson.questions.map((question) => ({ ...question, lesson: at })));
  let marks = [];
  let page = 0;
  let isDone = false;
  // Under cmi5 one opening has one result: who comes back to an earlier one may begin again, who has just got one opens the course anew.
  let isEarlier = false;
  function restore() {
    const kept = cmi5 && isRecorded ? cmi5.kept() : get("cmi.suspend_data");
    const found = /^1;(\d+);([01-]*)$/.exec(kept || "");
    marks = all.map((_question, at) => (found && found[2][at]) || "-");
    page = found ? Math.min(Number(found[1]), course.lessons.length) : 0;
    isEarlier = Boolean(cmi5) && isRecorded && page >= course.lessons.length && cmi5.hasResult(all.length > 0);
  }
  function keep() {
    if (cmi5) { if (isRecorded) cmi5.keep(`1;${page};${marks.join("")}`); return; }
    set("cmi.suspend_data", `1;${page};${marks.join("")}`);
    set(key.location, String(page));
    call("Commit", "");
  }
  function report(question, at, chosen, isRight) {
    if (cmi5) { if (isRecorded) cmi5.answered(question.id, question.text, chosen.map((own) => String(own).slice(0, 60)).join("[,]"), isRight); return; }
    const number = get("cmi.interactions._count");
    const n = /^\d+$/.test(number) ? number : String(at);
    const base = `cmi.interactions.${n}`;
    set(`${base}.id`, question.id);
    const type = { order: "sequencing", text: "fill-in", sort: is2004 ? "other" : "matching" }[question.kind] || "choice";
    set(`${base}.type`, type);
    const short = chosen.map((own) => String(own).slice(0, 60));
    if (is2004) {
      set(`${base}.learner_response`, type === "fill-in" || type === "other" ? short.join(" ") : short.join("[,]"));
      set(`${base}.result`, isRight ? "correct" : "incorrect");
    } else {
      set(`${base}.student_response`, type === "matching" ? short.map((own, at) => `${at}.${own}`).join(",") : short.join(","));
      set(`${base}.result`, isRight ? "correct" : "wrong");
    }
  }
  function result() {
    const right = marks.filter((mark) => mark === "1").length;
    const score = all.length ? Math.round((100 * right) / all.length) : 100;
    return { score, passed: score >= course.mastery };
  }
  function tell({ score, passed }) {
    if (cmi5) { if (isRecorded) cmi5.finished(score, passed, all.length > 0); return; }
    if (all.length) {
      set(`${key.score}.min`, "0");
      set(`${key.score}.max`, "100");
      set(`${key.score}.raw`, String(score));
      if (is2004) set(`${key.score}.scaled`, String(score / 100));
    }
    if (is2004) {
      set("cmi.completion_status", "completed");
      if (all.length) set("cmi.success_status", passed ? "passed" : "failed");
    } else set("cmi.core.lesson_status", all.length ? (passed ? "passed" : "failed") : "completed");
  }

  // --- pages ---
  function element(tag, text, more = {}) {
    const node = document.createElement(tag);
    if (text !== null) node.textContent = text;
    return Object.assign(node, more);
  }
  function show() {
    main.replaceChildren();
    document.getElementById("progress").value = page / course.lessons.length;
    if (page >= course.lessons.length) { end(); return; }
    const lesson = course.lessons[page];
    main.append(element("h2", lesson.title));
    const body = element("div", null);
    body.innerHTML = lesson.html;
    main.append(body);
    const form = element("form", null);
    const offset = all.findIndex((question) => question.lesson === page);
    lesson.questions.forEach((question, at) => form.append(ask(question, offset + at)));
    form.append(element("button", lesson.questions.length ? say("check", "Check") : say("next", "Next")));
    form.addEventListener("submit", (event) => { event.preventDefault(); check(form, lesson, offset); });
    main.append(form);
    main.focus();
  }
  function ask(question, number) {
    if (question.kind !== "choice") return askOther(question, number);
    const several = question.options.filter((option) => option.is_right).length > 1;
    const box = element("fieldset", null);
    box.dataset.number = number;
    box.append(element("legend", question.text));
    question.options.forEach((option, at) => {
      const label = element("label", null);
      label.append(element("input", null, { type: several ? "checkbox" : "radio", name: question.id, value: String(at), required: !several }));
      if (option.picture) label.append(element("img", "", { src: option.picture, alt: "" }));
      label.append(element("span", option.text));
      box.append(label);
    });
    return box;
  }
  function askOther(question, number) {
    const box = element("fieldset", null);
    box.dataset.number = number;
    box.append(element("legend", question.text));
    if (question.kind === "text") {
      box.append(element("input", null, { type: "text", required: true, maxLength: 200, ariaLabel: question.text, className: "answer" }));
    } else if (question.kind === "order") {
      question.mixed.forEach((own) => {
        const label = element("label", null, { className: "ordered" });
        const select = element("select", null, { required: true, className: "answer", ariaLabel: question.steps[own] });
        select.dataset.at = own;
        select.append(element("option", "–", { value: "" }));
        question.steps.forEach((_step, at) => select.append(element("option", String(at + 1), { value: String(at + 1) })));
        label.append(element("span", question.steps[own]), select);
        box.append(label);
      });
    } else {
      question.items.forEach((item, at) => {
        const row = element("div", null, { className: "sorted" });
        row.setAttribute("role", "radiogroup");
        row.setAttribute("aria-label", item.text);
        row.append(element("p", item.text));
        question.bins.forEach((bin, side) => {
          const label = element("label", null);
          label.append(element("input", null, { type: "radio", name: `${question.id}-${at}`, value: String(side), required: true }), element("span", bin));
          row.append(label);
        });
        box.append(row);
      });
    }
    return box;
  }
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^\p{L}\p{N}_\s]/gu, " ").split(/\s+/).filter(Boolean).join(" ");
  // What was given, whether it is right, and what to say about it.
  function judge(question, box) {
    if (question.kind === "text") {
      const given = box.querySelector("input").value;
      return { chosen: [given], isRight: question.accepted.some((form) => plain(form) === plain(given)), notes: [question.accepted[0]] };
    }
    if (question.kind === "order") {
      const chosen = question.steps.map((_step, at) => Number(box.querySelector(`select[data-at="${at}"]`).value));
      return { chosen, isRight: chosen.every((own, at) => own === at + 1), notes: question.steps.map((step, at) => `${at + 1}. ${step}`) };
    }
    if (question.kind === "sort") {
      const chosen = question.items.map((_item, at) => Number((box.querySelector(`[name="${question.id}-${at}"]:checked`) || {}).value));
      const notes = question.items.map((item) => `${item.text}: ${question.bins[Number(item.is_right)]}${item.feedback ? `. ${item.feedback}` : ""}`);
      return { chosen, isRight: question.items.every((item, at) => chosen[at] === Number(item.is_right)), notes };
    }
    const chosen = [...box.querySelectorAll("input:checked")].map((input) => Number(input.value));
    const right = question.options.flatMap((option, own) => (option.is_right ? [own] : []));
    const shown = [...new Set([...chosen, ...right])].map((own) => question.options[own]).filter((option) => option.feedback);
    return {
      chosen, isRight: chosen.length === right.length && chosen.every((own) => right.includes(own)),
      notes: shown.map((option) => `${option.text}: ${option.feedback}`),
    };
  }
  function check(form, lesson, offset) {
    lesson.questions.forEach((question, at) => {
      const box = form.querySelector(`[data-number="${offset + at}"]`);
      const { chosen, isRight, notes } = judge(question, box);
      if (marks[offset + at] === "-") {
        marks[offset + at] = isRight ? "1" : "0";
        report(question, offset + at, chosen, isRight);
      }
      box.querySelectorAll("input, select").forEach((input) => { input.disabled = true; });
      const line = element("p", isRight ? say("right", "Right.") : say("wrong", "Not quite."), { className: isRight ? "right" : "wrong" });
      box.append(line);
      for (const note of question.feedback ? [...notes, question.feedback] : notes) box.append(element("p", note));
    });
    keep();
    const next = element("button", say("next", "Next"), { type: "button" });
    next.addEventListener("click", () => { page += 1; keep(); show(); });
    form.querySelector("button").replaceWith(next);
    next.focus();
    if (!lesson.questions.length) next.click();
  }
  function end() {
    isDone = true;
    const { score, passed } = result();
    if (!isEarlier) tell({ score, passed });
    keep();
    main.append(element("h2", passed ? say("done", "Done.") : say("again", "Look at it once more.")));
    if (all.length) main.append(element("p", `${score} / 100`));
    if (!passed && cmi5 && isRecorded && !isEarlier) main.append(element("p", say("reopen", "Open this course again to try once more.")));
    else if (!passed) {
      const again = element("button", say("restart", "Begin again"));
      again.addEventListener("click", () => { marks = all.map(() => "-"); page = 0; isDone = false; isEarlier = false; keep(); show(); });
      main.append(again);
    }
    if (!cmi5) call("Commit", "");
  }
  // Where the system that launched us wants its people back.
  function offerWayBack() {
    const back = cmi5 && isRecorded ? cmi5.returnTo() : "";
    if (!/^https?:/.test(back)) return;
    const leave = element("button", say("leave", "Leave"), { type: "button", className: "leave" });
    leave.addEventListener("click", async () => { isFinished = true; await cmi5.over(); location.assign(back); });
    document.querySelector("header").append(leave);
  }

  async function begin() {
    await start();
    restore();
    if (isRecorded && !is2004 && get("cmi.core.lesson_status") === "not attempted") set("cmi.core.lesson_status", "incomplete");
    if (isRecorded && is2004 && /unknown|not attempted|^$/.test(get("cmi.completion_status"))) set("cmi.completion_status", "incomplete");
    document.getElementById("state").textContent = isRecorded ? "" : say("unrecorded", "Not recorded: no learning system was found around this page. You can read everything all the same.");
    window.addEventListener("pagehide", () => finish(isDone));
    offerWayBack();
    show();
  }
  begin();
})();
