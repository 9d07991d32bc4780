import { allAtOnce, type Turns } from "../../base/turns";
import type { FileSummary } from "../../model/fileSummary";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { Check, CodeCheck, ForbiddenCommand } from "../check";
import type { Rule } from "../rule";
import { callOrder } from "./callOrder";
import { callWhileHolding } from "./callWhileHolding";
import { type CodeFilter, codeFilter } from "./codeScope";
import { commandsInCode } from "./commandsInCode";
import { forbiddenConstruct } from "./forbiddenConstruct";
import { forbiddenUse } from "./forbiddenUse";
import type { FileForm, WorkspaceForm } from "./form";
import { invariant } from "./invariant";
import { layout } from "./layout";
import type { LineLimitOf } from "./lineLimits";
import { NameUses, type UsesOfNames } from "./nameUses";
import { naming } from "./naming";
import { onlyFrom } from "./onlyFrom";
import { type Governed, outcomeOf, type RuleOutcome, type RuleReport } from "./outcome";
import { overrulingAmong } from "./overruling";
import { type Reaching, reachingFrom } from "./reaching";
import { isToldByFile, requiredBase, requiredCompanion, requiredOfHandlers, requiredTest } from "./requiredCompanion";
import { requiredText } from "./requiredText";
import type { SectionOf } from "./section";
import { sizeLimit } from "./sizeLimit";

/** Whether a check is one of code as it is; a forbidden command is looked for in code as well. */
export function isCodeCheck(check: Check): check is CodeCheck | ForbiddenCommand {
  return (
    check.form !== "forbidden-edit" &&
    check.form !== "must-accompany" &&
    check.form !== "required-setting" &&
    check.form !== "forbidden-text"
  );
}

interface WorkspaceCheck {
  rule: Rule;
  governs: CodeFilter;
  names: readonly string[];
  run(context: Parameters<WorkspaceForm<unknown>["check"]>[1]): Governed[];
}

interface FileCheck {
  rule: Rule;
  governs: CodeFilter;
  run(file: FileSummary): Iterable<Governed>;
}

/**
 * Checks code against rules. Keep one as long as the rules are the same: what a file says by itself is remembered until
 * the file changes, so that a check after an edit costs little.
 */
export class RuleChecker {
  private readonly workspaceChecks: WorkspaceCheck[] = [];
  private readonly fileChecks: FileCheck[] = [];
  private readonly names: NameUses;
  private readonly isOverruled;
  private readonly known = new WeakMap<FileSummary, readonly (readonly Governed[])[]>();

  /**
   * Rules without a check of code are passed over.
   *
   * @param sectionOf where the words around a rule are known
   * @param lineLimitOf where the configuration of linters is known
   */
  constructor(
    private readonly rules: readonly Rule[],
    private readonly sectionOf: SectionOf = () => "",
    private readonly lineLimitOf: LineLimitOf = () => undefined,
  ) {
    this.isOverruled = overrulingAmong(rules);
    for (const rule of rules) if (rule.enforcement && isCodeCheck(rule.enforcement)) this.add(rule, rule.enforcement);
    this.names = new NameUses(this.workspaceChecks.flatMap(({ names }) => names));
  }

  private add(rule: Rule, check: CodeCheck | ForbiddenCommand): void {
    const isMeant = codeFilter(rule, check);
    const governs: CodeFilter = (file) => isMeant(file) && !this.isOverruled(rule, file);
    const ofWorkspace = <C>(form: WorkspaceForm<C>, own: C) => {
      const names = form.namesOf(own);
      this.workspaceChecks.push({ rule, governs, names, run: (context) => form.check(own, context) });
    };
    const ofFile = <C>(form: FileForm<C>, own: C) => {
      this.fileChecks.push({ rule, governs, run: (file) => form(own, file, rule) });
    };
    switch (check.form) {
      case "forbidden-call":
      case "forbidden-import":
      case "forbidden-name":
        return ofWorkspace(forbiddenUse, check);
      case "call-while-holding":
        return ofWorkspace(callWhileHolding, check);
      case "only-from":
        return ofWorkspace(onlyFrom, check);
      case "call-order":
      case "call-pair":
        return ofWorkspace(callOrder, check);
      case "required-companion":
        if (isToldByFile(check)) return ofFile(requiredCompanion, check);
        return ofWorkspace(
          check.companion === "base" ? requiredBase : check.companion === "test" ? requiredTest : requiredOfHandlers,
          check,
        );
      case "forbidden-construct":
        return ofFile(forbiddenConstruct, check);
      case "forbidden-command":
        return ofFile(commandsInCode, check);
      case "naming":
        return ofFile(naming, check);
      case "layout":
        return ofFile(layout(this.lineLimitOf), check);
      case "size-limit":
        return ofFile(sizeLimit, check);
      case "required-text":
        return ofFile(requiredText, check);
      case "invariant":
        return ofFile(invariant, check);
    }
  }

  check(model: WorkspaceModel): RuleReport {
    return allAtOnce(this.checkInTurns(model));
  }

  *checkInTurns(model: WorkspaceModel): Turns<RuleReport> {
    const report = new Map<Rule, RuleOutcome>();
    if (this.workspaceChecks.length > 0) {
      const uses = yield* this.names.inTurns(model);
      const reaching = reachingOnce(model, uses);
      for (const { rule, governs, run } of this.workspaceChecks) {
        yield;
        report.set(rule, outcomeOf(rule, run({ model, rule, governs, uses, reaching, section: this.sectionOf(rule) })));
      }
    }
    yield* this.checkFiles(model, report);
    return new Map(
      this.rules.flatMap((rule): [Rule, RuleOutcome][] => {
        const outcome = report.get(rule);
        return outcome ? [[rule, outcome]] : [];
      }),
    );
  }

  private *checkFiles(model: WorkspaceModel, report: Map<Rule, RuleOutcome>): Turns<void> {
    if (this.fileChecks.length === 0) return;
    const governed: Governed[][] = this.fileChecks.map(() => []);
    let lines = 0;
    for (const file of model.files.values()) {
      if (!this.known.has(file)) lines += file.lineStarts.length;
      this.inFile(file).forEach((found, i) => {
        for (const each of found) governed[i]?.push(each);
      });
      if (lines < linesPerTurn) continue;
      lines = 0;
      yield;
    }
    for (const [i, { rule }] of this.fileChecks.entries()) report.set(rule, outcomeOf(rule, governed[i] ?? []));
  }

  private inFile(file: FileSummary): readonly (readonly Governed[])[] {
    let found = this.known.get(file);
    if (!found) {
      found = this.fileChecks.map(({ governs, run }) => (governs(file) ? [...run(file)] : noPlaces));
      this.known.set(file, found.every((places) => places.length === 0) ? nothing : found);
    }
    return found;
  }
}

const linesPerTurn = 20_000;
const noPlaces: readonly Governed[] = [];
const nothing: readonly (readonly Governed[])[] = [];

/** Rules often name the same things. */
function reachingOnce(model: WorkspaceModel, uses: UsesOfNames): (names: readonly string[]) => Reaching {
  const known = new Map<string, Reaching>();
  return (names) => {
    const key = JSON.stringify(names);
    let reaching = known.get(key);
    if (!reaching) {
      reaching = reachingFrom(
        model,
        names.flatMap((name) => uses.of(name)),
      );
      known.set(key, reaching);
    }
    return reaching;
  };
}
