import { memoized } from "../../../base/memoized";
import { engineOf } from "../../../catalog/engines";
import { fileIndex } from "../../../model/fileIndex";
import { type Flow, flowsInside } from "../../../model/fileSummary";
import type { EffectPlace } from "../../../model/graph/witness";
import { isTestSupport } from "../../../model/testSupport";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";

/** Whether a call goes to a database that runs in the process and keeps its data in a local file, as SQLite does. */
export function isEmbeddedDatabase(model: WorkspaceModel, { linked, effect }: EffectPlace): boolean {
  const { external, entry } = linked.links.calls[effect.call] ?? {};
  const language = model.files.get(linked.path)?.language;
  if (effect.kind !== "database" || !external || !language) return false;
  const engine = entry?.engine ?? engineOf(language === "javascript" ? "typescript" : language, external.module);
  // A Go program imports each of its drivers; elsewhere a setting may name one.
  return engine === undefined ? language === "go" && areDriversEmbedded(model) : engine === "embedded";
}

const writes = /^(?:write|insert|update|delete|upsert|save)\b/i;

/** Whether a call writes what a collection holds, which its function asks for its length or goes through: many rows. */
export function writesMany(model: WorkspaceModel, { linked, effect }: EffectPlace): boolean {
  const fn = functionAt(model, linked)?.fn;
  const given = fn?.calls[effect.call]?.arguments ?? [];
  if (!fn || given.length === 0 || !writes.test(effect.detail)) return false;
  return (
    fn.calls.some(({ callee, arguments: [measured = ""] }) => callee === "len" && given.includes(measured)) ||
    isGoneThrough(fn.flow, given)
  );
}

function isGoneThrough(flow: readonly Flow[], paths: readonly string[]): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "loop" && node.over !== undefined && paths.includes(node.over)) return true;
    return flowsInside(node).some((inner) => isGoneThrough(inner, paths));
  });
}

/** Whether all database drivers that the Go files of a workspace import are of embedded databases. */
const areDriversEmbedded = memoized((model: WorkspaceModel): boolean => {
  const drivers = driversOfGo(model.files);
  const isImported = (engine: Engine) => drivers.get(engine).some((path) => !isTestSupport(model, path));
  return isImported("embedded") && !isImported("server");
});

type Engine = NonNullable<ReturnType<typeof engineOf>>;

/** The files outside tests that import a driver, by what it is one of. */
const driversOfGo = fileIndex(function* ({ language, isTest, path, imports }): Iterable<readonly [Engine, string]> {
  for (const { module } of language === "go" && !isTest ? imports : []) {
    const engine = engineOf("go", module);
    if (engine) yield [engine, path];
  }
});
