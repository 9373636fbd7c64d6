// Says in the form that something could not be sent, in the form's own words, until the next try.
"use strict";
(() => {
  const say = () => {
    const form = document.querySelector("form[data-failed]");
    if (!form) return;
    const words = document.createElement("p");
    words.className = "notice";
    words.setAttribute("role", "alert");
    words.dataset.trouble = "";
    words.textContent = form.dataset.failed;
    form.prepend(words);
    words.scrollIntoView({ block: "center" });
  };
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(failure, say);
  document.addEventListener("htmx:beforeRequest", () => document.querySelector("[data-trouble]")?.remove());
})();
