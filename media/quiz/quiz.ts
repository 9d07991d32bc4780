import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-collapsible/index.js";
import "@vscode-elements/elements/dist/vscode-progress-ring/index.js";
import "@vscode-elements/elements/dist/vscode-radio/index.js";
import "@vscode-elements/elements/dist/vscode-radio-group/index.js";
import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import type { FromPanel, QuizProgress, QuizState, ToPanel } from "../../server/src/protocol/quizMessages";
import { button, element } from "./dom";
import { afterAnswer } from "./steps";
import { type Actions, explainStep, type Page, predictStep, resultStep, startStep, updateLooks } from "./views";

interface PanelApi {
  postMessage(message: FromPanel): void;
  setState(state: QuizState): void;
}

declare function acquireVsCodeApi(): PanelApi;

const panel = acquireVsCodeApi();
const root = document.getElementById("quiz") as HTMLElement;
const announcements = document.getElementById("announcements") as HTMLElement;
let state: QuizState | undefined;
/** Where the keyboard begins on the page that is shown. */
let begin: HTMLElement | undefined;

const actions: Actions = {
  start: () => go((now) => ({ ...now.progress, step: now.sheet.questions.length > 0 ? "predict" : "explain" })),
  answer: (chosen) => go((now) => afterAnswer(now, chosen)),
  draft: (id, text) => {
    if (state) keep({ ...state.progress, drafts: { ...state.progress.drafts, [id]: text } });
  },
  finish: () => send({ kind: "finish" }),
  look: () => send({ kind: "look" }),
  cover: () => send({ kind: "cover" }),
  sign: () => send({ kind: "sign" }),
  retry: () => send({ kind: "retry" }),
  open: () => send({ kind: "open" }),
  leave: () => send({ kind: "leave" }),
};

window.addEventListener("message", ({ data }: MessageEvent<ToPanel>) => {
  if (data.kind === "show") {
    state = data.state;
    panel.setState(state);
    show(state);
  } else if (data.kind === "update" && state) {
    state = { ...state, ...data.state };
    panel.setState(state);
    updateLooks(root, state, actions);
  } else if (data.kind === "waiting") {
    root.replaceChildren(element("p", { class: "waiting" }, element("vscode-progress-ring"), data.text));
    announce(data.text);
  } else if (data.kind === "failed") {
    const text = element("p", { role: "alert" }, data.text);
    const retry = button("Try again", actions.retry);
    root.replaceChildren(
      text,
      element("div", { class: "actions" }, retry, button("Close", actions.leave, { secondary: "" })),
    );
    retry.focus();
  }
});

// A panel that came back while the keyboard was elsewhere.
window.addEventListener("focus", () => {
  if (document.activeElement === document.body) begin?.focus();
});

send({ kind: "ready" });

function send(message: FromPanel): void {
  panel.postMessage(message);
}

function keep(progress: QuizProgress): void {
  if (!state) return;
  state = { ...state, progress };
  panel.setState(state);
  send({ kind: "progress", progress });
}

function go(next: (now: QuizState) => QuizProgress): void {
  if (!state) return;
  keep(next(state));
  show(state);
}

const pages: Record<QuizProgress["step"], (state: QuizState, actions: Actions) => Page> = {
  start: startStep,
  predict: predictStep,
  explain: explainStep,
  result: resultStep,
};

function show(now: QuizState): void {
  const page = pages[now.result ? "result" : now.progress.step](now, actions);
  root.replaceChildren(...page.content);
  updateLooks(root, now, actions);
  window.scrollTo(0, 0);
  announce(page.announcement);
  // Elements of a library draw themselves a moment later, and take the focus only then.
  begin = page.focus;
  requestAnimationFrame(() => page.focus.focus({ preventScroll: true }));
}

/** For screen readers; read out whenever it changes. */
function announce(text: string): void {
  announcements.textContent = text;
}
