import type { Cancellation } from "../core/base/cancellation";
import type { Notice } from "../core/base/notice";
import type { RuleSources } from "../core/engine/ruleJudge";
import { type FileChange, isChangeCheck } from "../core/rules/enforce/changes";
import { isScriptFile, type ScriptFile } from "../core/rules/enforce/scriptFiles";
import { isSearchable } from "../core/rules/enforce/textSearch";
import { isInstructionFile } from "../core/rules/instructionPlace";
import { WorkspaceChanges } from "./history/workspaceChanges";
import { SearchedTexts } from "./searchedTexts";
import { type RulesOptions, WorkspaceRules } from "./workspaceRules";

/** Scripts, manifests and workflows that are looked into. */
const maxScripts = 3000;

type TextOf = (path: string) => Promise<string | undefined>;

/** Whether rules stand in a file, or may be about its text. */
export function isOfRules(path: string): boolean {
  return isInstructionFile(path) || isScriptFile(path) || isSearchable(path);
}

/** The rules of one folder, and what they are about beside the code: scripts, texts, and what the working tree changes. */
export class WorkspaceRuleSources {
  /** The instruction files. */
  readonly rules: WorkspaceRules;
  private readonly texts: SearchedTexts;
  private readonly changed: WorkspaceChanges;
  private scripts: readonly ScriptFile[] = [];

  /**
   * @param textOf the text of a file as it is now; what an editor shows counts
   * @param onDisk the text of a file as it is saved
   */
  constructor(
    folder: string,
    options: RulesOptions,
    textOf: TextOf,
    private readonly onDisk: TextOf,
    private readonly onChange: () => void,
  ) {
    this.changed = new WorkspaceChanges(folder);
    this.texts = new SearchedTexts(textOf, onChange);
    this.rules = new WorkspaceRules(folder, options, () => {
      this.texts.setRules(this.rules.all);
      onChange();
    });
  }

  get notices(): readonly Notice[] {
    return [...this.rules.notices, ...this.texts.notices];
  }

  /** As they were read last. */
  get all(): Omit<RuleSources, "paths" | "isLeftOut"> {
    const { all: rules, files } = this.rules;
    const { scripts, changes } = this;
    return { rules, files: [...files.values()], scripts, changes, found: this.texts.found };
  }

  /** What the working tree changes, as it was read last. */
  get changes(): readonly FileChange[] {
    return this.changed.files;
  }

  /** As plain data, what a scan's result follows from. */
  get digested(): unknown {
    return [
      [...this.rules.files].map(([path, { text }]) => [path, text]),
      this.scripts,
      this.texts.found.map(({ path, range, message }) => [path, range, message]),
    ];
  }

  /** What would be in texts if some files had other ones, or none. */
  foundWith(texts: ReadonlyMap<string, string | undefined>): RuleSources["found"] {
    return this.texts.foundWith(texts);
  }

  /**
   * Reads all again but for the changes.
   *
   * @param paths files of the folder
   * @throws CancelledError
   */
  async reload(paths: readonly string[], cancellation: Cancellation): Promise<void> {
    this.scripts = await this.readScripts(paths);
    this.rules.reload(paths);
    this.texts.setPaths(paths);
    await this.update(cancellation);
  }

  /**
   * Looks into texts that have changed.
   *
   * @throws CancelledError; what is left is looked into the next time
   */
  update(cancellation: Cancellation): Promise<void> {
    return this.texts.update(cancellation);
  }

  /** The text of one file as it is now; `undefined` when it is gone. */
  setText(path: string, text: string | undefined): void {
    this.texts.set(path, text);
  }

  /** Looks again into the texts of these files. */
  async searchAgain(paths: readonly string[], cancellation: Cancellation): Promise<void> {
    this.texts.invalidate(paths);
    await this.update(cancellation);
  }

  /**
   * Reads what the working tree changes since its branch began, if rules are about that.
   *
   * @param base the revision to compare with; the default branch when absent
   * @returns the commit compared with, and whether there is something new to judge
   * @throws InputError when a named base cannot be compared with
   * @throws CancelledError
   */
  async readChanges(cancellation: Cancellation, base?: string): Promise<{ base?: string; isNew: boolean }> {
    const isWanted = this.rules.all.some(({ enforcement }) => enforcement && isChangeCheck(enforcement));
    const read = await this.changed.read(cancellation, base, isWanted);
    if (read.isNew) this.onChange();
    return read;
  }

  private async readScripts(paths: readonly string[]): Promise<ScriptFile[]> {
    const scripts: ScriptFile[] = [];
    for (const path of paths.filter(isScriptFile).slice(0, maxScripts)) {
      const text = await this.onDisk(path);
      if (text !== undefined) scripts.push({ path, text });
    }
    return scripts;
  }
}
