import { isWithin, type Range, rangeOf } from "../../base/text";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { RuleMatch } from "../rule";
import { brokenRules } from "./brokenRules";
import type { RuleReport } from "./outcome";
import type { RuleLookup } from "./ruleLookup";

/** Where rules are looked up: what is known of the workspace, and what was found of its rules. */
export interface RuledWorkspace {
  model: WorkspaceModel;
  lookup: RuleLookup;
  report: RuleReport;
}

/** Rules for a zero-based place, a whole line, or the whole file; those that are broken there come first. */
export function rulesAt(
  { model, lookup, report }: RuledWorkspace,
  path: string,
  line?: number,
  character?: number,
): RuleMatch[] {
  if (line === undefined)
    return withBroken(
      lookup.inFile(model, path),
      brokenRules(report, path, () => true),
    );
  const isThere = ({ start, end }: Range) =>
    character === undefined ? start.line === line : isWithin({ line, character }, { start, end });
  return withBroken(lookup.at(model, path, line, character), brokenRules(report, path, isThere));
}

/** Rules that a function breaks, those that name something it is or does, then those about what it is about. */
export function rulesOf({ model, lookup, report }: RuledWorkspace, path: string, index: number): RuleMatch[] {
  const file = model.files.get(path);
  const fn = file?.functions[index];
  if (!file || !fn) return [];
  const whole = rangeOf(file.lineStarts, fn);
  const broken = brokenRules(report, path, ({ start }) => isWithin(start, whole));
  return withBroken(lookup.ofFunction(model, path, index), broken);
}

function withBroken(named: readonly RuleMatch[], broken: readonly RuleMatch[]): RuleMatch[] {
  const known = new Map(named.map((match) => [match.rule, match]));
  const isBroken = new Set(broken.map(({ rule }) => rule));
  return [
    ...broken.map((match) => {
      const name = known.get(match.rule);
      return name ? { ...name, why: `${match.why}, ${name.why}` } : match;
    }),
    ...named.filter(({ rule }) => !isBroken.has(rule)),
  ];
}
