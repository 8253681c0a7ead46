// Turns notes on and off for this browser. Whatever cannot be done leaves e-mail as it was.

const part = document.querySelector("#devices[data-key]");

const device = part && (await import(document.querySelector("[data-device]").src));

const key = part?.dataset.key;

function show(...states) {
  for (const each of part.querySelectorAll("[data-state]")) each.hidden = !states.includes(each.dataset.state);
}

function inUrl(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function markOf(subscription) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function told(subscription) {
  return { ...subscription.toJSON(), key: inUrl(subscription.options.applicationServerKey) };
}

async function send(address, body) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), redirect: "error" });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
}

async function subscribe(registration) {
  const before = await registration.pushManager.getSubscription();
  await before?.unsubscribe(); // an address that somebody else may have left here is never used on
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") return look();
  let subscription;
  try {
    subscription = await subscribe(await device.turnOn("push"));
    await send(part.dataset.add, told(subscription));
  } catch {
    await subscription?.unsubscribe();
    await device.turnOff("push");
    return show("failed", "off");
  }
  window.location.reload();
}

async function turnOff() {
  const subscription = await current();
  if (subscription) {
    await send(part.dataset.renew, { old: subscription.endpoint, new: null }).catch(() => {});
    await subscription.unsubscribe();
  }
  await device.turnOff("push");
  window.location.reload();
}

async function current() {
  if (!(await device.uses()).includes("push")) return null;
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager.getSubscription();
}

// A device that was taken off the list elsewhere is not put on it again by itself.
async function look() {
  if (!device.canKeep || !("PushManager" in window) || !("Notification" in window)) return show("never");
  if (Notification.permission === "denied") return show("blocked");
  const subscription = await current();
  const mark = subscription && part.querySelector(`[data-mark="${await markOf(subscription)}"]`);
  if (!mark) {
    await subscription?.unsubscribe();
    if ((await device.uses()).includes("push")) await device.turnOff("push");
    return show("off");
  }
  mark.hidden = false;
  show("on");
  if (inUrl(subscription.options.applicationServerKey) !== key) await renew(subscription);
}

// The site has a new key: the old address gives way to one that agreed to it.
async function renew(before) {
  const old = before.endpoint;
  const subscription = await subscribe(await navigator.serviceWorker.ready);
  await send(part.dataset.renew, { old, new: told(subscription) });
  window.location.reload();
}

if (part) {
  part.querySelector("[data-turn=on]").addEventListener("click", turnOn);
  part.querySelector("[data-turn=off]").addEventListener("click", turnOff);
  await look();
}
