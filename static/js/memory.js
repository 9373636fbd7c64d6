// What a tab, and only this tab, remembers: of a conversation its answers as words ("band.g34 friends.hit finish ruby:all"), of the
// list what was searched for. It forgets after half an hour without a touch, and when the browser reopens a tab that was closed.
"use strict";
const tab = (() => {
  const FORGETS_AFTER_MS = 30 * 60 * 1000;
  const LAST_USE = "used"; // ms since 1970
  const MARK = "1"; // the tab's window.name: no reload and no page of ours loses it, a reopened tab has lost it
  let hasLeft = false;

  // Browsers may forbid storage. Then the pages work on, they only forget on reload.
  const stored = (deed, otherwise) => {
    if (hasLeft) return otherwise;
    try {
      return deed(sessionStorage);
    } catch {
      return otherwise;
    }
  };

  const renew = (storage) => {
    window.name = MARK;
    storage.setItem(LAST_USE, Date.now());
  };

  // Only Chromium tells a reopened tab from one that the system threw away during a telephone call, so only there is it forgotten at
  // once; what was thrown away must be found again. notRestoredReasons is null unless one went back within a living tab.
  const isReopened = () => {
    const [arrival] = performance.getEntriesByType("navigation");
    const wentBack = arrival?.type === "back_forward";
    return wentBack && arrival.notRestoredReasons === null && document.wasDiscarded === false && window.name !== MARK;
  };

  stored((storage) => {
    const age = Math.abs(Date.now() - Number(storage.getItem(LAST_USE)));
    if (age > FORGETS_AFTER_MS || isReopened()) storage.clear();
    else renew(storage);
  });
  for (const use of ["pointerdown", "keydown", "scroll"]) {
    const renewed = () => stored((storage) => storage.getItem(LAST_USE) && renew(storage));
    addEventListener(use, renewed, { capture: true, passive: true });
  }

  return {
    read: (key) => stored((storage) => storage.getItem(key), "") || "",
    // Returns whether it could be kept.
    write: (key, state) =>
      stored((storage) => {
        if (state) storage.setItem(key, state);
        else storage.removeItem(key);
        renew(storage);
        return true;
      }, false),
    // For good: an answer that is still on its way is not remembered either.
    forget() {
      stored((storage) => storage.clear());
      window.name = "";
      hasLeft = true;
    },
  };
})();

const memoryOf = (key) => ({ read: () => tab.read(key), write: (state) => tab.write(key, state) });

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
  if (words.includes("sheet")) fields.want = "sheet";
  const wish = words.find((word) => word.startsWith("ruby:"));
  if (wish) fields.ruby = wish.slice("ruby:".length);
  return fields;
};
