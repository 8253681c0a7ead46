// Evenings without a connection. Each is closed into a box that only the server can open, put into
// IndexedDB, and handed over later under the id it was closed with.

const device = await import(document.querySelector("[data-device]").src);
const DATABASE = "evenings";
const ARRIVE = "/evenings/arrive/";
const DAY_ENDS_AT = 4;
const AGAIN_MS = 30_000;

const settled = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

async function database() {
  const asked = indexedDB.open(DATABASE, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("device");
    asked.result.createObjectStore("waiting", { keyPath: "id" });
  };
  const opened = await settled(asked);
  opened.onversionchange = () => opened.close(); // so that it can be deleted at any time
  return opened;
}

async function inStore(name, mode, work) {
  const opened = await database();
  try {
    const change = opened.transaction(name, mode, { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
    });
    const result = await settled(work(change.objectStore(name)));
    await done;
    return result;
  } finally {
    opened.close();
  }
}

const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

async function closed(told, kept) {
  const id = crypto.randomUUID();
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = bytes(kept.key);
  const other = await crypto.subtle.importKey("raw", theirs, curve, false, []);
  const own = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const half = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, own.privateKey, 256);
  const salt = new Uint8Array([...half, ...theirs]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode("evening") },
    await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]),
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) },
    key,
    new TextEncoder().encode(JSON.stringify(told)),
  );
  const [text, vector, point] = [sealed, iv, half].map(base64);
  return { id, device: kept.device, public: point, iv: vector, sealed: text };
}

function localDay(daysBack) {
  const there = new Date();
  if (there.getHours() < DAY_ENDS_AT) there.setDate(there.getDate() - 1);
  there.setDate(there.getDate() - daysBack);
  const two = (number) => String(number).padStart(2, "0");
  return `${there.getFullYear()}-${two(there.getMonth() + 1)}-${two(there.getDate())}`;
}

function toldIn(form) {
  const said = Object.fromEntries(new FormData(form));
  const { yesterday, ...answers } = said;
  if (!Object.values(answers).some((answer) => answer.trim())) return null;
  return {
    ...answers,
    day: localDay(yesterday ? 1 : 0),
    recorded_at: new Date().toISOString(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    language: document.documentElement.lang,
  };
}

function say(...words) {
  for (const part of document.querySelectorAll("[data-say]")) {
    part.hidden = !words.includes(part.dataset.say);
  }
}

async function count() {
  const number = await inStore("waiting", "readonly", (store) => store.count());
  for (const part of document.querySelectorAll("[data-count]")) {
    if (part.textContent !== `${number}`) part.textContent = number; // said aloud where it changes
  }
  return number;
}

const refused = new Set();

class SignedOut extends Error {}
class Later extends Error {}

// Asks whether a device is of whoever is signed in; the answer holds what sending from it needs.
async function asOwnerOf(id) {
  const answer = await fetch(`${ARRIVE}?device=${id}`, { redirect: "manual", cache: "no-store" });
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Later();
  return answer.json();
}

async function send(box, token) {
  const answer = await fetch(ARRIVE, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(box),
  });
  if (answer.type === "opaqueredirect") throw new SignedOut();
  return answer;
}

// Hands over what waits, one after the other; what is not acknowledged stays. What another person
// put away waits for them, and what is put away from now on is not closed for them any more.
async function handOver(said) {
  const kept = await inStore("device", "readonly", (store) => store.get("key"));
  const boxes = await inStore("waiting", "readonly", (store) => store.getAll());
  const ids = new Set([...boxes.map((box) => box.device), ...(kept ? [kept.device] : [])]);
  for (const id of ids) {
    const asked = await asOwnerOf(id);
    if (!asked && id === kept?.device) await inStore("device", "readwrite", (store) => store.delete("key"));
    if (!asked) continue;
    for (const box of boxes.filter((one) => one.device === id && !refused.has(one.id))) {
      const answer = await send(box, asked.token);
      if (answer.ok) {
        await inStore("waiting", "readwrite", (store) => store.delete(box.id));
        said.add("arrived");
      } else if (answer.status === 409 || answer.status === 422) {
        refused.add(box.id);
      } else throw new Later();
    }
    if (asked.shared && !(await count())) await device.forget(); // no longer theirs alone
  }
}

async function deliver() {
  if (!(await device.uses()).includes("evenings")) return;
  const said = new Set();
  try {
    await handOver(said);
  } catch (error) {
    if (error instanceof SignedOut) said.add("signed-out");
    // The server is not asked again by the clock: that would keep a session open in which nobody
    // does anything. Where it was not reached at all, nothing is kept open by trying.
    else if (!(error instanceof Later)) setTimeout(deliverOnce, AGAIN_MS);
  }
  if (refused.size) said.add("refused");
  if (!(await device.uses()).includes("evenings")) say(...said, "off");
  else if (await count()) say(...said, "waiting");
  else say(...[...said].filter((word) => word !== "signed-out"));
  await showWhetherOn(); // it may have been let go of just now
}

function deliverOnce() {
  if (!navigator.onLine || document.hidden) return;
  if (!navigator.locks) deliver();
  else navigator.locks.request("evenings", { ifAvailable: true }, (lock) => (lock ? deliver() : null));
}

async function isOn() {
  if (!(await device.uses()).includes("evenings")) return false;
  return Boolean(await inStore("device", "readonly", (store) => store.getKey("key")));
}

async function showWhetherOn() {
  const on = await isOn();
  for (const part of document.querySelectorAll("[data-evenings-are-on]")) part.hidden = !on;
  for (const form of document.querySelectorAll("[data-evenings-on]")) form.hidden = on || !device.canKeep;
}

async function keepFrom(form) {
  const told = toldIn(form);
  if (!told) {
    say("empty");
    return;
  }
  const on = (await device.uses()).includes("evenings");
  const kept = on && (await inStore("device", "readonly", (store) => store.get("key")));
  if (!kept) {
    say("off");
    return;
  }
  const box = await closed(told, kept);
  await inStore("waiting", "readwrite", (store) => store.put(box));
  form.reset();
  await count();
  say("waiting", "put-away");
  document.querySelector("[data-say=put-away]")?.focus();
  deliverOnce();
}

async function turnOn(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
  if (!answer.ok) throw new Error("refused");
  const given = await answer.json();
  await device.turnOn("evenings");
  await inStore("device", "readwrite", (store) => store.put(given, "key"));
  navigator.storage?.persist?.(); // some browsers ask; the answer changes nothing here
  window.location.reload();
}

for (const form of document.querySelectorAll("[data-evening]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keepFrom(form).catch(() => say("failed"));
  });
}
await showWhetherOn();
for (const form of document.querySelectorAll("[data-evenings-on]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    turnOn(form).catch(() => say("failed"));
  });
}
for (const part of document.querySelectorAll("[data-cannot]")) part.hidden = device.canKeep;
for (const button of document.querySelectorAll("[data-evenings-off]")) {
  button.addEventListener("click", async () => {
    indexedDB.deleteDatabase(DATABASE);
    await device.turnOff("evenings");
    window.location.reload();
  });
}
for (const button of document.querySelectorAll("[data-let-go]")) {
  button.addEventListener("click", async () => {
    for (const id of refused) await inStore("waiting", "readwrite", (store) => store.delete(id));
    refused.clear();
    await count();
    say();
  });
}

if ((await device.uses()).includes("evenings")) {
  if ((await count()) && document.querySelector("[data-evening]")) say("waiting");
  window.addEventListener("online", deliverOnce);
  document.addEventListener("visibilitychange", deliverOnce);
  deliverOnce();
}
