/* Rows of an entry are moved with buttons; without scripts the number beside each says its place. */
"use strict";

(() => {
  const rowsOf = (group) =>
    [...group.querySelectorAll(".inline-related:not(.empty-form)")].filter((row) => row.querySelector("[data-place]"));

  const number = (group) =>
    rowsOf(group).forEach((row, index) => {
      row.querySelector("[data-place]").value = index + 1;
    });

  const move = (button, step) => {
    const row = button.closest(".inline-related");
    const group = row.closest(".inline-group");
    const rows = rowsOf(group);
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    number(group);
    button.focus();
    row.scrollIntoView({ block: "nearest" });
  };

  const equip = (row) => {
    const place = row.querySelector("[data-place]");
    if (!place || row.classList.contains("empty-form") || row.querySelector(".desk-move")) return;
    const buttons = document.createElement("span");
    buttons.className = "desk-move";
    for (const [label, step] of [["上へ", -1], ["下へ", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.setAttribute("aria-label", `この行を${label}`);
      button.addEventListener("click", () => move(button, step));
      buttons.append(button);
    }
    place.after(buttons);
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".inline-related").forEach(equip));
  document.addEventListener("formset:added", (event) => equip(event.target));
})();
