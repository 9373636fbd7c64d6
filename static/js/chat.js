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

  const post = (values) => htmx.ajax("POST", form().getAttribute("action"), { target: "#chat", swap: "outerHTML", values });

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

  document.addEventListener("htmx:afterSettle", () => {
    remember();
    showTheNewStep();
  });

  const sayThatItFailed = () => {
    chat().querySelector("[data-announce]").textContent = "";
    const words = document.createElement("p");
    words.className = "notice";
    words.setAttribute("role", "alert");
    words.textContent = "うまく送れませんでした。電波のよいところで、もう一度押してください。お急ぎのときは、上の番号に電話できます。";
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

  const firstQuestion = () => chat().dataset.state.split(".")[0];

  addEventListener("popstate", (event) => {
    if (event.state?.inChat || !chat().dataset.state) return;
    const last = form().querySelector("[data-back]");
    if (!last) return;
    // At once, not when the answer has come: a second Back must find a question to go back to, too.
    if (last.value !== firstQuestion()) holdBack();
    post({ ...fieldsOf(chat().dataset.state.replace(" finish", "")), back: last.value });
  });

  const start = () => {
    if ("shared" in chat().dataset) return;
    const kept = memory.read();
    if (chat().dataset.state) remember();
    else if (kept) post(fieldsOf(kept));
  };
  start();
})();
