// Notes at a time somebody chose. SHELL says the words in the language of this browser.

const TAG = "note";
const REPEAT_MS = 2 * 60 * 60 * 1000; // a reminder is tried again for so long; it rings once

let last = subscription();

// Whatever comes, something is shown: browsers take the right away from who stays silent.
self.addEventListener("push", (event) => {
  event.waitUntil(showNote(event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(SHELL.start));
});

// The browser gave itself another address. Without a new one the site sends mails again.
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renewAddress(event.oldSubscription, event.newSubscription));
});

// Who signs out or leaves gets no note here any more; the page may be gone by now.
self.addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(endAddress());
});

async function showNote(data) {
  const { title, body } = readNote(data);
  const shown = await self.registration.getNotifications({ tag: TAG }).catch(() => []);
  const isRepeat = shown.some((one) => Date.now() - one.timestamp < REPEAT_MS);
  await self.registration.showNotification(title, { body, tag: TAG, renotify: !isRepeat });
}

function readNote(data) {
  let told;
  try {
    told = data.json().notification;
  } catch {
    // nothing, or nothing that can be read
  }
  const { title, body } = told ?? {};
  const isWhole = typeof title === "string" && typeof body === "string" && title;
  return isWhole ? { title, body } : { title: SHELL.title, body: SHELL.body };
}

async function renewAddress(before, given) {
  const old = before ?? (await last);
  if (!old) return; // the old address dies, and a mail comes instead
  const wanted = { userVisibleOnly: true, applicationServerKey: old.options.applicationServerKey };
  const now = given ?? (await self.registration.pushManager.subscribe(wanted).catch(() => null));
  await tell(old.endpoint, now && { ...now.toJSON(), key: inUrl(now.options.applicationServerKey) });
  last = Promise.resolve(now);
}

async function endAddress() {
  const old = (await subscription()) ?? (await last);
  if (old) await tell(old.endpoint, null);
}

async function tell(old, now) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ old, new: now });
  await fetch(SHELL.renew, { method: "POST", headers, body, credentials: "omit", keepalive: true });
}

async function subscription() {
  return self.registration.pushManager.getSubscription().catch(() => null);
}

function inUrl(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
