import { isInside } from "../../base/text";
import { wordsOf } from "../../base/words";
import type { CallSummary, FileSummary } from "../fileSummary";
import { functionsAround } from "./graphFunction";

/** `@transaction.atomic`, `@Transactional`: a function that is a transaction as a whole. */
export function isTransactional(decorator: string): boolean {
  return /(?:^|\.)(?:atomic|[tT]ransactional)\b/.test(decorator);
}

/** Whether a function is handed to a call that makes a transaction of it: `store.executeInTransaction(func() {...})`. */
export function isHandedToTransaction(file: FileSummary, index: number): boolean {
  const [closure, ...around] = functionsAround(file, index);
  return around.some(({ calls }) =>
    calls.some((site) => closure !== undefined && isInside(closure, site) && makesTransaction(site.callee)),
  );
}

/** Whether what a call is handed runs in a transaction. */
export function makesTransaction(callee: string): boolean {
  return /^(?:tx|txn|transaction(?:al(?:ly)?)?|atomic(?:ally)?)$/.test(wordsOf(callee).at(-1) ?? "");
}

/** `db.BeginTx(ctx, nil)`, `connection.beginTransaction()`, `execute("BEGIN")`: what follows is in a transaction. */
export function beginsTransaction({ callee, arguments: given }: CallSummary): boolean {
  return /\.(?:[bB]egin(?:Tx|x|Txx)?|beginTransaction)$/.test(callee) || isSaid(given, "BEGIN");
}

/** Whether what a call is given is a statement that begins with a word. */
export function isSaid(given: readonly string[], word: string): boolean {
  return given.some((argument) => new RegExp(`^"${word}\\b`, "i").test(argument));
}
