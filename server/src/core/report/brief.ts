import { code } from "../base/markdown";
import { lineAt } from "../base/text";
import type { RankedFunction } from "../detectors/oracle-function/detector";
import type { FileFacts, FunctionFacts, Step, Value } from "../model/facts";
import type { FileSummary } from "../model/fileSummary";
import type { CommitRef } from "../model/functionHistory";
import { changeRadius } from "../model/graph/changeRadius";
import { effectText, memberName } from "../model/graph/effectText";
import { witnessOf } from "../model/graph/witness";
import { type LiteralRole, literalsOf } from "../model/literals";
import { personName } from "../model/signOff";
import { valuesWithin, walkSteps } from "../model/walkSteps";
import {
  functionAt,
  historyOf,
  type LinkedFunction,
  linkedFunction,
  signOffOf,
  type WorkspaceModel,
} from "../model/workspaceModel";
import type { RuleMatch } from "../rules/rule";
import { signOffText } from "./signOffText";

export interface BriefInput {
  facts: FileFacts;
  model: WorkspaceModel;
  summary: FileSummary;
  /** Index in `facts.functions`. */
  index: number;
  oracle: RankedFunction | undefined;
  /** How many functions of the workspace were ranked. */
  ranked: number;
  rules: readonly RuleMatch[];
  /** What has changed since it was explained, as a unified diff. */
  change?: string | undefined;
  /** Makes a link to a 1-based line of a file. */
  link(path: string, line: number): string;
}

/** What a function does, as Markdown: everything Fathom can say about it without running it. */
export function writeBrief(input: BriefInput): string {
  const { facts, index } = input;
  const fn = facts.functions[index] as FunctionFacts;
  const line = lineOf(facts, fn.nameSpan.start);
  const sections = [
    signedOff(input),
    section("Why it is flagged", whyFlagged(input)),
    section("Takes", takes(fn)),
    section("Returns", returns(facts, fn)),
    section("Calls", calls(input)),
    section("Called by", calledBy(input)),
    section("What it does outside", effectList(input)),
    section("If you change it", radius(input)),
    section("Who wrote it", pastOf(input)),
    section("How it fails", failurePaths(facts, fn)),
    section("Constants", constants(facts, fn)),
    section("Edges", edges(facts, fn)),
    section("Rules that apply", ruleList(input)),
  ];
  const doc = fn.doc ? `> ${escapeMarkdown(fn.doc).split("\n").join("\n> ")}\n` : "";
  const { cognitive, lines } = fn.metrics;
  const head = `# \`${fn.symbol}\`\n\n[${facts.path}:${line}](${input.link(facts.path, line)}) · ${plural(lines, "line")} · cognitive complexity ${cognitive}\n`;
  return [head, doc, ...sections].filter((part) => part !== "").join("\n");
}

function section(title: string, lines: string[]): string {
  return lines.length === 0 ? "" : `## ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}\n`;
}

function whyFlagged({ facts, oracle, ranked, link }: BriefInput): string[] {
  if (!oracle?.flagged) return [];
  return [
    `Rank ${oracle.rank} of ${ranked} functions, score ${oracle.score} of 100.`,
    ...oracle.evidence.map(
      ({ detail, line }) => `[line ${line}](${link(facts.path, line)}): ${escapeMarkdown(detail)}`,
    ),
  ];
}

function signedOff({ model, summary, index, change }: BriefInput): string {
  const signOff = signOffOf(model, summary, index);
  if (!signOff) return "";
  const { text, asked } = signOff;
  const title = signOffText(signOff);
  const parts = [
    `${escapeMarkdown(title.charAt(0).toUpperCase() + title.slice(1))}.`,
    ...(text ? [quoted(text)] : []),
    ...(asked ? [`${escapeMarkdown(personName(asked.by))} asks for more:`, quoted(asked.text)] : []),
    ...(change ? ["What has changed since:", codeBlock(change, "diff")] : []),
  ];
  return `## Explanation\n\n${parts.join("\n\n")}\n`;
}

function takes(fn: FunctionFacts): string[] {
  const receiver = fn.receiver ? [`\`${fn.receiver.name}\`, the ${fn.typeName ?? "object"} itself`] : [];
  const parameters = fn.parameters.map(({ name, type, default: fallback, rest }) => {
    const typed = type ? ` of type \`${type}\`` : "";
    const missing = fallback === undefined ? "" : `, \`${fallback}\` when left out`;
    return `\`${rest ? "…" : ""}${name}\`${typed}${missing}`;
  });
  const outside = [...outsideReads(fn)].slice(0, 8);
  return [...receiver, ...parameters, ...(outside.length > 0 ? [`from outside: ${outside.map(code).join(", ")}`] : [])];
}

