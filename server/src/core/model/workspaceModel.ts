import type { Span } from "../base/text";
import type { FileFacts, FunctionFacts } from "./facts";

/** What is kept of a function once its file has been analysed: everything but the steps. */
export interface FunctionSummary extends Omit<FunctionFacts, "steps"> {
  calls: CallSummary[];
  /** What each detector noted while the steps were at hand, by detector id. Plain data. */
  observations: Readonly<Record<string, unknown>>;
}

export interface CallSummary extends Span {
  callee: string;
  /** Index in the same file's functions when the call certainly reaches one of them. */
  target: number | undefined;
}

/** As `FileFacts`, but only those comments are kept that talk to Fathom. */
export interface FileSummary extends Omit<FileFacts, "functions"> {
  functions: FunctionSummary[];
}

/** Plain data of the whole workspace, never changed once handed out. */
export interface WorkspaceModel {
  /** By path, in path order. */
  files: ReadonlyMap<string, FileSummary>;
}

/** Functions of the file that call the given one, each once. */
export function callersInFile(file: FileSummary, index: number): FunctionSummary[] {
  return file.functions.filter((candidate) => candidate.calls.some((call) => call.target === index));
}
