import { lineAt, type Span } from "../../base/text";
import type { FileSummary } from "../../model/fileSummary";
import { functionsAround } from "../../model/graph/graphFunction";
import { linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { ForbiddenUse } from "../check";
import { fileName } from "./declarations";
import { resolvedModule } from "./fileNames";
import type { Use } from "./nameUses";

/** The names of what is to be used: what defines one of them has to build on what it replaces. */
export function replacements({ instead = [] }: ForbiddenUse): ReadonlySet<string> {
  return new Set(instead.flatMap((name) => name.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []));
}

/**
 * Whether a use is part of what defines a replacement: in a function or type of its name or what that calls in the same
 * file, in the value of a variable, or in a module of that name. A file that only uses or makes one is no definition.
 */
export function definesReplacement(
  model: WorkspaceModel,
  { file, fn, start }: Use,
  names: ReadonlySet<string>,
): boolean {
  if (names.size === 0) return false;
  const folded = new Set([...names].map(withoutCase));
  const isNamed = (name: string | undefined) => name !== undefined && folded.has(withoutCase(name));
  const base = fileName(file.path);
  if (isNamed(base) || (/^(?:index|__init__|mod)$/.test(base) && isNamed(file.path.split("/").at(-2)))) return true;
  if (fn < 0) return file.constants.some((each) => isNamed(each.name) && isOnLine(file, start, each));
  const defines = (index: number) =>
    functionsAround(file, index).some(({ name, typeName }) => isNamed(name) || isNamed(typeName));
  return defines(fn) || file.functions.some((_, index) => defines(index) && leadsTo(model, file, index, fn));
}

/** The modules that a replacement takes from its neighbours, which have to build on what it replaces, too. */
export function partsOfReplacement(model: WorkspaceModel, { form, instead = [] }: ForbiddenUse): ReadonlySet<string> {
  const [name, ...more] = instead;
  if (form !== "forbidden-import" || name === undefined || more.length > 0 || !/^[\w-]+$/.test(name)) return new Set();
  const homes = [...model.files.values()].filter(({ path }) => withoutCase(fileName(path)) === withoutCase(name));
  return new Set(
    homes.flatMap((home) =>
      home.imports.filter(({ module }) => module.startsWith(".")).map(({ module }) => resolvedModule(home, module)),
    ),
  );
}

function withoutCase(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

function isOnLine({ lineStarts }: FileSummary, start: number, variable: Span): boolean {
  return lineAt(lineStarts, variable.start) === lineAt(lineStarts, start);
}

/** Whether a function comes to call another one of the same file, by way of the file alone. */
function leadsTo(model: WorkspaceModel, file: FileSummary, from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const index of seen) {
    if (index === to) return true;
    for (const { callee } of linkedFunction(model, file, index)?.edges ?? []) {
      const next = model.functions.get(callee);
      if (next?.path === file.path) seen.add(next.index);
    }
  }
  return false;
}