/** Names a function reads that are neither its parameters nor set by itself, calls aside. */
function outsideReads(fn: FunctionFacts): Set<string> {
  const own = new Set<string>(fn.parameters.map(({ name }) => name));
  if (fn.receiver) own.add(fn.receiver.name);
  walkSteps(fn.steps, (step) => {
    if (step.kind === "assign") own.add(step.target);
    if (step.kind === "loop") for (const variable of step.variables) own.add(variable.name);
    if (step.kind === "try") for (const { variable } of step.catches) if (variable) own.add(variable);
    if (step.kind === "scope" && step.variable) own.add(step.variable.name);
  });
  const outside = new Set<string>();
  walkSteps(fn.steps, (step) => {
    if (step.kind !== "read" || own.has(rootOf(step.path)) || step.path.includes("()")) return;
    if (/^[a-z_$][\w$]*$|^[A-Z][A-Z0-9_]+$/.test(step.path)) outside.add(step.path);
  });
  return outside;
}

function returns(facts: FileFacts, fn: FunctionFacts): string[] {
  const declared = fn.results.length > 0 ? [`declared: ${fn.results.map(code).join(", ")}`] : [];
  const shapes = new Map<string, number[]>();
  walkSteps(fn.steps, (step) => {
    if (step.kind !== "return" || step.values.length === 0) return;
    const shape = step.values.map(describe).join(", ");
    shapes.set(shape, [...(shapes.get(shape) ?? []), lineOf(facts, step.start)]);
  });
  const yields = stepsOfKind(fn, "yield").length > 0 ? ["values one after another, as a generator"] : [];
  const listed = [...shapes].slice(0, 12).map(([shape, lines]) => `${shape} (${lineList(lines)})`);
  return [...declared, ...yields, ...listed];
}

/** Each callee once, with the functions of the workspace it can reach. */
function calls({ facts, model, summary, index, link }: BriefInput): string[] {
  const links = linkedFunction(model, summary, index)?.links;
  const told = new Set<string>();
  const lines: string[] = [];
  for (const [i, { callee, start, accesses }] of (summary.functions[index]?.calls ?? []).entries()) {
    const reached = links?.calls[i]?.functions ?? [];
    if (told.has(callee) || (accesses && reached.length === 0)) continue;
    told.add(callee);
    const places = reached.flatMap((id) => place(model.functions.get(id), { facts, model, link }) ?? []);
    lines.push(`\`${callee}\` (line ${lineOf(facts, start)})${places.length > 0 ? `: ${places.join(" or ")}` : ""}`);
  }
  return lines.slice(0, 30);
}

function calledBy({ facts, model, summary, index, link }: BriefInput): string[] {
  const callers = linkedFunction(model, summary, index)?.callers ?? [];
  if (callers.length === 0) return ["nothing that Fathom can see"];
  const places = callers.slice(0, 20).flatMap((id) => place(model.functions.get(id), { facts, model, link }) ?? []);
  return callers.length > 20 ? [...places, `and ${callers.length - 20} more`] : places;
}

/** Author names come from the repository and are not to be trusted. */
function pastOf({ model, summary, index }: BriefInput): string[] {
  const past = historyOf(model, summary, index);
  if (!past?.last) return [];
  const { commits, authors, fixes, last, lastHuman, lastFix, origin, agents, aiShare, isComplete, uncommittedLines } =
    past;
  const least = isComplete ? "" : "at least ";
  const lines = [`last changed ${told(last)}; ${least}${plural(commits, "commit")} by ${plural(authors, "author")}`];
  if (origin && isComplete)
    lines.push(
      `${plural(origin.lines, "line")} ${origin.lines === 1 ? "comes" : "come"} from ${told(origin.commit)}, a commit of ${plural(origin.commitLines, "line")}`,
    );
  if (lastFix) lines.push(`touched by ${least}${fixes === 1 ? "1 fix" : `${fixes} fixes`}, the last ${told(lastFix)}`);
  if (agents.length > 0) {
    const human = lastHuman
      ? `the last commit without an agent is ${told(lastHuman)}`
      : "no commit is without an agent";
    lines.push(
      `${Math.round(100 * aiShare)}% of its lines were written with ${agents.map(escapeMarkdown).join(", ")}; ${human}`,
    );
  }
  if (uncommittedLines > 0) lines.push(`${plural(uncommittedLines, "line")} not committed yet`);
  return lines;
}

function told({ id, date, author }: CommitRef): string {
  return `${code(id.slice(0, 7))} on ${date} by ${escapeMarkdown(author)}`;
}

