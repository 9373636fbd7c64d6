/* While a text is typed, what a kind reader would say about it stands below it; under a text for children, how each grade is shown it. */
"use strict";

(() => {
  const PAUSE = 600; // milliseconds without a key
  const AWAY = "いまは点検できません。保存はできます。";
  const waiting = new WeakMap();
  const asking = new WeakMap();

  const place = (input) => {
    const id = `${input.id}-words`;
    let found = document.getElementById(id);
    if (!found) {
      found = document.createElement("div");
      found.id = id;
      found.className = "desk-live desk-words";
      found.setAttribute("aria-live", "polite");
      (input.closest(".flex-container") || input).after(found);
      input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${id}`.trim());
    }
    return found;
  };

  const look = async (input) => {
    asking.get(input)?.abort();
    const request = new AbortController();
    asking.set(input, request);
    const form = input.form;
    const body = new FormData();
    body.append("text", input.value);
    body.append("style", input.dataset.words);
    body.append("level", input.dataset.wordsLevel || "");
    for (const name of ["name", "operator", "also_known_as"]) {
      if (form.elements[name]) body.append("names", form.elements[name].value);
    }
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    try {
      const answer = await fetch(input.dataset.wordsUrl, { method: "POST", body, headers, signal: request.signal });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      place(input).innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") place(input).textContent = AWAY;
    }
  };

  const soon = (event) => {
    const input = event.target;
    if (!input.matches?.("[data-words]") || input.readOnly) return;
    clearTimeout(waiting.get(input));
    waiting.set(input, setTimeout(() => look(input), event.type === "focusin" ? 0 : PAUSE));
  };

  document.addEventListener("input", soon);
  document.addEventListener("focusin", (event) => {
    // The first visit shows how the text stands; later ones change nothing.
    if (event.target.matches?.("[data-words]") && !document.getElementById(`${event.target.id}-words`)) soon(event);
  });
})();
