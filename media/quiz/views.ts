import type { AskedQuestion, QuizResult, QuizSheet, QuizState } from "../../server/src/protocol/quizMessages";
import { button, element } from "./dom";
import { codeBlock, rendered, renderedInline } from "./markdown";
import { isExplained, looksText } from "./steps";

/** What somebody can do. */
export interface Actions {
  start(): void;
  /** With the index of an option; `null` for "I do not know". */
  answer(chosen: number | null): void;
  draft(id: string, text: string): void;
  finish(): void;
  look(): void;
  cover(): void;
  sign(): void;
  retry(): void;
  open(): void;
  leave(): void;
}

/** What one step shows, where the keyboard goes, and what a screen reader says first. */
export interface Page {
  content: Node[];
  focus: HTMLElement;
  announcement: string;
}

/** Five explanations together have to fit into the ledger. */
const maxDraftLength = 3500;

export function startStep(state: QuizState, actions: Actions): Page {
  const { sheet } = state;
  const count = sheet.questions.length;
  const isPossible = count > 0;
  const start = isPossible
    ? button(count === 1 ? "Start with the question" : `Start with ${count} questions`, actions.start)
    : button("Close", actions.leave);
  const steps = element(
    "ol",
    { class: "steps" },
    element("li", {}, element("strong", {}, "Predict. "), predictText(sheet)),
    element("li", {}, element("strong", {}, "Explain. "), "Five points in your own words, for the next person."),
    element("li", {}, element("strong", {}, "See. "), "The result, the code, and what you missed."),
  );
  const rules = element(
    "p",
    {},
    "Until then the code is covered. You may look at it: that is counted, and recorded with the result.",
  );
  const content = [
    ...heading(sheet, "Do you know what it does?"),
    codeBlock(sheet.signature),
    ...flagged(sheet),
    ...(sheet.notice === undefined ? [] : [element("p", { class: "note" }, rendered(sheet.notice))]),
    ...(isPossible && sheet.cannotSign !== undefined
      ? [element("p", { class: "note" }, "As things are, nothing can be signed off. ", sheet.cannotSign)]
      : []),
    ...(isPossible
      ? [steps, rules]
      : [
          element(
            "p",
            {},
            "Without questions there is nothing to sign off with. The team can do without an explanation: ",
            element("code", {}, "Fathom: Do without an explanation of this function"),
            ".",
          ),
        ]),
    element("div", { class: "actions" }, start),
  ];
  return { content, focus: start, announcement: `Quiz on ${sheet.symbol}. ${count} questions.` };
}

function predictText({ questions, mistakes, minQuestions }: QuizSheet): string {
  const few =
    questions.length < minQuestions
      ? " They are too few for a sign-off."
      : mistakes === 0
        ? " All answers have to be right."
        : ` ${questions.length - mistakes} right answers pass.`;
  return `${questions.length === 1 ? "1 question" : `${questions.length} questions`} on what it does.${few}`;
}

function flagged({ flagged, flaggedByCode }: QuizSheet): Node[] {
  const more = `${flaggedByCode === 1 ? "1 reason" : `${flaggedByCode} reasons`} in the code itself, told with the result`;
  const reasons = [
    ...flagged.map((reason) => element("li", {}, renderedInline(reason))),
    ...(flaggedByCode > 0 ? [element("li", {}, more)] : []),
  ];
  return reasons.length === 0 ? [] : [element("h2", {}, "Why it was flagged"), element("ul", {}, ...reasons)];
}

function flaggedByCode({ flagged }: QuizResult): Node[] {
  if (flagged.length === 0) return [];
  const reasons = flagged.map(({ detail, line }) => element("li", {}, `line ${line}: `, renderedInline(detail)));
  return [element("h2", {}, "Why its code was flagged"), element("ul", {}, ...reasons)];
}

function unnoticedSlips({ unnoticed }: QuizResult): Node[] {
  if (unnoticed.length === 0) return [];
  const slips = unnoticed.map((slip) => element("li", {}, renderedInline(slip)));
  return [element("h2", {}, "The tests that call it would not notice it"), element("ul", {}, ...slips)];
}

