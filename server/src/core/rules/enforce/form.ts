import type { FileSummary } from "../../model/fileSummary";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { Rule } from "../rule";
import type { CodeFilter } from "./codeScope";
import type { UsesOfNames } from "./nameUses";
import type { Governed } from "./outcome";
import type { Reaching } from "./reaching";

/** What a check of the whole workspace sees. */
export interface WorkspaceContext {
  model: WorkspaceModel;
  rule: Rule;
  governs: CodeFilter;
  uses: UsesOfNames;
  /** The words around the rule. */
  section: string;
  /** Functions from which any of these names is used by what runs within them. */
  reaching(names: readonly string[]): Reaching;
}

/** A form whose check needs more than one file. */
export interface WorkspaceForm<C> {
  /** Names whose uses it asks for. */
  namesOf(check: C): readonly string[];
  check(check: C, context: WorkspaceContext): Governed[];
}

/** A form that judges each file by itself: a generator of places, kept until the file changes. */
export type FileForm<C> = (check: C, file: FileSummary, rule: Rule) => Iterable<Governed>;
