import type { FunctionSummary } from "../../model/fileSummary";
import { functionsAround } from "../../model/graph/graphFunction";
import type { ReachedCall } from "../../model/graph/roundTrips";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import { callsOnWay, type Situation } from "./situation";

/** Whether the round trips are part of a transaction: each by itself, or since one was begun on the way to a write. */
export function isInTransaction(situation: Situation): boolean {
  const {
    model,
    worst: { trip },
  } = situation;
  const operation = trip.calls.at(-1);
  if (operation && isOfTransaction(model, operation)) return true;
  return trip.isWrite && callsOnWay(situation).some((site) => isBehindBeginning(model, site));
}

/** `tx.Where(...).Delete(...)`, or where a function around collects what one transaction does, or begins one itself. */
function isOfTransaction(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const place = functionAt(model, linked);
  const callee = place?.fn.calls[call]?.callee ?? "";
  const symbol = linked.links.calls[call]?.external?.symbol ?? "";
  if (/^(?:Tx|Stmt)\./.test(symbol) || /^(?:tx|txn|trx)\./.test(callee)) return true;
  return place !== undefined && functionsAround(place.file, linked.index).some(beginsItself);
}

function beginsItself({ calls }: FunctionSummary): boolean {
  return calls.some(
    ({ callee, arguments: given }) =>
      callee.endsWith(".$transaction") || given.some((argument) => /^"BEGIN\b/i.test(argument)),
  );
}

/** Whether a function begins a transaction before a call, or is one as a whole: `@transaction.atomic`. */
function isBehindBeginning(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  const { decorators, calls } = place.fn;
  if (decorators.some((decorator) => /^(?:transaction\.)?atomic\b|\.atomic\b/.test(decorator))) return true;
  return calls.slice(0, call).some(({ callee }) => /\.Begin(?:Tx)?$/.test(callee));
}

/** Whether a call stands in a function that is handed to one that makes a transaction of it: `db.inTransaction(func() {...})`. */
export function isHandedToTransaction(model: WorkspaceModel, site: ReachedCall | undefined): boolean {
  const place = site && functionAt(model, site.linked);
  if (!place || !site) return false;
  const [closure, ...around] = functionsAround(place.file, site.linked.index);
  return around.some(({ calls }) =>
    calls.some(
      ({ callee, start, end }) =>
        closure !== undefined && start <= closure.start && closure.end <= end && transaction.test(callee),
    ),
  );
}

const transaction = /(?:^|[._])(?:with|in|run|do|start|begin)?_?(?:tx|txn|transaction(?:al(?:ly)?)?|atomic(?:ally)?)$/i;
