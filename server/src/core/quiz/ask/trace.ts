import { lineAt, lineStartsOf } from "../../base/text";
import type { Case, ExploredMutant } from "../explore";
import type { Change } from "../mutants/change";
import { inCode } from "../wording";
import { type Asked, call, told } from "./asked";

const maxLines = 14;

/** A case followed through the code, line by line, as Markdown. */
export function followed(asked: Asked, known: Case): string {
  const { program } = asked.exploration;
  const steps = condensed(known.outcome.lines ?? []);
  const shown = steps.slice(0, maxLines).map(({ line, times }) => {
    const place = `${fileLine(asked, line) + 1}`.padStart(4);
    const notes = [...(times > 1 ? [`${times} times`] : []), ...otherFile(asked, line)].join(", ");
    return `${place}  ${asked.lineText(line).trimEnd()}${notes === "" ? "" : `    ${comment(program.language)} ${notes}`}`;
  });
  const rest =
    steps.length > maxLines ? [`      ${comment(program.language)} and ${steps.length - maxLines} more lines`] : [];
  const outcome = `${inCode(call(asked, known))}: ${told(asked, known.outcome)}.`;
  if (shown.length === 0) return outcome;
  const text = [...shown, ...rest].join("\n");
  const fence = text.includes("```") ? "````" : "```";
  return `${outcome}\n\n${fence}${program.language}\n${text}\n${fence}`;
}

/** What a slip is, told by the lines it changes. */
export function slip(asked: Asked, { mutant }: ExploredMutant): string {
  return mutant.changes.map((change) => changeText(asked, change)).join(" and ");
}

function changeText(asked: Asked, { start, end, text }: Change): string {
  const { source } = asked.exploration.program;
  const was = source.slice(start, end);
  const line = fileLine(asked, lineAt(lineStartsOf(source), start)) + 1;
  if (text.trim() === "") return `without ${inCode(shortened(was))} in line ${line}`;
  return `with ${inCode(shortened(text))} for ${inCode(shortened(was))} in line ${line}`;
}

/** The zero-based line of the file that a line of the program is. */
function fileLine({ exploration }: Asked, line: number): number {
  const part = exploration.program.lines.find(({ from, count }) => line >= from && line < from + count);
  return part ? part.line + line - part.from : line;
}

/** The file of a line that is not of the function's own one. */
function otherFile({ exploration }: Asked, line: number): string[] {
  const { lines } = exploration.program;
  const part = lines.find(({ from, count }) => line >= from && line < from + count);
  return part === undefined || part.path === lines.at(-1)?.path ? [] : [part.path];
}

/** Each line once, where it is first run, with how often it is. */
function condensed(lines: readonly number[]): { line: number; times: number }[] {
  const counts = new Map<number, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, times]) => ({ line, times }));
}

function comment(language: string): string {
  return language === "python" ? "#" : "//";
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
