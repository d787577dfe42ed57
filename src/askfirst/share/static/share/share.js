// Hands the finished post to the phone's share sheet, or to the clipboard; posting stays with the person.
"use strict";

(() => {
  const post = document.getElementById("post");
  if (!post) return;
  const sheet = document.querySelector("[data-share]");
  const copy = document.querySelector("[data-copy]");
  const text = post.textContent;
  if (navigator.share) {
    sheet.hidden = false;
    sheet.addEventListener("click", () => { navigator.share({ text }).catch(() => {}); });
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => { await navigator.clipboard.writeText(text); copy.prepend("✓ "); }, { once: true });
  }
})();
