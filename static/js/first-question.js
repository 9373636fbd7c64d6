// The first question on the front page: hand the answer to the chat through this tab's memory, so that the chat's address is opened
// by a plain visit and a reload there sends nothing again. Without this script the form simply posts.
"use strict";
document.querySelector("[data-first-question]").addEventListener("submit", (event) => {
  const form = event.target;
  try {
    const wish = form.elements.ruby?.value;
    const state = `${form.elements.q.value}.${event.submitter.value}` + (wish ? ` ruby:${wish}` : "");
    sessionStorage.setItem(form.getAttribute("action"), state);
  } catch {
    return;
  }
  event.preventDefault();
  location.assign(form.getAttribute("action"));
});
