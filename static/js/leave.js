// すぐに閉じる: hide the page at once, forget what this tab remembers, and put an unremarkable page in this one's place.
"use strict";
(() => {
  const PRESSES = 3;
  const WITHIN_MS = 5000;
  const exit = document.querySelector("[data-exit]").href;

  const leave = () => {
    document.documentElement.hidden = true;
    document.title = "";
    try {
      sessionStorage.clear();
    } catch {
      // No storage, nothing to forget.
    }
    location.replace(exit);
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-exit]")) {
      event.preventDefault();
      leave();
    }
  });

  // Shift three times, alone: no letter key is taken away from anyone.
  let presses = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((then) => now - then < WITHIN_MS), now];
    if (presses.length >= PRESSES) leave();
  });

  // A page that the browser kept whole would show the answers to whoever presses Back next.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
