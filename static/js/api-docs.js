// "Try it": sends a request of the documentation to this very site and shows the answer in place. Without JavaScript the page has
// the same request for curl.
"use strict";

for (const form of document.querySelectorAll("form[data-try]")) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { address, body } = form.elements;
    const answer = form.querySelector("[data-answer-here]");
    answer.hidden = false;
    answer.textContent = "送っています…";
    try {
      const url = new URL(address.value, location.href);
      if (url.origin !== location.origin) throw new Error("このサイトのアドレスだけが使えます。");
      const sent = body ? { method: "POST", body: body.value, headers: { "Content-Type": "application/json" } } : {};
      const response = await fetch(url, sent);
      const text = await response.text();
      answer.textContent = `${response.status}\n${readable(text)}`;
    } catch (error) {
      answer.textContent = `送れませんでした。${error.message}`;
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
