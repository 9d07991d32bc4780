import { memoized } from "../../base/memoized";
import { folderOf } from "../../base/paths";
import { engineOf } from "../../catalog/engines";
import { fileIndex, fileList } from "../fileIndex";
import { isTestSupport } from "../testSupport";
import type { WorkspaceModel } from "../workspaceModel";
import type { EffectPlace } from "./witness";

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
  const drivers = driversOfGo(model.files);
  const isImported = (engine: Engine) => drivers.get(engine).some((path) => !isTestSupport(model, path));
  return isImported("embedded") && !isImported("server");
});

/** Whether the Go package of a file is made for an embedded database: the drivers that it imports itself are. */
export function isOfEmbeddedDatabase({ files }: WorkspaceModel, path: string): boolean {
  const drivers = driversOfGo(files);
  const isNear = (engine: Engine) => drivers.get(engine).some((other) => folderOf(other) === folderOf(path));
  return isNear("embedded") && !isNear("server");
}

/** Whether messages go through a broker in the process, by the address that a constant holds: `vm://orders`. */
export function isToEmbeddedBroker(model: WorkspaceModel, symbol: string): boolean {
  return /\bjms\./.test(symbol) && brokersInside(model.files).length > 0;
}

/** The files outside tests with an address of a broker that runs in the process. */
const brokersInside = fileList(({ isTest, path, constants }) =>
  !isTest && constants.some(({ value = "" }) => /^"vm:\/\//.test(value)) ? [path] : [],
);

type Engine = NonNullable<ReturnType<typeof engineOf>>;

/** The files outside tests that import a driver, by what it is one of. */
const driversOfGo = fileIndex(function* ({ language, isTest, path, imports }): Iterable<readonly [Engine, string]> {
  for (const { module } of language === "go" && !isTest ? imports : []) {
    const engine = engineOf("go", module);
    if (engine) yield [engine, path];
  }
});