export function predictStep(state: QuizState, actions: Actions): Page {
  const { sheet, progress } = state;
  const number = progress.answers.length;
  const question = sheet.questions[number] as AskedQuestion;
  const place = `Question ${number + 1} of ${sheet.questions.length}`;
  const options = question.options.map((option, i) =>
    element(
      "vscode-radio",
      { name: "answer", value: String(i), role: "radio", "aria-checked": "false" },
      element("span", { class: "key", "aria-hidden": "true" }, String(i + 1)),
      element("span", { class: "option" }, renderedInline(option)),
    ),
  ) as (HTMLElement & { checked: boolean })[];
  const group = element("vscode-radio-group", { variant: "vertical", "aria-label": "Answers" }, ...options);
  const confirm = button("Confirm", () => answer(chosen())) as HTMLElement & { disabled: boolean };
  confirm.disabled = true;
  const pass = button("I do not know", () => answer(null), { secondary: "" });
  const chosen = () => options.findIndex(({ checked }) => checked);
  const answer = (index: number | null) => {
    if (index === null || index >= 0) actions.answer(index);
  };
  const settle = () => {
    confirm.disabled = chosen() < 0;
    for (const option of options) option.setAttribute("aria-checked", String(option.checked));
  };
  const choose = (index: number) => {
    const option = options[index];
    if (!option) return;
    for (const each of options) each.checked = each === option;
    option.focus();
    settle();
  };
  group.addEventListener("change", settle);
  // The group changes its radios before it hears of the key being released.
  group.addEventListener("keyup", settle);
  const form = element("div", { class: "question" }, element("h2", { id: "prompt" }, renderedInline(question.prompt)));
  if (question.code !== undefined) form.append(codeBlock(question.code));
  form.append(group);
  form.append(element("div", { class: "actions" }, confirm, pass));
  form.append(
    element(
      "p",
      { class: "hint" },
      keyHint(options.length),
      element("kbd", {}, "Enter"),
      " confirms, ",
      element("kbd", {}, "0"),
      " when you do not know.",
    ),
  );
  form.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const key = Number.parseInt(event.key, 10);
    if (key >= 1 && key <= options.length) choose(key - 1);
    else if (event.key === "0") answer(null);
    // Buttons answer to Enter themselves.
    else if (event.key === "Enter" && !(event.target as HTMLElement).closest("vscode-button")) answer(chosen());
    else return;
    event.preventDefault();
  });
  return {
    content: [...heading(sheet, place), form],
    focus: options[0] as HTMLElement,
    announcement: `${place}. ${form.querySelector("h2")?.textContent ?? ""} ${question.code ?? ""}`,
  };
}

function keyHint(count: number): DocumentFragment {
  const hint = document.createDocumentFragment();
  hint.append(element("kbd", {}, "1"), " to ", element("kbd", {}, String(count)), " or the arrow keys choose, ");
  return hint;
}

export function explainStep(state: QuizState, actions: Actions): Page {
  const { sheet, progress } = state;
  const fields = sheet.prompts.map(({ id, title, question }) => {
    const area = element("vscode-textarea", {
      rows: "4",
      maxlength: String(maxDraftLength),
      resize: "vertical",
      label: `${title}. ${question}`,
      "data-point": id,
    }) as HTMLElement & { value: string };
    area.value = progress.drafts[id] ?? "";
    area.addEventListener("input", () => {
      actions.draft(id, area.value);
      told();
    });
    return {
      area,
      field: element("div", { class: "field" }, element("h2", {}, title), element("p", {}, question), area),
    };
  });
  const drafts = () => Object.fromEntries(fields.map(({ area }, i) => [sheet.prompts[i]?.id ?? "", area.value]));
  const finish = button("Finish and see the result", () => {
    finish.setAttribute("disabled", "");
    actions.finish();
  });
  const effort = element("p", { class: "note", role: "status" });
  const told = () => {
    effort.textContent = isExplained({ ...progress, drafts: drafts() })
      ? ""
      : "Nothing is written yet. You can finish without, but then nothing is signed off.";
  };
  told();
  const content = [
    ...heading(sheet, "Now explain it"),
    element(
      "p",
      {},
      "In your own words, so that a colleague could write it again from this. Two or three sentences to each point are enough; skip what you have nothing to say to. Markdown is fine. It becomes the hover text for the next person.",
    ),
    ...fields.map(({ field }) => field),
    effort,
    element("div", { class: "actions" }, finish),
    element(
      "p",
      { class: "hint" },
      element("kbd", {}, "Tab"),
      " goes to the next point, ",
      element("kbd", {}, "Ctrl+Enter"),
      " finishes.",
    ),
  ];
  const page = element("div", {}, ...content);
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    finish.click();
  });
  const [first] = fields;
  return {
    content: [page],
    focus: first?.area ?? finish,
    announcement: "Your answers are in. Now explain it: five points.",
  };
}

