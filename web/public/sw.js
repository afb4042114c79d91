/* Shows what the desk pushes, and keeps one page, the one that says that the desk cannot be reached, and nothing else: a list of incidents that is an hour old
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

/* What is pushed is always shown: a browser ends the subscription of whoever shows nothing. */
addEventListener("push", (event) => {
  const { title, body, tag, language: lang, loud, url, actions } = read(event.data);
  const options = {
    body,
    tag,
    lang,
    renotify: true,
    requireInteraction: loud,
    icon: "/icon-192.png",
    data: { url, actions },
    actions: actions.map((one) => ({ action: one.action, title: one.title })),
  };
  event.waitUntil(registration.showNotification(title, options));
});

function read(data) {
  const nothing = { title: "Tocsin", body: "", tag: "tocsin", language, loud: false, url: "/", actions: [] };
  try {
    return { ...nothing, ...data.json() };
  } catch {
    return nothing;
  }
}

/* A button acts at once, with the very form of the page; where that fails, or without a button, the page itself opens. */
addEventListener("notificationclick", (event) => {
  const { url, actions } = event.notification.data;
  event.notification.close();
  const pressed = actions.find((one) => one.action === event.action);
  event.waitUntil(pressed ? act(pressed) : clients.openWindow(mine(url)));
});

async function act({ url, form }) {
  const answer = await fetch(mine(url), {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form,
    credentials: "omit",
  }).catch(() => null);
  if (!answer?.ok) await clients.openWindow(mine(url));
}

/* Whatever a message says, only this desk is opened. */
function mine(address) {
  const { pathname, search } = new URL(address, location.href);
  return pathname + search;
}
