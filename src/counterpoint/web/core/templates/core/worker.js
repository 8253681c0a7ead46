// Keeps a few static files and one page without any data, for when there is no connection.
// SHELL, one line above, says which. Nothing else that is answered ever comes into the cache.

const CACHE = `shell-${SHELL.version}`;
const QUEUE = "evenings";

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => kept(SHELL.offline)));
  } else if (SHELL.files.includes(address.pathname)) {
    event.respondWith(fetch(request).catch(() => kept(address.pathname)));
  }
});

// A page that is being left may be gone before it has cleared everything; this goes on.
self.addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(forgetAll());
});

async function fill() {
  const cache = await caches.open(CACHE);
  const keep = async (address) => {
    const asked = { credentials: "omit", cache: "no-store", redirect: "error" };
    const answer = await fetch(address, asked);
    if (!answer.ok) throw new Error(`no ${address}`);
    await cache.put(address, answer);
  };
  await Promise.allSettled(SHELL.files.map(keep)); // one that is missing does not keep the others away
  await keep(SHELL.offline); // without it this worker is of no use, and the one before stays
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function forgetAll() {
  indexedDB.deleteDatabase(QUEUE);
  const names = await caches.keys();
  await Promise.allSettled([...names.map((name) => caches.delete(name)), self.registration.unregister()]);
}

async function kept(address) {
  const found = await caches.match(address, { cacheName: CACHE, ignoreVary: true });
  return found ?? Response.error();
}