export function resultStep({ sheet, result }: QuizState, actions: Actions): Page {
  const { right, asked, passed, looks } = result as QuizResult;
  const verdict = `${passed ? "Passed" : "Not passed"}: ${right} of ${asked} right`;
  const title = element("h1", { tabindex: "-1", class: passed ? "passed" : "missed" }, verdict);
  const retry = button("Try other questions", actions.retry, passed ? { secondary: "" } : {});
  const content = [
    element("p", { class: "place" }, `${sheet.symbol} · ${sheet.path}`),
    title,
    ...signOffText(result as QuizResult, actions),
    element(
      "p",
      {},
      looksText(looks),
      passed && looks > 0 && " So it stays flagged until somebody explains it without.",
    ),
    element(
      "div",
      { class: "actions" },
      button("Open the code", actions.open, passed ? {} : { secondary: "" }),
      retry,
      button("Close", actions.leave, { secondary: "" }),
    ),
    element("h2", {}, asked > right ? "What you missed" : "Your answers"),
    ...answered(sheet, result as QuizResult),
    element("h2", {}, "The code"),
    numbered((result as QuizResult).code),
    ...flaggedByCode(result as QuizResult),
    ...unnoticedSlips(result as QuizResult),
  ];
  return { content, focus: title, announcement: verdict };
}

function signOffText({ signOff, passed }: QuizResult, actions: Actions): Node[] {
  if ("ledger" in signOff) {
    const ledger = element("code", {}, signOff.ledger);
    return [
      element(
        "p",
        {},
        "You can explain it: signed off under your git name in ",
        ledger,
        ". Commit that file with your work.",
      ),
    ];
  }
  const note = element("p", { class: "note" }, passed ? "Nothing was signed off: " : "", signOff.unsigned);
  return signOff.canRetry
    ? [note, element("div", { class: "actions" }, button("Sign off again", actions.sign))]
    : [note];
}

/** What was missed first, laid open. */
function answered({ questions }: QuizSheet, result: QuizResult): Node[] {
  const all = questions.flatMap((question, i) => {
    const given = result.questions[i];
    return given ? [{ question, given, number: i + 1, isRight: given.chosen === given.answer }] : [];
  });
  return [...all.filter(({ isRight }) => !isRight), ...all.filter(({ isRight }) => isRight)].map(
    ({ question, given, number, isRight }) => {
      const body = element("div", { class: "answered" }, element("div", {}, rendered(question.prompt)));
      if (question.code !== undefined) body.append(codeBlock(question.code));
      const list = element("dl");
      const line = (term: string, option: number) =>
        list.append(element("dt", {}, term), element("dd", {}, renderedInline(question.options[option] ?? "")));
      if (!isRight && given.chosen !== null) line("You said", given.chosen);
      if (given.chosen === null) list.append(element("dt", {}, "You said"), element("dd", {}, "I do not know"));
      line("It is", given.answer);
      body.append(list, element("div", { class: "why" }, rendered(given.why)));
      const attributes = {
        heading: `Question ${number}: ${isRight ? "right" : "wrong"}`,
        "always-show-header-actions": "",
      };
      return element("vscode-collapsible", isRight ? attributes : { ...attributes, open: "" }, body);
    },
  );
}

function numbered({ text, line }: QuizResult["code"]): HTMLElement {
  const lines = text.split(/\r\n|\r|\n/);
  const width = String(line + lines.length).length;
  const block = element("pre", { tabindex: "0", class: "code" });
  lines.forEach((each, i) => {
    block.append(
      element("span", { class: "line-number", "aria-hidden": "true" }, String(line + 1 + i).padStart(width)),
      `  ${each}\n`,
    );
  });
  return block;
}

function heading({ symbol, path }: QuizSheet, title: string): Node[] {
  return [element("p", { class: "place" }, `${symbol} · ${path}`), element("h1", {}, title)];
}

/** The strip that says how often the code was looked at; on every page but the last. */
export function updateLooks(root: HTMLElement, state: QuizState, actions: Actions): void {
  root.querySelector(".looks")?.remove();
  const { looks, isLooking, isChanged, sheet, result, progress } = state;
  if (result || sheet.questions.length === 0 || progress.step === "start") return;
  const act = isLooking
    ? button("Cover the code again", actions.cover, { secondary: "" })
    : button("Look at the code", actions.look, { secondary: "" });
  root.append(
    element(
      "footer",
      { class: "looks" },
      element("p", {}, looksText(looks)),
      isChanged &&
        element(
          "p",
          { class: "note" },
          "The function has changed since the quiz began: what you explain cannot be signed off. Leave, and begin again.",
        ),
      element("div", { class: "actions" }, act, button("Leave the quiz", actions.leave, { secondary: "" })),
    ),
  );
}
