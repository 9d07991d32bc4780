import { memoized } from "../../base/memoized";
import { wordsOf } from "../../base/words";
import type { FunctionSummary } from "../../model/fileSummary";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import type { Creation } from "./creations";

/** Whether something that runs by a clock, or by its name cleans up, deletes rows of the kind that is made. */
export function areSwept(model: WorkspaceModel, { kind, text, calls }: Creation): boolean {
  const at = calls.at(-1);
  const fn = at && functionAt(model, at.linked)?.fn;
  const table = /INSERT on `([\w.]+)`/.exec(text)?.[1];
  const name = kind === "row" && fn ? (table ?? rowsOf(fn, at.call)) : undefined;
  return name !== undefined && swept(model).has(name.toLowerCase());
}

/** The names of rows that are deleted so. */
const swept = memoized((model: WorkspaceModel): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const linked of model.functions.values()) {
    const { file, fn } = functionAt(model, linked) ?? {};
    if (!file || !fn || file.isTest || fn.isTest) continue;
    const isByClock = linked.reachedFrom.some(({ kind }) => kind === "timer");
    if (!isByClock && !wordsOf(`${fn.typeName ?? ""} ${fn.name}`).some((word) => cleansUp.test(word))) continue;
    fn.calls.forEach(({ callee }, call) => {
      const name = deletes.test(callee) || deletesBySql.test(textOf(fn, call)) ? rowsOf(fn, call) : undefined;
      if (name !== undefined) names.add(name.toLowerCase());
    });
  }
  return names;
});

const cleansUp = /^(?:clean\w*|purge\w*|prune\w*|expire\w*|sweep\w*|retention|housekeeping|vacuum)$/;
const deletes = /\.a?(?:delete|destroy|remove|deleteMany|delete_many)(?:All|By\w+|Old\w*)?$/;
const deletesBySql = /^"\s*delete\s/i;

/** `Notice` of `Notice.create`, `models.Notice.objects.filter().delete` and `INSERT INTO notice`. */
function rowsOf(fn: FunctionSummary, call: number): string | undefined {
  const table = /\b(?:into|from)\s+["'`[]?([\w.]+)/i.exec(textOf(fn, call))?.[1];
  if (table !== undefined) return table;
  const path = (fn.calls[call]?.callee ?? "").replace(/\([^()]*\)/g, "");
  return /^(?:[\w$]+\.)*?([\w$]+?)(?:Repository|Repo|Dao|Mapper|Model)?\.(?:objects\b|query\b|\w+$)/.exec(path)?.[1];
}

/** The text of the query that a call is given. */
function textOf({ calls }: FunctionSummary, call: number): string {
  return calls[call]?.arguments.find((given) => /^"\s*(?:insert|delete)\b/i.test(given)) ?? "";
}
