// すぐに閉じる: hide the page at once, forget what this tab remembers, and put an unremarkable page in this one's place, with nothing
// of this one behind Back or Forward.
"use strict";
(() => {
  const PRESSES = 3;
  const WITHIN_MS = 5000;
  const exit = document.querySelector("a[data-exit]");

  const leave = () => {
    document.documentElement.hidden = true;
    document.title = "";
    window.stop(); // nothing more is wanted of what is on its way
    tab.forget();
    // Back leads to the front page instead of here; a new entry cuts off whatever Forward led to.
    const front = document.querySelector(".site-name").href;
    history.replaceState(null, "", front);
    history.pushState(null, "", front);
    // The server has the browser clear its cache. Nobody waits for that: on a bad line the other page comes, or fails, under its own
    // address.
    fetch(exit.href, { keepalive: true, redirect: "manual" }).catch(() => {});
    location.replace(exit.dataset.exit);
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
  addEventListener("pagehide", () => {
    document.documentElement.hidden = true;
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // Should a page have come by a post all the same (behind somebody's link, or where storage is forbidden), the history keeps its
  // address and not what was posted.
  history.replaceState(history.state, "", location.href);
})();
