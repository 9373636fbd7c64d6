// What a tab, and only this tab, remembers of a conversation, as words: "band.g34 friends.hit finish ruby:all".
"use strict";
const memoryOf = (conversation) => ({
  read() {
    try {
      return sessionStorage.getItem(conversation) || "";
    } catch {
      return "";
    }
  },
  // Says whether it could be kept. Without storage the pages work on, they only forget on reload.
  write(state) {
    try {
      if (state) sessionStorage.setItem(conversation, state);
      else sessionStorage.removeItem(conversation);
      return true;
    } catch {
      return false;
    }
  },
});

const hasAnswers = (state) => state.includes(".");

// What stays after やりなおす: how the child wants to read.
const withoutAnswers = (state) =>
  state
    .split(" ")
    .filter((word) => word.startsWith("ruby:"))
    .join(" ");

// The words as the fields of a form.
const fieldsOf = (state) => {
  const words = state.split(" ").filter(Boolean);
  const fields = { a: words.filter(hasAnswers) };
  if (words.includes("finish")) fields.finish = "1";
  const wish = words.find((word) => word.startsWith("ruby:"));
  if (wish) fields.ruby = wish.slice("ruby:".length);
  return fields;
};
