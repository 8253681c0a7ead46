// <form data-autosave> is sent in the background shortly after each change, with autosave=1 added.
// What happened is said in its [data-autosave-status], with the words of that element's
// data-saved and data-failed. Without this module the form's own button saves.

const WAIT_MS = 500;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  let waiting = 0;
  let sending = Promise.resolve();

  const say = (text) => {
    if (status) status.textContent = text;
  };

  const send = async () => {
    const body = new FormData(form);
    body.set("autosave", "1");
    try {
      const answer = await fetch(form.action || window.location.href, {
        method: "POST",
        body,
        redirect: "manual",
        headers: { "X-Requested-With": "fetch" },
      });
      say(answer.ok ? status?.dataset.saved ?? "" : status?.dataset.failed ?? "");
    } catch {
      say(status?.dataset.failed ?? "");
    }
  };

  form.addEventListener("change", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      sending = sending.then(send);
    }, WAIT_MS);
  });
  form.addEventListener("submit", () => window.clearTimeout(waiting));
}
