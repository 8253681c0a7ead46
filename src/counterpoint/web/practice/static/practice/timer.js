// A quiet line that fills while a step lasts, with a pause. It never moves on by itself.
// Without this module the step says about how long it is, and that is enough.

const TICK_MS = 250;

for (const timer of document.querySelectorAll("[data-timer]")) {
  const words = timer.querySelector("[data-timer-words]");
  const whole = Number(timer.dataset.seconds) * 1000;
  const bar = document.createElement("progress");
  bar.max = whole;
  bar.value = 0;
  bar.setAttribute("aria-label", timer.dataset.label);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small";
  button.textContent = timer.dataset.pause;
  words.setAttribute("role", "status");
  timer.append(bar, button);

  let gone = 0;
  let last = performance.now();
  let running = true;

  const tick = () => {
    const moment = performance.now();
    if (running) gone += moment - last;
    last = moment;
    bar.value = Math.min(gone, whole);
    if (gone >= whole) {
      window.clearInterval(ticking);
      words.textContent = timer.dataset.over;
      button.remove();
    }
  };
  const ticking = window.setInterval(tick, TICK_MS);

  button.addEventListener("click", () => {
    tick();
    running = !running;
    button.textContent = running ? timer.dataset.pause : timer.dataset.on;
  });
}
