// The chat's memory and its Back button. The server keeps nothing: the answers stand in the form, and this tab, and only this
// tab, keeps a copy (sessionStorage) for a reload or a trip to the telephone app. One extra history entry lets Back go one
// question back; its address and state say nothing.
"use strict";
(() => {
  const chat = () => document.getElementById("chat");
  const form = () => chat().querySelector("form");
  const key = form().getAttribute("action"); // the two chats remember apart
  const memory = {
    read() {
      try {
        return sessionStorage.getItem(key) || "";
      } catch {
        return "";
      }
    },
    write(state) {
      try {
        if (state) sessionStorage.setItem(key, state);
        else sessionStorage.removeItem(key);
      } catch {
        // Without storage the chat works on, it only forgets on reload.
      }
    },
  };

  // One request at a time: what is wanted meanwhile waits, and only the last of it is sent.
  let isWaiting = false;
  let wanted = null;
  const post = (values) => {
    if (isWaiting) {
      wanted = values;
      return;
    }
    isWaiting = true;
    htmx.ajax("POST", key, { target: "#chat", swap: "outerHTML", values });
  };
  const answerCame = () => {
    isWaiting = false;
    const next = wanted;
    wanted = null;
    if (next) post(next);
  };

  // "worry.money also.heart finish ruby:all" as the fields of a form.
  const fieldsOf = (state) => {
    const words = state.split(" ").filter(Boolean);
    const fields = { a: words.filter((word) => word.includes(".")) };
    if (words.includes("finish")) fields.finish = "1";
    const wish = words.find((word) => word.startsWith("ruby:"));
    if (wish) fields.ruby = wish.slice("ruby:".length);
    return fields;
  };

  const holdBack = () => history.pushState({ inChat: true }, "", key);

  const remember = () => {
    const state = chat().dataset.state;
    memory.write(state);
    // A conversation that goes on from somebody's link is no longer at the link's address.
    if (location.pathname !== key) history.replaceState(history.state, "", key);
    if (state && !history.state?.inChat) holdBack();
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

  const sayThatItFailed = () => {
    isWaiting = false;
    wanted = null;
    standing = chat().dataset.state;
    const words = document.createElement("p");
    words.className = "notice";
    words.setAttribute("role", "alert");
    words.textContent = chat().dataset.failed;
    form().prepend(words);
    words.scrollIntoView({ block: "center" });
  };
  document.addEventListener("htmx:sendError", sayThatItFailed);
  document.addEventListener("htmx:responseError", sayThatItFailed);
  document.addEventListener("htmx:timeout", sayThatItFailed);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-restart]")) {
      memory.write("");
      if (!chat().dataset.state) return;
      event.preventDefault();
      post({});
    }
  });

  // The sheet is a page of its own: it opens by the form's plain post, in this tab, and Back returns here.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.triggeringEvent?.submitter?.matches?.("[data-sheet]")) {
      event.preventDefault();
      const sheet = document.createElement("input");
      Object.assign(sheet, { type: "hidden", name: "want", value: "sheet" });
      form().append(sheet);
      form().submit();
    }
  });

  const withoutLastAnswer = (state) => {
    const words = state.split(" ").filter((word) => word && word !== "finish");
    const last = words.findLast((word) => word.includes("."))?.split(".")[0];
    return words.filter((word) => !word.startsWith(`${last}.`)).join(" ");
  };

  addEventListener("popstate", (event) => {
    if (event.state?.inChat || !standing.includes(".")) return;
    standing = withoutLastAnswer(standing);
    // At once, not when the answer has come: a second Back must find a question to go back to, too.
    if (standing.includes(".")) holdBack();
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