/** Locks, waits and writes, with the calls that lead there; and who gets here from outside. */
function effectList({ facts, model, summary, index, link }: BriefInput): string[] {
  const linked = linkedFunction(model, summary, index);
  if (!linked) return [];
  const reached = linked.reachedFrom.map(({ kind, root, distance }) => {
    const from = place(model.functions.get(root), { facts, model, link }) ?? "somewhere";
    const who = kind === "handler" ? "someone outside" : "a timer";
    return distance === 0 ? `${who} calls it` : `${who} reaches it through ${from}`;
  });
  const effects = linked.effects.effects.map((effect) => {
    const chain = witnessOf(model, effect).map((step) => place(step, { facts, model, link }) ?? "");
    const through = chain.length > 0 ? `, through ${chain.join(" → ")}` : "";
    return `${effectText(effect)}${through}`;
  });
  return [...reached, ...effects.slice(0, 12)];
}

function radius({ model, summary, index, link }: BriefInput): string[] {
  const linked = linkedFunction(model, summary, index);
  if (!linked) return [];
  const { callers, fields, isCut } = changeRadius(model, linked);
  const shown = callers.slice(0, 12).map(({ path, distance }) => {
    const steps = distance === 1 ? "calls it" : `reaches it in ${distance} calls`;
    return `[${path}](${link(path, 1)}) ${steps}`;
  });
  const more =
    callers.length > 12 ? [`and ${isCut ? "more than " : ""}${callers.length - 12} more files reach it`] : [];
  const shared = fields.slice(0, 8).map(({ field, paths }) => {
    const where = paths.slice(0, 4).map((path) => `[${path}](${link(path, 1)})`);
    const others = paths.length > 4 ? ` and ${paths.length - 4} more` : "";
    return `${code(memberName(field))}, which it writes, is used in ${where.join(", ")}${others}`;
  });
  return [...shown, ...more, ...shared];
}

/** A link to a function; the file is named where it is another one. */
function place(
  linked: LinkedFunction | undefined,
  { facts, model, link }: Pick<BriefInput, "facts" | "model" | "link">,
): string | undefined {
  const found = linked && functionAt(model, linked);
  if (!found) return undefined;
  const { file, fn } = found;
  const line = 1 + lineAt(file.lineStarts, fn.nameSpan.start);
  const where = file.path === facts.path ? `line ${line}` : `${file.path}:${line}`;
  return `\`${fn.symbol}\`, [${where}](${link(file.path, line)})`;
}

function failurePaths(facts: FileFacts, fn: FunctionFacts): string[] {
  const paths: string[] = [];
  walkSteps(fn.steps, (step) => {
    if (step.kind === "throw")
      paths.push(`line ${lineOf(facts, step.start)}: raises ${step.value ? describe(step.value) : "the error again"}`);
    if (step.kind === "try") {
      for (const arm of step.catches) {
        const caught = arm.types.length > 0 ? arm.types.map(code).join(", ") : "any error";
        paths.push(`line ${lineOf(facts, arm.start)}: catches ${caught} and ${outcome(arm.steps)}`);
      }
    }
    if (step.kind === "return" && step.values.some(isErrorValue) && facts.language === "go") {
      paths.push(`line ${lineOf(facts, step.start)}: returns ${step.values.map(describe).join(", ")}`);
    }
    if (step.kind === "call" && step.callee === "panic") paths.push(`line ${lineOf(facts, step.start)}: panics`);
  });
  return paths.slice(0, 20);
}

/** What becomes of a caught error. */
function outcome(steps: readonly Step[]): string {
  for (const step of steps) {
    if (step.kind === "throw") return "raises";
    if (step.kind === "return")
      return step.values.length > 0 ? `returns ${step.values.map(describe).join(", ")}` : "returns";
    if (step.kind === "jump") return `goes on with \`${step.form}\``;
  }
  return steps.length === 0 ? "does nothing" : "goes on";
}

function isErrorValue(value: Value): boolean {
  if (value.kind === "path") return /(^|\.)(err|error)$|(^|\.)[eE]rr[A-Z]\w*$/.test(value.path);
  return value.kind === "call" && /(^|\.)(Errorf|New\w*Error|Wrapf?|WithStack)$|^errors\./.test(value.callee);
}

const roleWords: Record<LiteralRole, string> = {
  decision: "decides a branch",
  arithmetic: "is calculated with",
  argument: "is passed",
  default: "stands in for a missing value",
  key: "selects an entry",
  case: "selects a case",
  result: "is returned",
  assigned: "is stored",
  element: "is part of a value",
  message: "is told",
};

