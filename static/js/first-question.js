// The first question on the front page: hand the answer to the chat through this tab's memory, so that the chat's address is opened
// by a plain visit and a reload there sends nothing again. Without this script the form simply posts.
"use strict";
document.querySelector("[data-first-question]").addEventListener("submit", (event) => {
  const form = event.target;
  try {
    sessionStorage.setItem("chat", `${form.elements.q.value}.${event.submitter.value}`);
  } catch {
    return;
  }
  event.preventDefault();
  location.assign(form.getAttribute("action"));
});
