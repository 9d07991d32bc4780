import { code } from "../../base/markdown";
import type { FileSummary } from "../../model/fileSummary";
import type { SizeLimit } from "../check";
import type { FileForm } from "./form";
import type { Governed } from "./outcome";

/** How long files and functions are, and how many parameters they take. */
export const sizeLimit: FileForm<SizeLimit> = function* ({ of, max }, file): Generator<Governed> {
  if (of === "file") {
    const lines = linesOf(file);
    const span = { start: 0, end: 0 };
    const claim = `${code(file.path)} has ${lines} lines, more than ${max}`;
    yield { file, span, ...(lines > max && { offence: { claim, file, fn: -1, span } }) };
    return;
  }
  for (const [fn, { metrics, name, nameSpan: span, damaged }] of file.functions.entries()) {
    if (damaged || name === "") continue;
    const size = of === "function" ? metrics.lines : metrics.parameters;
    const what = of === "function" ? "lines" : "parameters";
    const claim = `${code(name)} has ${size} ${what}, more than ${max}`;
    yield { file, span, ...(size > max && { offence: { claim, file, fn, span } }) };
  }
};

/** The end of the last line is no line of its own; where the text ends is not known. */
function linesOf({ lineStarts }: FileSummary): number {
  return lineStarts.length - 1;
}
