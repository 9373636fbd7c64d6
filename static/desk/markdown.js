// Redraws the look of a Markdown text shortly after it was typed. Without this the look is that of the last save.
"use strict";

const WAIT = 400; // milliseconds without a key

document.querySelectorAll("textarea[data-markdown]").forEach((area) => {
  const preview = area.closest(".desk-markdown").querySelector(".desk-preview");
  let timer = 0;
  let latest = 0;

  const draw = async () => {
    const mine = ++latest;
    const body = new FormData();
    body.append("text", area.value);
    body.append("csrfmiddlewaretoken", area.form.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(area.dataset.markdown, { method: "POST", body });
      const html = await answer.text();
      if (answer.ok && mine === latest) preview.innerHTML = html;
    } catch {
      // Away from the network the last look stays.
    }
  };

  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT);
  });
});