function constants(facts: FileFacts, fn: FunctionFacts): string[] {
  const byText = new Map<string, { role: LiteralRole; beside: string | undefined; lines: number[] }>();
  for (const { literal, role, beside } of literalsOf(fn)) {
    if (literal.type === "null" || literal.type === "boolean" || (literal.type === "string" && literal.text === ""))
      continue;
    const shown = literal.type === "string" ? JSON.stringify(literal.text) : literal.text;
    const known = byText.get(shown);
    if (known) known.lines.push(lineOf(facts, literal.start));
    else byText.set(shown, { role, beside, lines: [lineOf(facts, literal.start)] });
  }
  return [...byText]
    .slice(0, 20)
    .map(
      ([text, { role, beside, lines }]) =>
        `\`${text.replace(/`/g, "'")}\` ${roleWords[role]}${beside ? ` (\`${beside}\`)` : ""}, ${lineList(lines)}`,
    );
}

/** Comparisons whose outcome flips at one value: where a test would look. */
function edges(facts: FileFacts, fn: FunctionFacts): string[] {
  const found: string[] = [];
  const note = (value: Value): void => {
    if (value.kind !== "operation" || value.operands.length !== 2) return;
    const [left, right] = value.operands as [Value, Value];
    if ([">", ">=", "<", "<="].includes(value.operator)) {
      const equal = value.operator.length === 2 ? "counts as yes" : "counts as no";
      found.push(
        `line ${lineOf(facts, value.start)}: ${describe(left)} ${code(value.operator)} ${describe(right)}; equal ${equal}`,
      );
    } else if (["%", "//"].includes(value.operator)) {
      found.push(
        `line ${lineOf(facts, value.start)}: ${describe(left)} ${code(value.operator)} ${describe(right)}; jumps at every multiple`,
      );
    }
  };
  walkSteps(fn.steps, (step) => {
    const roots = step.kind === "call" ? step.arguments : valuesIn(step);
    for (const root of roots) for (const value of valuesWithin(root)) note(value);
    if (step.kind === "loop" && step.form === "each" && step.over) {
      found.push(`line ${lineOf(facts, step.start)}: nothing happens when ${describe(step.over)} is empty`);
    }
  });
  return [...new Set(found)].slice(0, 20);
}

function valuesIn(step: Step): readonly Value[] {
  if (step.kind === "branch" || step.kind === "loop") return step.condition ? [step.condition] : [];
  if (step.kind === "assign" || step.kind === "write") return [step.value];
  return step.kind === "return" ? step.values : [];
}

function ruleList({ rules, link }: BriefInput): string[] {
  return rules.map(
    ({ rule, why }) =>
      `${escapeMarkdown(rule.text)} ([${rule.source.path}:${rule.source.line}](${link(rule.source.path, rule.source.line)}), ${why})`,
  );
}

function stepsOfKind(fn: FunctionFacts, kind: Step["kind"]): Step[] {
  const found: Step[] = [];
  walkSteps(fn.steps, (step) => {
    if (step.kind === kind) found.push(step);
  });
  return found;
}

function describe(value: Value): string {
  switch (value.kind) {
    case "path":
      return code(value.path);
    case "literal":
      return code(value.type === "string" ? JSON.stringify(value.text) : value.text);
    case "call":
      return `the result of ${code(value.callee)}`;
    case "composite":
      return value.parts.length === 0
        ? `an empty ${value.form}`
        : `a new ${value.typeName ? code(value.typeName) : value.form}`;
    case "lambda":
      return "a function";
    case "operation":
      return value.operands.length === 2
        ? `${describe(value.operands[0] as Value)} ${code(value.operator)} ${describe(value.operands[1] as Value)}`
        : `${code(value.operator)} ${value.operands.map(describe).join(" ")}`;
    case "conditional":
      return `${describe(value.then)} or ${describe(value.else)}`;
    default:
      return "a computed value";
  }
}

function lineOf(facts: FileFacts, offset: number): number {
  return lineAt(facts.lineStarts, offset) + 1;
}

function lineList(lines: number[]): string {
  const distinct = [...new Set(lines)];
  const shown = distinct.slice(0, 4).join(", ");
  return `${distinct.length > 1 ? "lines" : "line"} ${shown}${distinct.length > 4 ? " …" : ""}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function rootOf(path: string): string {
  return path.replace(/[.[(].*$/, "");
}

/**
 * Repository text must not become links, images or HTML. Plain code spans within a line are shown as they are; what
 * else has backticks is not code for certain, so they are escaped.
 */
export function escapeMarkdown(text: string): string {
  return text
    .split(/((?<![`\\])`[^`\n]+`(?!`))/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/</g, "&lt;").replace(/[[\]!`\\]/g, "\\$&")))
    .join("");
}

/** Text of a repository as a quotation. */
export function quoted(text: string): string {
  return `> ${escapeMarkdown(text.trim())
    .split(/\r\n|\r|\n/)
    .join("\n> ")}`;
}

/** Text of a repository as a block of code, which nothing in it can end. */
function codeBlock(text: string, language: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
