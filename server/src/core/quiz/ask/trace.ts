import { lineAt, lineStartsOf } from "../../base/text";
import type { Case, ExploredMutant } from "../explore";
import type { Change } from "../mutants/change";
import { inCode } from "../wording";
import { type Asked, call, told } from "./asked";

const maxLines = 14;
/** Of what it calls. */
const maxOtherLines = 6;
/** Of a longer statement, the beginning says enough. */
const maxStatementLines = 8;

/** A case followed through the code, line by line, as Markdown. */
export function followed(asked: Asked, known: Case): string {
  const { program } = asked.exploration;
  const line = ({ line, times }: Step): string => {
    const place = `${fileLine(asked, line) + 1}`.padStart(4);
    const notes = [...(times > 1 ? [`${times} times`] : []), ...otherFile(asked, line)].join(", ");
    return `${place}  ${asked.lineText(line).trimEnd()}${notes === "" ? "" : `    ${comment(program.language)} ${notes}`}`;
  };
  const skipped = (count: number) => (count > 0 ? [`      ${comment(program.language)} and ${count} more lines`] : []);
  const { own, others } = stepsOf(asked, known.outcome.lines ?? []);
  // How it begins and how it ends says most.
  const left = Math.max(0, own.length - maxLines);
  const [head, tail] = left > 0 ? [own.slice(0, maxLines / 2), own.slice(-maxLines / 2)] : [own, []];
  const shown = [
    ...head.map(line),
    ...skipped(left),
    ...tail.map(line),
    ...others.slice(0, maxOtherLines).map(line),
    ...skipped(others.length - maxOtherLines),
  ];
  const outcome = `${inCode(call(asked, known))}: ${told(asked, known.outcome)}.`;
  if (shown.length === 0) return outcome;
  const text = shown.join("\n");
  const fence = text.includes("```") ? "````" : "```";
  return `${outcome}\n\n${fence}${program.language}\n${text}\n${fence}`;
}

/** A line of the program that was run, and how often; 1 where that says nothing. */
interface Step {
  line: number;
  times: number;
}

/**
 * The lines that the call ran, those of the function and those of what it calls, whole statements: declarations one
 * after the other as they were first entered, the lines of each in their own order, as somebody reads them. Not what no
 * file holds, and not what ran before the call.
 */
function stepsOf(asked: Asked, run: readonly number[]): { own: Step[]; others: Step[] } {
  const { span, source, lines } = asked.exploration.program;
  const starts = lineStartsOf(source);
  const [first, last] = [lineAt(starts, span.start), lineAt(starts, span.end)];
  // A line with the head of a function is run when the function is made.
  const entered = run.findIndex((line) => line <= last && (line > first || (line === first && first === last)));
  const counts = new Map<number, number>();
  const partOf = (line: number) => lines.findIndex(({ from, count }) => line >= from && line < from + count);
  for (const line of run.slice(Math.max(0, entered)))
    if (partOf(line) >= 0) counts.set(line, (counts.get(line) ?? 0) + 1);
  const order = [...new Set([...counts.keys()].map(partOf))];
  const inside = new Set([...counts.keys()].flatMap((line) => statementLines(asked, line)));
  const steps = [...new Set([...counts.keys(), ...inside])]
    .map((line) => ({ line, times: inside.has(line) ? 1 : (counts.get(line) ?? 1) }))
    .sort((a, b) => order.indexOf(partOf(a.line)) - order.indexOf(partOf(b.line)) || a.line - b.line);
  const isOwn = ({ line }: Step) => line >= first && line <= last;
  return { own: steps.filter(isOwn), others: steps.filter((step) => !isOwn(step)) };
}

/** The lines of a statement that begins in a line and leaves a bracket open there; none for others. */
function statementLines({ lineText }: Asked, line: number): number[] {
  const lines = [line];
  let open = openBrackets(lineText(line));
  if (open <= 0) return [];
  while (open > 0 && lines.length < maxStatementLines) {
    const next = line + lines.length;
    open += openBrackets(lineText(next));
    lines.push(next);
  }
  return lines;
}

/** How many round and square brackets a line opens more than it closes. Braces begin blocks. */
function openBrackets(text: string): number {
  const code = text.replace(/(["'`])(?:\\.|(?!\1).)*\1/g, "");
  return (code.match(/[([]/g) ?? []).length - (code.match(/[)\]]/g) ?? []).length;
}

/** What a slip is, told by the lines it changes. */
export function slip(asked: Pick<Asked, "exploration">, { mutant }: ExploredMutant): string {
  return mutant.changes.map((change) => changeText(asked, change)).join(" and ");
}

function changeText(asked: Pick<Asked, "exploration">, { start, end, text }: Change): string {
  const { source } = asked.exploration.program;
  const was = source.slice(start, end);
  const programLine = lineAt(lineStartsOf(source), start);
  const place = [`line ${fileLine(asked, programLine) + 1}`, ...otherFile(asked, programLine).map(inCode)].join(" of ");
  if (text.trim() === "") return `without ${inCode(shortened(was))} in ${place}`;
  return `with ${inCode(shortened(text))} for ${inCode(shortened(was))} in ${place}`;
}

/** The zero-based line of the file that a line of the program is. */
function fileLine({ exploration }: Pick<Asked, "exploration">, line: number): number {
  const part = exploration.program.lines.find(({ from, count }) => line >= from && line < from + count);
  return part ? part.line + line - part.from : line;
}

/** The file of a line that is not of the function's own one. */
function otherFile({ exploration }: Pick<Asked, "exploration">, line: number): string[] {
  const { lines } = exploration.program;
  const part = lines.find(({ from, count }) => line >= from && line < from + count);
  return part === undefined || part.path === lines.at(-1)?.path ? [] : [part.path];
}

function comment(language: string): string {
  return language === "python" ? "#" : "//";
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
