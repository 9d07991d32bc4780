import type { Range } from "../../base/text";
import { lineStartsOf, rangeOf } from "../../base/text";
import type { FindingFix, WitnessStep } from "../../model/finding";
import type { InstructionFile, Rule } from "../rule";

/** A statement of an instruction file that does not hold any more. */
export interface StaleFinding {
  kind: "symbol" | "path" | "command" | "glob" | "contradiction" | "duplicate" | "import" | "invariant";
  /** The rule it stands in; absent for imports and front matter. */
  rule?: Rule;
  path: string;
  /** The name itself, where it is found in the text. */
  range: Range;
  /** Markdown. */
  message: string;
  /** The other rule of a contradiction or duplicate; the code that breaks an invariant. */
  steps: WitnessStep[];
  /** What was most likely meant. */
  fixes?: readonly FindingFix[];
}

/** Where names stand in the text of instruction files. */
export class InstructionTexts {
  private readonly files = new Map<string, { text: string; lineStarts: number[] }>();

  constructor(files: readonly InstructionFile[]) {
    for (const { path, realPath, text } of files)
      this.files.set(realPath ?? path, { text, lineStarts: lineStartsOf(text) });
  }

  /** The name in the lines of a rule, in backticks where it is; `undefined` where it is not written so. */
  rangeOf({ source }: Rule, name: string): Range | undefined {
    const file = this.files.get(source.path);
    if (!file) return undefined;
    const start = file.lineStarts[source.line - 1] ?? 0;
    const end = file.lineStarts[source.endLine] ?? file.text.length;
    const text = file.text.slice(start, end);
    const quoted = text.indexOf(`\`${name}`);
    const at = quoted >= 0 ? quoted + 1 : text.indexOf(name);
    return at < 0 ? undefined : rangeOf(file.lineStarts, { start: start + at, end: start + at + name.length });
  }

  /** The first place in a file where a text stands. */
  find(path: string, text: string): Range | undefined {
    const file = this.files.get(path);
    const at = file?.text.indexOf(text) ?? -1;
    return file && at >= 0 ? rangeOf(file.lineStarts, { start: at, end: at + text.length }) : undefined;
  }

  /** The lines of a rule as written; empty where the file is not known. */
  textOf({ source }: Rule): string {
    const file = this.files.get(source.path);
    return file?.text.slice(file.lineStarts[source.line - 1] ?? 0, file.lineStarts[source.endLine]) ?? "";
  }
}

/** The range of a rule's first line, for what is about all of it. */
export function lineOf({ source }: Rule): Range {
  const line = source.line - 1;
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}
