// "Try it": sends a request of the documentation to this very site and shows the answer in place. Without JavaScript the page has
// the same request for curl.
"use strict";

for (const form of document.querySelectorAll("form[data-try]")) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { address, body } = form.elements;
    const status = form.querySelector("[role=status]");
    const answer = form.querySelector("[data-answer-here]");
    status.textContent = "送っています…";
    answer.hidden = true;
    try {
      const url = new URL(address.value, location.href);
      if (url.origin !== location.origin) throw new Error("このサイトのアドレスだけが使えます。");
      const sent = body ? { method: "POST", body: body.value, headers: { "Content-Type": "application/json" } } : {};
      const response = await fetch(url, sent);
      answer.textContent = readable(await response.text());
      answer.hidden = false;
      status.textContent = `答え: ${response.status}`;
    } catch (error) {
      status.textContent = `送れませんでした。${error.message}`;
    }
  });
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
