import { callsOf, type FileSummary, type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import { functionsAround } from "../../model/graph/graphFunction";
import { beginsTransaction, isSaid, isTransactional, makesTransaction } from "../../model/graph/transactions";

/**
 * Whether a call of a function runs in a transaction that begins around it: by an annotation, in a block, in what is
 * handed to a call that makes one, or between a call that begins it and one that ends it.
 */
export function isInTransaction(file: FileSummary, index: number, call: number): boolean {
  const [own, ...around] = functionsAround(file, index);
  const site = own?.calls[call];
  if (!own || !site) return false;
  if ([own, ...around].some(({ decorators }) => decorators.some(isTransactional))) return true;
  if (isInBlock(own.flow, call) || isBetween(own, call)) return true;
  const calls = [own, ...around].flatMap((fn) => fn.calls);
  return calls.some(({ callee, start, end }) => start < site.start && site.end <= end && makesTransaction(callee));
}

/** Of what a block holds: `transaction.atomic()`, `session.begin()`. */
const held = /(?:^|\.)(?:atomic|begin|begin_nested|transaction)\(\)$/;

function isInBlock(flow: readonly Flow[], call: number): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    const isOne = node.kind === "scope" && node.form === "with" && held.test(node.written ?? node.resource);
    return isOne ? callsOf(node.body).includes(call) : flowsInside(node).some((inner) => isInBlock(inner, call));
  });
}

function isBetween({ calls }: FunctionSummary, call: number): boolean {
  const before = calls.slice(0, call);
  const begun = before.findLastIndex(beginsTransaction);
  const ended = before.findLastIndex(
    ({ callee, arguments: given }) => /\.[cC]ommit$/.test(callee) || isSaid(given, "COMMIT"),
  );
  return begun > ended;
}
