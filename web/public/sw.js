/* Keeps one page, the one that says that the desk cannot be reached, and nothing else: a list of incidents that is an hour old
   must never look like one of now. Only opening a page is answered from it; what is sent (a form, an act) is left to the
   browser, since nobody knows whether it has arrived. */
const language = new URL(location.href).searchParams.get("lang") === "en" ? "en" : "fr";
/* Raised when the page kept must be fetched anew. */
const kept = `offline-1-${language}`;
const page = `/offline?lang=${language}`;

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(kept)
      .then((cache) => cache.add(new Request(page, { cache: "reload", credentials: "omit" })))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode !== "navigate" || request.method !== "GET") return;
  event.respondWith(
    fetch(request).catch(async (fault) => {
      const answer = await (await caches.open(kept)).match(page);
      if (answer) return answer;
      throw fault;
    }),
  );
});
