import { code } from "../../base/markdown";
import type { Turns } from "../../base/turns";
import type { Rename } from "../../model/functionHistory";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { RuleReport } from "../enforce/outcome";
import { type ScriptFile, submodulesIn } from "../enforce/scriptFiles";
import { importsOf, importTargets } from "../imports";
import { instructionPlaceOf } from "../instructionPlace";
import type { InstructionFile, Rule } from "../rule";
import { contradictions, duplicates } from "./conflicts";
import { staleCommands } from "./staleCommands";
import { InstructionTexts, lineOf, type StaleFinding } from "./staleFinding";
import { staleGlobs, stalePaths, WorkspacePaths } from "./stalePaths";
import { staleSymbols } from "./staleSymbols";

export interface StaleInput {
  rules: readonly Rule[];
  /** Every file that gave a rule. */
  files: readonly InstructionFile[];
  /** All files of the workspace, not only sources. */
  paths: Iterable<string>;
  /** Whether git leaves out what would be at this path. */
  isLeftOut?(path: string): boolean;
  /** Those of `isScriptFile`. */
  scripts: readonly ScriptFile[];
  model: WorkspaceModel;
  /** For invariants: what `RuleChecker` says. */
  report?: RuleReport;
}

/** What instruction files say that does not hold any more: in doubt, nothing. */
export function* staleRules(input: StaleInput): Turns<StaleFinding[]> {
  const { rules, files, paths, scripts, model, report, isLeftOut = () => false } = input;
  const texts = new InstructionTexts(files);
  const workspace = workspacePaths(paths);
  return [
    ...stalePaths(rules, texts, workspace, model.history?.renames ?? noRenames, isLeftOut),
    ...staleCommands(rules, texts, scripts),
    ...(yield* staleSymbols(rules, texts, { model, paths: workspace, scripts, files })),
    ...staleGlobs(rules, texts, workspace, isLeftOut),
    ...contradictions(rules),
    ...duplicates(rules),
    ...staleImports(files, texts, workspace, submodulesIn(scripts)),
    ...staleInvariants(rules, report),
  ].sort(byPlace);
}

const noRenames: ReadonlyMap<string, Rename> = new Map();

const pathsKnown = new WeakMap<Iterable<string>, WorkspacePaths>();

/** Read once for as long as nobody lists the workspace again. */
function workspacePaths(paths: Iterable<string>): WorkspacePaths {
  let known = pathsKnown.get(paths);
  if (!known) {
    known = new WorkspacePaths(paths);
    pathsKnown.set(paths, known);
  }
  return known;
}

function byPlace(a: StaleFinding, b: StaleFinding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}

/** Imports of documents that are not there; handles and package scopes look the same and are no documents. */
function staleImports(
  files: readonly InstructionFile[],
  texts: InstructionTexts,
  paths: WorkspacePaths,
  submodules: readonly string[],
): StaleFinding[] {
  return files.flatMap((file): StaleFinding[] => {
    const path = file.realPath ?? file.path;
    const kind = instructionPlaceOf(file.path)?.kind;
    if (kind !== "claude" && kind !== "claude-rule" && kind !== "agents") return [];
    return importsOf(file).flatMap((candidate): StaleFinding[] => {
      const targets = importTargets(candidate, file.path);
      if (!targets.at(-1)?.endsWith(".md") || targets.some((target) => paths.all.has(target))) return [];
      // Fetched from another repository, which may not have been done here.
      if (targets.some((target) => submodules.some((folder) => target.startsWith(folder)))) return [];
      const range = texts.find(path, `@${candidate.path}`);
      if (!range) return [];
      return [
        { kind: "import", path, range, message: `The import ${code(`@${candidate.path}`)} leads nowhere.`, steps: [] },
      ];
    });
  });
}

/** Either the code or the rule is wrong: the code says so at its place, this at the rule. */
function staleInvariants(rules: readonly Rule[], report: RuleReport | undefined): StaleFinding[] {
  return rules.flatMap((rule): StaleFinding[] => {
    if (rule.enforcement?.form !== "invariant") return [];
    const violations = report?.get(rule)?.violations ?? [];
    if (violations.length === 0) return [];
    const { name, value, bound } = rule.enforcement;
    const steps = violations.slice(0, 5).map(({ path, range, claim }) => ({ path, range, message: claim }));
    const wanted = bound ? `${code(value)} ${bound === "at-most" ? "at most" : "at least"}` : code(value);
    const message = `The code has another value for ${code(name)} than ${wanted}.`;
    return [{ kind: "invariant", rule, path: rule.source.path, range: lineOf(rule), message, steps }];
  });
}
