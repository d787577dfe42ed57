// Keeps the coach's page for bad connections on the phone. Answers only when the network does not; keeps no draft.
"use strict";
{% autoescape off %}
const NAME = {{ version }};
const KEPT = {{ kept }};
const OFFLINE = {{ offline }};
const COACH = {{ coach }};
const SHARE = {{ share }};
{% endautoescape %}
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("coach-") && name !== NAME).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname === SHARE && event.request.method === "POST") {
    event.respondWith(shared(event.request));
  } else if (event.request.method === "GET" && (url.pathname === COACH || KEPT.includes(url.pathname + url.search))) {
    event.respondWith(fetch(event.request).catch(() => kept(url.pathname === COACH ? OFFLINE : event.request)));
  }
});

async function kept(wanted) {
  return (await caches.match(wanted)) || Response.error();
}

// The share sheet gives the text once: without a network it travels to the page in the fragment, which no server sees.
async function shared(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const data = await copy.formData();
    const text = ["title", "text", "url"].map((name) => data.get(name)).filter((value) => typeof value === "string" && value).join("\n");
    return Response.redirect(`${OFFLINE}#${encodeURIComponent(text)}`, 303);
  }
}
