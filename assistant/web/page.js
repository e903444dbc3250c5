// The chat page: sends what the form holds, and puts the turns that come back into the conversation.
"use strict";

const policyPage = (() => {
  // Until the server says that it has the question, and from then until it has the answer.
  const PATIENCE_MS = 20000;
  const LONG_PATIENCE_MS = 180000;
  const NO_REPLY = "没有收到回应，请检查网络后再试一次。";
  const LOST = "与服务器的连接断开了，正在重新连接，请稍后再试一次。";
  const BUSY = "上一个问题还在回答，请稍候再发。";
  const EMPTY = "请先写下想问的事，例如奖补金额、申报条件、办理期限，或者直接写文号和条款。";

  let form = null;
  let trigger = null;
  let waiting = 0;
  let fresh = false;
  let sent = "";

  // Gradio takes its own words from the browser's language; this page has one language.
  for (const [name, value] of [["language", "zh-CN"], ["languages", ["zh-CN", "zh"]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }

  const serverToday = () => document.documentElement.dataset.today;

  function compose(element, trigger_) {
    form = element.querySelector("form");
    trigger = trigger_;
    document.querySelector("p.opening")?.remove();
    const { question, day } = form.elements;
    day.value = serverToday();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(question.value);
    });
    question.addEventListener("keydown", (event) => {
      // Enter also ends the composition of a character: that one sends nothing.
      const composing = event.isComposing || event.keyCode === 229;
      if (event.key === "Enter" && !event.shiftKey && !composing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    question.addEventListener("input", () => {
      hint("");
      fit(question);
    });
    watchConnection();
    form.elements.clear.addEventListener("click", () => {
      document.getElementById("log").replaceChildren();
      document.body.classList.remove("talking");
      fresh = true;
      hint("");
      question.focus();
      window.scrollTo({ top: 0 });
    });
  }

  // Gradio reports a lost connection in its own words and place; the page says it in the form.
  function watchConnection() {
    const reports = document.querySelector(".toast-wrap");
    if (!reports) return;
    new MutationObserver(() => {
      const lost = reports.childElementCount > 0;
      if (lost) settle();
      if (lost || hintText() === LOST) hint(lost ? LOST : "");
    }).observe(reports, { childList: true });
  }

  function ask(question) {
    if (waiting) {
      hint(BUSY);
      return;
    }
    if (!question.trim()) {
      hint(EMPTY);
      form.elements.question.focus();
      return;
    }
    hint("");
    const { city, day } = form.elements;
    sent = question;
    wait(PATIENCE_MS);
    // The day of the page as it was opened means today, whatever the day has become.
    trigger("submit", { question, city: city.value, day: day.value === serverToday() ? "" : day.value, fresh });
  }

  function wait(patience) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      settle();
      hint(NO_REPLY);
    }, patience);
    form.elements.send.disabled = form.elements.clear.disabled = true;
  }

  function show(html) {
    const template = document.createElement("template");
    template.innerHTML = html || "";
    const turn = template.content.firstElementChild;
    if (!turn) return;
    const log = document.getElementById("log");
    const former = document.getElementById(turn.id);
    former ? former.replaceWith(turn) : log.append(turn);
    document.body.classList.add("talking");
    fresh = false;
    const { question } = form.elements;
    if (question.value === sent) {
      question.value = "";
      fit(question);
    }
    if (turn.getAttribute("aria-busy") === "true") {
      wait(LONG_PATIENCE_MS);
    } else {
      const spoken = [...turn.querySelectorAll("[data-spoken]")].map((part) => part.innerText);
      document.getElementById("spoken").textContent = spoken.join(" ");
    }
    turn.scrollIntoView({ block: "start" });
  }

  // Gradio closes the stream of one question after its end; one that is sent in that moment would never be answered.
  function ready() {
    setTimeout(() => {
      settle();
      hint("");
    }, 100);
  }

  function settle() {
    clearTimeout(waiting);
    waiting = 0;
    form.elements.send.disabled = form.elements.clear.disabled = false;
  }

  function hint(sentence) {
    form.querySelector(".hint").textContent = sentence;
  }

  function hintText() {
    return form.querySelector(".hint").textContent;
  }

  function fit(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  document.addEventListener("click", (event) => {
    const example = event.target.closest("[data-question]");
    if (example) ask(example.textContent);
    const mark = event.target.closest("a.mark");
    if (mark) {
      event.preventDefault();
      const card = document.getElementById(mark.hash.slice(1));
      card.open = true;
      card.querySelector("summary").focus({ preventScroll: true });
      card.scrollIntoView({ block: "start" });
    }
  });

  return { compose, ready, show };
})();
