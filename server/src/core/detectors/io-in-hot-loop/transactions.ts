import type { FunctionSummary } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { functionsAround } from "../../model/graph/graphFunction";
import { beginsTransaction, isHandedToTransaction, isSaid, isTransactional } from "../../model/graph/transactions";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { onlyLooks } from "./asked";
import { callsOnWay, type Situation } from "./situation";

/** Whether the round trips are part of a transaction: each by itself, or since one was begun on the way. */
export function isInTransaction(situation: Situation): boolean {
  const { model, worst, way } = situation;
  const operation = worst.trip.calls.at(-1);
  if (operation && isOfTransaction(model, operation)) return true;
  // Somebody waits for what is looked at, in a transaction or not.
  if (!worst.trip.isWrite && way.reach.kind === "handler" && onlyLooks(model, way)) return false;
  const sites = callsOnWay(situation);
  // One for each round of a loop is as many.
  const once = sites.findIndex(({ linked, call }) => (callConditions(model, linked)[call]?.loops.length ?? 0) > 0);
  return sites.some(
    (site, i) =>
      (worst.trip.isWrite && isBehindBeginning(model, site)) || (i <= once && isInClosureOfTransaction(model, site)),
  );
}

/** `tx.Where(...).Delete(...)`, or where a function around collects what one transaction does, or begins one itself. */
function isOfTransaction(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const place = functionAt(model, linked);
  const callee = place?.fn.calls[call]?.callee ?? "";
  const symbol = linked.links.calls[call]?.external?.symbol ?? "";
  const isOfStatement = symbol.startsWith("Stmt.") && !(place && isPreparedOutside(place.fn, linked, call));
  if (symbol.startsWith("Tx.") || isOfStatement || /^(?:tx|txn|trx)\./.test(callee)) return true;
  return place !== undefined && functionsAround(place.file, linked.index).some(beginsItself);
}

/** `stmt, err := db.Prepare(...)` before `stmt.Exec(...)`: such a statement is in no transaction. */
function isPreparedOutside({ calls }: FunctionSummary, { links }: LinkedFunction, call: number): boolean {
  const { callee = "", origin = callee } = calls[call] ?? {};
  return calls.some(
    (site, i) =>
      /^(?:DB|Conn)\.Prepare/.test(links.calls[i]?.external?.symbol ?? "") &&
      origin.startsWith(`${site.origin ?? site.callee}()`),
  );
}

function beginsItself({ calls }: FunctionSummary): boolean {
  return calls.some(({ callee, arguments: given }) => callee.endsWith(".$transaction") || isSaid(given, "BEGIN"));
}

/** Whether a function begins a transaction before a call, or is one as a whole: `@transaction.atomic`, `@Transactional`. */
function isBehindBeginning(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  const { decorators, calls } = place.fn;
  if (decorators.some((decorator) => isTransactional(decorator) && !/\breadOnly\b/.test(decorator))) return true;
  return calls.slice(0, call).some(beginsTransaction);
}

function isInClosureOfTransaction(model: WorkspaceModel, { linked }: ReachedCall): boolean {
  const file = functionAt(model, linked)?.file;
  return file !== undefined && isHandedToTransaction(file, linked.index);
}
