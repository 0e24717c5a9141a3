// The service worker: keeps the shell of the application (page, bundles, styles, icons, texts) and nothing else, so that the
// installed app opens without a network. Answers of the API are never kept: what is in them belongs to a session.
// The build writes a number here that changes with the application, so that a browser notices a new version.
const VERSION = "unbuilt";
const SHELL = `shell-${VERSION}`;
// Every screen is this page; under their own addresses the server sends another one to those who are not signed in.
const PAGE = "/index.html";

// Files with a hash in their name never change.
const isHashed = (path) => /-[0-9a-f]{16}(_bg)?\.(js|wasm|css|svg)$/.test(path);
const isKept = (path) => isHashed(path) || /^\/((texts|emoji)\/.+\.json|favicon\.svg|manifest\.webmanifest|icons\/.+\.png)$/.test(path);

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const shell = await caches.open(SHELL);
    const page = await fetch(PAGE, { cache: "no-cache" });
    if (!page.ok) throw new Error(`the page answered ${page.status}`);
    const html = await page.clone().text();
    await shell.put(PAGE, page);
    // Of the bundles, those of the pages that are open: a client's phone does not keep the portal.
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const isClient = open.length > 0 && open.every((it) => /^\/c(\/|$)/.test(new URL(it.url).pathname));
    const ours = new RegExp(`/(${isClient ? "client" : "portal"}|main|icons)-[\\w.-]+`, "g");
    const named = [...html.matchAll(ours)].map((found) => found[0]);
    await shell.addAll([...new Set(named)].filter(isHashed));
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== SHELL) await caches.delete(name);
    await self.clients.claim();
  })());
});

// The page asks for it, once the person has said yes: what is on the screen is not replaced in the middle of a word.
self.addEventListener("message", (event) => {
  if (event.data === "update") self.skipWaiting();
});

async function fromNetwork(request, key) {
  const shell = await caches.open(SHELL);
  try {
    const answer = await fetch(request);
    if (answer.ok) await shell.put(key, answer.clone());
    return answer;
  } catch (offline) {
    const kept = await shell.match(key);
    if (kept) return kept;
    throw offline;
  }
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (offline) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw offline;
  }
}

async function fromShell(request) {
  const kept = await caches.match(request);
  return kept ?? fromNetwork(request, request);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/")) return;
  if (event.request.mode === "navigate") {
    if (!/\.[a-z]+$/.test(url.pathname) && !url.pathname.startsWith("/health/")) event.respondWith(page(event.request));
  } else if (isKept(url.pathname)) {
    event.respondWith(isHashed(url.pathname) ? fromShell(event.request) : fromNetwork(event.request, url.pathname));
  }
});

// A message arrived while no page was open (server/src/push). What is shown was decided by the server.
self.addEventListener("push", (event) => {
  const notice = event.data?.json() ?? { title: "Causeway", body: "", url: "/chats", tag: "causeway" };
  event.waitUntil((async () => {
    await self.registration.showNotification(notice.title, {
      body: notice.body, tag: notice.tag, renotify: true, icon: "/icons/icon-192.png", badge: "/icons/icon-192.png", data: { url: notice.url },
    });
    // Without a number: how many messages are unread only the open app knows.
    await navigator.setAppBadge?.();
  })());
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/chats", self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window" });
    const page = open.find((it) => new URL(it.url).pathname === url.pathname) ?? open[0];
    if (!page) return self.clients.openWindow(url.href);
    await page.focus();
    if (new URL(page.url).pathname !== url.pathname) await page.navigate(url.href);
  })());
});
