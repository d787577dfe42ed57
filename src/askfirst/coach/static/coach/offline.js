// Looks at a draft with the rules kept on the phone. Sends nothing, keeps nothing.
"use strict";

(() => {
  const field = document.querySelector("[data-offline]");
  if (!field) return;
  const list = document.getElementById("found");
  let rules = [];

  const checks = {
    luhn: (text) => {
      const digits = text.replace(/\D/g, "");
      let sum = 0;
      [...digits].reverse().forEach((digit, at) => { const double = Number(digit) * (1 + (at % 2)); sum += double > 9 ? double - 9 : double; });
      return digits.length > 12 && sum % 10 === 0 && new Set(digits).size > 1;
    },
    // Words that follow the number may have been read as part of it, so it may end wherever a word does.
    iban: (text, lengths) => {
      for (let end = text.length; end >= 15; end -= 1) {
        if (/[ -]/.test(text[end - 1]) || (end < text.length && !/[ -]/.test(text[end]))) continue;
        const plain = text.slice(0, end).replace(/[ -]/g, "").toUpperCase();
        let rest = 0;
        for (const c of plain.slice(4) + plain.slice(0, 4)) rest = Number(String(rest) + (/\d/.test(c) ? c : String(c.charCodeAt(0) - 55))) % 97;
        if (plain.length === lengths[plain.slice(0, 2)] && rest === 1) return true;
      }
      return false;
    },
  };

  function findings(text) {
    const found = [];
    for (const rule of rules) {
      for (const pattern of rule.compiled) {
        for (const match of text.matchAll(pattern)) {
          const value = (match.groups && match.groups.value) || match[0];
          if (rule.check && !checks[rule.check](value, rule.lengths)) continue;
          if (!found.some((own) => own.detector === rule.detector && (own.value.includes(value) || value.includes(own.value)))) {
            found.push({ detector: rule.detector, value: value.trim(), message: rule.message });
          }
        }
      }
    }
    return found;
  }

  function show() {
    const found = findings(field.value);
    list.replaceChildren(...found.map((own) => {
      const item = document.createElement("li");
      const mark = Object.assign(document.createElement("b"), { textContent: own.value });
      item.append(mark, ` ${own.message}`);
      item.dataset.detector = own.detector;
      return item;
    }));
    if (!found.length && field.value.trim()) list.append(Object.assign(document.createElement("li"), { textContent: list.dataset.none }));
  }

  fetch(field.dataset.offline).then((answer) => answer.json()).then((said) => {
    rules = said.rules.map((rule) => ({ ...rule, compiled: rule.patterns.map((own) => new RegExp(own.source, own.flags)) }));
    field.dataset.ready = "yes";
    show();
  });
  if (location.hash.length > 1) {
    field.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  field.addEventListener("input", show);
})();
