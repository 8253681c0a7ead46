// Tapping the chosen tap again clears it. Without this module "no answer" does the same.

for (const row of document.querySelectorAll(".taps")) {
  const none = row.querySelector(".tap--none input");
  let chosen = row.querySelector(".tap input:checked");
  row.addEventListener("click", (event) => {
    const input = event.target.closest("input[type=radio]");
    if (!input || event.detail === 0) return;
    if (input === chosen && none && input !== none) {
      none.checked = true;
      chosen = none;
      none.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    chosen = input;
  });
  row.addEventListener("change", () => {
    chosen = row.querySelector(".tap input:checked");
  });
}
