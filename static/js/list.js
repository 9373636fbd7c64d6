// The list is searched in place, and this tab remembers the search for whoever comes back from an entry.
"use strict";
(() => {
  const form = document.querySelector("form[role=search]");
  const address = form.getAttribute("action");
  const memory = memoryOf(address);

  const wanted = () => [...new FormData(form)].filter(([, value]) => value);
  const fill = (search) => {
    for (const field of form.querySelectorAll("[name]")) {
      if (field.type === "checkbox") field.checked = search.has(field.name);
      else field.value = search.get(field.name) || "";
    }
  };
  const post = () =>
    htmx.ajax("POST", address, { target: "#found", swap: "outerHTML", values: Object.fromEntries(wanted()) });

  let isComingBack = false;

  form.addEventListener("submit", () => memory.write(new URLSearchParams(wanted()).toString()));

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-all]")) return;
    event.preventDefault();
    fill(new URLSearchParams());
    memory.write("");
    post();
  });

  // Whoever searched is led to what was found; whoever comes back is left where the browser puts them.
  document.addEventListener("htmx:afterSettle", () => {
    if (isComingBack) {
      isComingBack = false;
      return;
    }
    const count = document.querySelector("#found [data-focus]");
    count.focus({ preventScroll: true });
    count.scrollIntoView({ block: "center" });
  });

  const kept = memory.read();
  if (kept) {
    isComingBack = true;
    fill(new URLSearchParams(kept));
    post();
  }
})();
