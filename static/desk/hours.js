/* The week below a contact's hours follows what is typed. */
"use strict";

(() => {
  const PAUSE = 500; // milliseconds without a key
  const AWAY = "いまは今週の表を出せません。保存はできます。";
  const waiting = new WeakMap();
  const asking = new WeakMap();

  const look = async (row) => {
    const week = row.querySelector("[data-hours-week]");
    asking.get(row)?.abort();
    const request = new AbortController();
    asking.set(row, request);
    const body = new FormData();
    for (const input of row.querySelectorAll("[data-hours]")) {
      if (input.type !== "checkbox") body.append(input.dataset.hours, input.value);
      else if (input.checked) body.append(input.dataset.hours, "on");
    }
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(week.dataset.url, {
        method: "POST", body, headers: { "X-CSRFToken": token }, signal: request.signal,
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      week.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") week.textContent = AWAY;
    }
  };

  document.addEventListener("input", (event) => {
    const row = event.target.matches?.("[data-hours]") && event.target.closest(".inline-related");
    if (!row) return;
    clearTimeout(waiting.get(row));
    waiting.set(row, setTimeout(() => look(row), PAUSE));
  });

  // What was typed and could not be saved stands in the form again: the week should speak of it, not of what is stored.
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".inline-related:has(.errors [data-hours])").forEach(look);
  });
})();
