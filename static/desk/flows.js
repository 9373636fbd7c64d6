// Comfort on the pages of the flows: numbers that take a while to count are fetched after the page is there, and the map can be
// made larger and smaller. Without this script the numbers stand on a page of their own, and the browser zooms.
"use strict";
(() => {
  const STEP = 1.25;
  const AGAIN_MS = 5000;

  const zoom = (svg, how) => {
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const now = svg.width.baseVal.value / width;
    const room = (svg.parentElement.clientWidth - 4) / width;
    const next = { in: now * STEP, out: now / STEP, fit: Math.min(room, 1) }[how];
    const scale = Math.min(Math.max(next, 0.15), 3);
    svg.setAttribute("width", Math.round(width * scale));
    svg.setAttribute("height", Math.round(height * scale));
  };

  const showStart = (map) => {
    const scroll = map.querySelector(".flow-scroll");
    const start = map.querySelector(".flow-box.start .flow-frame");
    if (start) scroll.scrollTo(0, start.y.baseVal.value - scroll.clientHeight / 3);
  };

  const offerZoom = () => {
    for (const row of document.querySelectorAll(".flow-zoom")) row.hidden = false;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoom(button.closest(".flow-map").querySelector(".flow-svg"), button.dataset.zoom);
  });

  // Whatever stands on the fetched page under the same id takes the place of what is here.
  const refresh = async (place, tries = 12) => {
    const answer = await fetch(place.dataset.freshFrom, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector("[data-still-counting]")) {
      if (tries > 1) setTimeout(refresh, AGAIN_MS, place, tries - 1);
      return;
    }
    for (const old of document.querySelectorAll("#flow-map, [id^='reach-']")) {
      const fresh = page.getElementById(old.id);
      if (!fresh) continue;
      const scroll = old.querySelector(".flow-scroll");
      const svg = old.querySelector(".flow-svg");
      const kept = scroll && [scroll.scrollLeft, scroll.scrollTop, svg.getAttribute("width"), svg.getAttribute("height")];
      old.replaceWith(fresh);
      if (!kept) continue;
      fresh.querySelector(".flow-svg").setAttribute("width", kept[2]);
      fresh.querySelector(".flow-svg").setAttribute("height", kept[3]);
      fresh.querySelector(".flow-scroll").scrollTo(kept[0], kept[1]);
    }
    offerZoom();
  };

  document.addEventListener("DOMContentLoaded", () => {
    offerZoom();
    document.querySelectorAll(".flow-map").forEach(showStart);
    for (const place of document.querySelectorAll("[data-fresh-from]")) refresh(place);
  });
})();
