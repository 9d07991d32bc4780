import { lineAt } from "../base/text";
import { commandsIn } from "./commandTables";
import { dataNotes } from "./dataNotes";
import type { CommentFacts, FileFacts, FunctionFacts, SyntaxConstruct } from "./facts";
import type { FileSummary, FunctionSummary } from "./fileSummary";
import { type ClosedFunction, closeFile } from "./origins";
import { schedulesIn } from "./schedules";

/** Notes taken of one function while its steps are at hand. */
export type Observe = (facts: FunctionFacts, file: FileFacts) => Readonly<Record<string, unknown>>;

/** Comments that talk to Fathom or to a linter, or of locks. */
const keptComment =
  /fathom:|lint-(?:disable|enable)|tslint:disable|biome-ignore|\b(?:noqa|nolint|nosonar|pylint)\b|(?:type|pyright):\s*ignore|@ts-(?:ignore|expect-error)|\b(?:(?:dead)?locks?|locked|locking|mutex|mu|held|thread-?safe|concurrent(?:ly)?|race)\b|\bserial\b|\bseriali[sz](?:e|es|ed|ing)\b/i;

/** Names of locks as code writes them: `berthMu`, `queue_lock`. What is said of them beside their declarations counts. */
const namesLock = /[a-z](?:Mu|Mutex|Mtx|Lock)\b|_(?:mu|mutex|mtx|lock)\b/;

/** Drops the steps of a file and keeps what the linked model and the detectors need. */
export function summarizeFile(facts: FileFacts, observe: Observe): FileSummary {
  const closed = closeFile(facts);
  const functions = facts.functions.map((fn, index): FunctionSummary => {
    const { calls, returns, writes, writeStarts, reads, readStarts, failures, flow, keeps } = closed.functions[
      index
    ] as ClosedFunction;
    const observations = observe(fn, facts);
    // A rest pattern or a second spread would cost more than closing the function does.
    const summary: FunctionSummary & { steps: undefined } = {
      ...fn,
      steps: undefined,
      calls,
      returns,
      writes,
      writeStarts,
      reads,
      readStarts,
      ...(keeps.length > 0 && { keeps }),
      failures,
      flow,
      data: dataNotes(fn, facts),
      observations,
    };
    return summary;
  });
  const { steps: _, ...kept } = facts;
  // A workspace has more text in comments than in everything else that is kept.
  const commands = commandsIn(facts);
  const schedules = schedulesIn(facts);
  return {
    ...kept,
    types: closed.types,
    constants: closed.constants,
    comments: keptComments(facts),
    functions,
    calls: closed.calls,
    ...(commands.length > 0 && { commands }),
    ...(schedules.length > 0 && { schedules }),
  };
}

/** What a comment beside it may give a reason for. */
const EXCUSABLE: ReadonlySet<SyntaxConstruct> = new Set<SyntaxConstruct>([
  "any-type",
  "type-suppression",
  "todo-comment",
  "discarded-error",
  "empty-catch",
  "broad-catch",
  "bare-except",
  "non-null-assertion",
]);

/** Comments on lines that follow one another are kept or dropped together. */
function keptComments({ comments, lineStarts, functions, constructs = [] }: FileFacts): CommentFacts[] {
  const excusable = new Set(
    constructs.flatMap(({ kind, start }) => (EXCUSABLE.has(kind) ? [lineAt(lineStarts, start)] : [])),
  );
  const kept: CommentFacts[] = [];
  let block: CommentFacts[] = [];
  const isBeside = ({ start, end }: CommentFacts) => {
    const last = lineAt(lineStarts, end);
    return excusable.has(last + 1) || excusable.has(lineAt(lineStarts, start)) || excusable.has(last);
  };
  const close = () => {
    const first = block[0]?.start ?? 0;
    const isOutside = () => !functions.some(({ start, end }) => start <= first && first < end);
    if (block.some(({ text }) => keptComment.test(text))) kept.push(...block);
    else if (block.some(({ text }) => namesLock.test(text)) && isOutside()) kept.push(...block);
    else if (excusable.size > 0) kept.push(...block.filter(isBeside));
    block = [];
  };
  for (const comment of comments) {
    const last = block.at(-1);
    if (last && lineAt(lineStarts, comment.start) - lineAt(lineStarts, last.end) > 1) close();
    block.push(comment);
  }
  close();
  return kept;
}
