import { code } from "../../base/markdown";
import { lineAt, type Span } from "../../base/text";
import type { FileSummary } from "../../model/fileSummary";
import type { Layout } from "../check";
import type { FileForm } from "./form";
import type { LineLimitOf } from "./lineLimits";
import type { Governed } from "./outcome";

/** How the text of files is laid out. A file that keeps to it is one place, another one as many as it has faults. */
export function layout(lineLimitOf: LineLimitOf): FileForm<Layout> {
  return function* (check, file): Generator<Governed> {
    let faults = 0;
    for (const { claim, span } of faultsIn(check, file, lineLimitOf(file))) {
      faults++;
      yield { file, span, offence: { claim, file, fn: -1, span } };
    }
    if (faults === 0) yield { file, span: { start: 0, end: 0 } };
  };
}

interface Fault {
  claim: string;
  span: Span;
}

function* faultsIn(check: Layout, file: FileSummary, lineLimit = 0): Generator<Fault> {
  const { maxLine, indent, width, finalNewline } = check;
  const { long = [], tabs, spaces, unended } = file.layout ?? {};
  const name = code(file.path);
  if (maxLine !== undefined && long.length > 0) {
    const whole = wholeLines(file);
    for (let i = 0; i + 1 < long.length; i += 2) {
      const [line, length] = [long[i] as number, long[i + 1] as number];
      // What the linter lets pass nobody has to break.
      if (length > Math.max(maxLine, lineLimit) && !whole.has(line))
        yield { claim: `${name} has a line of ${length} characters`, span: lineSpan(file, line) };
    }
  }
  if (indent === "spaces" && tabs !== undefined)
    yield { claim: `${name} is indented with tabs`, span: lineSpan(file, tabs) };
  // Beside tabs they are those of a text in the code.
  if (indent === "tabs" && spaces && tabs === undefined && isInBody(file, spaces.line))
    yield { claim: `${name} is indented with spaces`, span: lineSpan(file, spaces.line) };
  const isOther = width !== undefined && spaces?.width !== width && widthOfMethods(file) !== width;
  if (indent !== "tabs" && spaces && isOther && isInBody(file, spaces.line))
    yield { claim: `${name} is indented by ${spaces.width} spaces`, span: lineSpan(file, spaces.line) };
  yield* writtenOtherwise(check, file);
  if (finalNewline && unended)
    yield { claim: `The last line of ${name} does not end`, span: lineSpan(file, file.lineStarts.length - 1) };
}

/** By how much the members of types are indented: texts within the code have widths of their own. */
function widthOfMethods({ functions, types, lineStarts }: FileSummary): number | undefined {
  const columns = functions.flatMap(({ start, typeName }) => {
    const column = start - (lineStarts[lineAt(lineStarts, start)] ?? start);
    return typeName !== undefined && column > 0 ? [column] : [];
  });
  return types.length > 0 && columns.length > 0 ? Math.min(...columns) : undefined;
}

/** What is indented outside every body in Python may be the text of a module's documentation. */
function isInBody({ language, functions, types, lineStarts }: FileSummary, line: number): boolean {
  const start = lineStarts[line] ?? 0;
  return language !== "python" || [...functions, ...types].some((body) => body.start < start && start < body.end);
}

/** What nobody can break in two: imports, and comments that a tool reads. */
function wholeLines({ lineStarts, imports, comments }: FileSummary): ReadonlySet<number> {
  const read = comments.filter(({ text }) => isForTool.test(text));
  return new Set([...imports, ...read].map(({ start }) => lineAt(lineStarts, start)));
}

const isForTool = /^(?:\/\/|#)\s?(?:nolint|noqa|type:|pylint:|eslint-|@ts-|biome-ignore|prettier-)/;

/** Each told once, where it is first. */
function* writtenOtherwise({ quotes, semicolons }: Layout, file: FileSummary): Generator<Fault> {
  const name = code(file.path);
  const at = (start: number) => ({ start, end: start + 1 });
  const wrong = file.layout?.quotes?.[quotes === "single" ? "double" : "single"];
  if (quotes && wrong !== undefined)
    yield { claim: `${name} has a string that is not in ${quotes} quotes`, span: at(wrong) };
  const other = file.layout?.semicolons?.[semicolons === "always" ? "without" : "with"];
  if (semicolons && other !== undefined)
    yield {
      claim: `${name} has a statement ${semicolons === "always" ? "without" : "with"} a semicolon`,
      span: at(other),
    };
}

function lineSpan({ lineStarts }: FileSummary, line: number): Span {
  const start = lineStarts[line] ?? 0;
  return { start, end: Math.max(start, (lineStarts[line + 1] ?? start + 1) - 1) };
}
