// The chat's memory and its Back button. The server keeps nothing: the answers stand in the form, and this tab, and only this
// tab, keeps a copy (memory.js) for a reload or a trip to the telephone app. One extra history entry lets Back go one question, or
// from the sheet to the results, back; its address and state say nothing.
"use strict";
(() => {
  const chat = () => document.getElementById("chat");
  const form = () => chat().querySelector("form");
  const key = form().getAttribute("action"); // the two chats remember apart
  const memory = memoryOf(key);

  // One request at a time: what is wanted meanwhile waits, and only the last of it is sent.
  let isWaiting = false;
  let wanted = null;
  const post = (values) => {
    if (isWaiting) {
      wanted = values;
      return;
    }
    isWaiting = true;
    htmx.ajax("POST", key, { target: form().getAttribute("hx-target"), swap: "outerHTML", values });
  };
  const answerCame = () => {
    isWaiting = false;
    const next = wanted;
    wanted = null;
    if (next) post(next);
  };

  const holdBack = () => history.pushState({ inChat: true }, "", key);

  const remember = () => {
    const state = chat().dataset.state;
    memory.write(state);
    // A conversation that goes on from somebody's link is no longer at the link's address.
    if (location.pathname !== key) history.replaceState(history.state, "", key);
    if (hasAnswers(state) && !history.state?.inChat) holdBack();
  };

  const showTheNewStep = () => {
    const heading = chat().querySelector("[data-focus]");
    const link = chat().querySelector("[data-focus-link]");
    (link || heading).focus({ preventScroll: true });
    (link || heading).scrollIntoView({ block: link ? "center" : "start" });
    link?.select();
  };

  // Where the conversation stands, Back already taken into account while its answer is on the way.
  let standing = "";

  document.addEventListener("htmx:afterSettle", () => {
    if (wanted === null) standing = chat().dataset.state;
    answerCame();
    remember();
    showTheNewStep();
  });

  const stayHere = () => {
    isWaiting = false;
    wanted = null;
    standing = chat().dataset.state;
  };
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(failure, stayHere);

  // The second tap of a trembling hand is not meant for what has come to stand there since.
  const dropSecondTap = (event) => {
    if (event.detail < 2 || !chat().contains(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("click", dropSecondTap, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-restart]")) {
      const wish = withoutAnswers(chat().dataset.state);
      memory.write(wish);
      if (!hasAnswers(chat().dataset.state)) return;
      event.preventDefault();
      post(fieldsOf(wish));
    }
  });

  // From the sheet to the results, from there one question back.
  const withoutLastStep = (state) => {
    const steps = state.split(" ").filter(Boolean);
    if (steps.includes("sheet")) return steps.filter((word) => word !== "sheet").join(" ");
    const words = steps.filter((word) => word !== "finish");
    const last = words.filter(hasAnswers).pop()?.split(".")[0];
    return words.filter((word) => !word.startsWith(`${last}.`)).join(" ");
  };

  addEventListener("popstate", (event) => {
    if (event.state?.inChat || !hasAnswers(standing)) return;
    standing = withoutLastStep(standing);
    // At once, not when the answer has come: a second Back must find a question to go back to, too.
    if (hasAnswers(standing)) holdBack();
    post(fieldsOf(standing));
  });

  const start = () => {
    if ("shared" in chat().dataset) return;
    const kept = memory.read();
    standing = chat().dataset.state || kept;
    if (chat().dataset.state) remember();
    else if (kept) post(fieldsOf(kept));
  };
  start();
})();
