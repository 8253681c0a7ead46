// The quick exit: blanks the page at once, ends the session, leads to a neutral site.
// Without this module the button is an ordinary form and does the same, a little slower.

const form = document.querySelector("[data-exit]");
const PRESSES = 3;
const WITHIN_MS = 1500;
let presses = [];

function leave() {
  document.documentElement.classList.add("is-left");
  document.title = " ";
  // Word to the server may come late or be lost; the cookie goes along with whatever is asked next.
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${form.dataset.away}=1; Path=/; SameSite=Lax${secure}`;
  navigator.sendBeacon(form.action);
  document.dispatchEvent(new Event("leaving")); // what the device keeps goes too
  window.location.replace(form.dataset.exit);
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    const moment = Date.now();
    presses = [...presses.filter((at) => moment - at < WITHIN_MS), moment];
    if (presses.length >= PRESSES) leave();
  });
}

// A page brought back from the browser's memory is fetched anew: it may no longer be yours to see.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
