// A tap on the plane chooses the nearest tap in both rows. Without this module the rows do it alone.

const TAPS = 10;

for (const form of document.querySelectorAll(".place-form")) {
  const board = form.querySelector("[data-board]");
  const svg = board?.querySelector("svg");
  const points = svg?.querySelector(".board-points");
  if (!points) continue;
  board.dataset.boardReady = "";

  const choose = (name, value) => {
    const tap = Math.round(Math.min(Math.max(value / 10, 0), TAPS));
    const input = form.querySelector(`[name="${name}"][value="${tap}"]`);
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  svg.addEventListener("click", (event) => {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      points.getScreenCTM().inverse(),
    );
    if (spot.x < -8 || spot.x > 108 || spot.y < -8 || spot.y > 108) return;
    choose("connection", spot.x);
    choose("self_", spot.y);
  });
}
