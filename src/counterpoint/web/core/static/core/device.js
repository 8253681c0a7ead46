// What a person turned on in this browser. The worker's own address is the only memory of it.
// Others read it with: await import(document.querySelector("[data-device]").src)

const QUEUE = "evenings";
const workers = window.isSecureContext ? navigator.serviceWorker : undefined;
const script = document.querySelector("[data-device]");

export const canKeep = Boolean(workers && window.indexedDB && window.caches);

async function registration() {
  return canKeep ? workers.getRegistration("/") : undefined;
}

function addressOf(found) {
  const worker = found && (found.installing ?? found.waiting ?? found.active);
  return worker ? new URL(worker.scriptURL) : undefined;
}

async function address() {
  return addressOf(await registration());
}

export async function uses() {
  return ((await address())?.searchParams.get("for") ?? "").split(" ").filter(Boolean);
}

// Waits until the worker of an address is there; fails where the browser could not keep its page.
async function register(script) {
  const found = await workers.register(script, { scope: "/", updateViaCache: "none" });
  const coming = found.installing ?? found.waiting;
  if (!coming) return found;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (coming.state === "activated") resolve(found);
      if (coming.state === "redundant") reject(new Error("not kept"));
    };
    coming.addEventListener("statechange", look);
    look();
  });
}

function asked(on, name, language) {
  const script = new URL("/worker.js", window.location.href);
  script.searchParams.set("for", [...on].sort().join(" "));
  script.searchParams.set("name", name);
  script.searchParams.set("language", language);
  return script;
}

// Turns one use on; `name` is the key of the neutral name, kept as it was where none is given.
export async function turnOn(use, name) {
  const before = await address();
  const on = new Set([...(await uses()), use]);
  const kept = name ?? before?.searchParams.get("name") ?? "notes";
  return register(asked(on, kept, document.documentElement.lang));
}

export async function turnOff(use) {
  const before = await address();
  const left = (await uses()).filter((one) => one !== use);
  if (!left.length) return forget();
  const { searchParams } = before;
  await register(asked(left, searchParams.get("name"), searchParams.get("language")));
}

// Everything this site ever kept in this browser: worker, shell, what waits. The worker is asked
// too: it goes on where this page is gone before it has done its part.
export async function forget() {
  if (!canKeep) return;
  indexedDB.deleteDatabase(QUEUE);
  workers.controller?.postMessage("forget");
  await Promise.allSettled([
    workers.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))),
    caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))),
  ]);
}

// A newer worker is asked for at every page; the page it keeps is in the person's language.
async function renew() {
  const found = await registration();
  const before = addressOf(found);
  if (!before) return;
  const { lang } = document.documentElement;
  const isOther = "known" in script.dataset && before.searchParams.get("language") !== lang;
  if (isOther) await register(asked(await uses(), before.searchParams.get("name"), lang));
  else await found.update();
}

// htmx notes in the tab at which address it is; it does without, and no address is to stay here.
const withoutNote = () => sessionStorage.removeItem("htmx-current-path-for-history");
for (const moment of ["DOMContentLoaded", "htmx:afterSettle"]) document.addEventListener(moment, withoutNote);
window.addEventListener("pagehide", withoutNote);

if (canKeep) {
  renew().catch(() => {}); // without a connection it stays as it is
  document.addEventListener("leaving", forget);
  for (const form of document.querySelectorAll("[data-forgets]")) form.addEventListener("submit", forget);
  window.addEventListener("appinstalled", () => {
    turnOn("install", new URLSearchParams(window.location.search).get("name") ?? undefined);
  });
  for (const button of document.querySelectorAll("[data-forget]")) {
    button.addEventListener("click", async () => {
      await forget();
      window.location.reload();
    });
  }
  uses().then((on) => {
    for (const part of document.querySelectorAll("[data-when]")) {
      const when = part.dataset.when;
      part.hidden = when === "any" ? !on.length : !on.includes(when);
    }
  });
}
