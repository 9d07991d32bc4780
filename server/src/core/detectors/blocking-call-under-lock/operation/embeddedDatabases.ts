import { memoized } from "../../../base/memoized";
import { engineOf } from "../../../catalog/engines";
import type { EffectPlace } from "../../../model/graph/witness";
import { isTestSupport } from "../../../model/testSupport";
import type { WorkspaceModel } from "../../../model/workspaceModel";

/** Whether a call goes to a database that runs in the process and keeps its data in a local file, as SQLite does. */
export function isEmbeddedDatabase(model: WorkspaceModel, { linked, effect }: EffectPlace): boolean {
  const { external, entry } = linked.links.calls[effect.call] ?? {};
  const language = model.files.get(linked.path)?.language;
  if (effect.kind !== "database" || !external || !language) return false;
  const engine = entry?.engine ?? engineOf(language === "javascript" ? "typescript" : language, external.module);
  // A Go program imports each of its drivers; elsewhere a setting may name one.
  return engine === undefined ? language === "go" && areDriversEmbedded(model) : engine === "embedded";
}

/** Whether all database drivers that the Go files of a workspace import are of embedded databases. */
const areDriversEmbedded = memoized((model: WorkspaceModel): boolean => {
  const files = [...model.files.values()].filter(
    ({ language, isTest, path }) => language === "go" && !isTest && !isTestSupport(model, path),
  );
  const engines = new Set(
    files.flatMap(({ imports }) => imports.flatMap(({ module }) => engineOf("go", module) ?? [])),
  );
  return engines.has("embedded") && !engines.has("server");
});
