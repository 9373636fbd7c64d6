// The children's pages around their conversation. Their buttons post, so that the grade and the wish for readings come along without a
// cookie or an address that tells. With scripts the tab remembers both: the buttons become plain visits, which Back can go back to,
// and a page that was opened without them asks for itself again, in the words of the grade.
"use strict";
(() => {
  const memory = memoryOf(document.querySelector(".site-nav").getAttribute("data-remembers"));
  const article = () => document.querySelector("[data-wish]");

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".site-nav [formaction]");
    // Behind somebody's link the tab may remember other answers than the page shows.
    if (!button || document.querySelector("#chat[data-shared]")) return;
    event.preventDefault();
    location.assign(button.getAttribute("formaction"));
  });

  if (!article()) return;

  document.addEventListener("htmx:afterSettle", (event) => {
    const others = memory
      .read()
      .split(" ")
      .filter((word) => word && !word.startsWith("ruby:"));
    memory.write([...others, article().dataset.wish && `ruby:${article().dataset.wish}`].filter(Boolean).join(" "));
    if (event.detail.requestConfig?.triggeringEvent) document.querySelector("[name=ruby][aria-pressed=true]").focus();
  });

  const kept = memory.read();
  if (kept) htmx.ajax("POST", location.pathname, { target: "body", swap: "outerHTML", values: fieldsOf(kept) });
})();
