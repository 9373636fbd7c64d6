// The first question on the front page: hand the answer to the chat through this tab's memory, so that the chat's address is opened
// by a plain visit and a reload there sends nothing again. Without this script the form simply posts.
"use strict";
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-first-question]") || !event.submitter) return;
  const address = form.getAttribute("action");
  const wish = form.elements.ruby?.value;
  const state = `${form.elements.q.value}.${event.submitter.dataset.answer}` + (wish ? ` ruby:${wish}` : "");
  if (!memoryOf(address).write(state)) return;
  event.preventDefault();
  location.assign(address);
});
