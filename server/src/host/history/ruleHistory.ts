import { type Cancellation, CancelledError } from "../../core/base/cancellation";
import { type AddedLines, fixNear, LineOrigins, type TitledCommit } from "../../core/history/lineOrigins";
import type { Rule } from "../../core/rules/rule";
import { runGit } from "./git";
import { commitFormat, patchedCommitsIn, plainPatches } from "./patches";

/** Where a rule comes from. */
export interface RuleOrigin {
  commit: TitledCommit;
  /** The fix or revert near it; may be the same commit. */
  fix?: TitledCommit;
}

/** Commits of an instruction file, and those before one of them, that are looked at. */
const maxCommits = 2000;
const commitsBefore = 40;
const maxBytes = 64 * 1024 * 1024;
const timeout = 20_000;

/**
 * Which commit wrote each rule of an instruction file, read with git when somebody asks and kept while the newest
 * commit stays the same. Without a repository, or where git fails, rules have no origin.
 */
export class RuleHistory {
  private head: string | undefined;
  private files = new Map<string, Promise<FileOrigins>>();

  constructor(private readonly folder: string) {}

  /**
   * @param lines the rule's lines as they stand in the file
   * @throws CancelledError
   */
  async originOf(rule: Rule, lines: readonly string[], cancellation: Cancellation): Promise<RuleOrigin | undefined> {
    await this.forgetOutdated(cancellation);
    const { path } = rule.source;
    let file = this.files.get(path);
    if (!file) {
      file = this.readFile(path, cancellation);
      this.files.set(path, file);
      file.catch(() => this.files.delete(path));
    }
    const { origins, before } = await file;
    const commit = origins.of(lines);
    if (!commit) return undefined;
    let earlier = before.get(commit.id);
    if (!earlier) {
      earlier = this.commitsUpTo(commit.id, cancellation);
      before.set(commit.id, earlier);
      earlier.catch(() => before.delete(commit.id));
    }
    const fix = fixNear(await earlier, rule.text);
    return { commit, ...(fix && { fix }) };
  }

  private async forgetOutdated(cancellation: Cancellation): Promise<void> {
    const output = await this.git(["rev-parse", "--verify", "--quiet", "HEAD"], cancellation);
    const head = output?.trim() ?? "";
    if (head !== this.head) this.files = new Map();
    this.head = head;
  }

  private async readFile(path: string, cancellation: Cancellation): Promise<FileOrigins> {
    const follow = ["--literal-pathspecs", "log", "--follow", "-M", `--max-count=${maxCommits}`];
    const args = [...follow, ...plainPatches, commitFormat, "--", path];
    const output = (await this.git(args, cancellation)) ?? "";
    return { origins: new LineOrigins(addedIn(output).reverse()), before: new Map() };
  }

  private async commitsUpTo(id: string, cancellation: Cancellation): Promise<(TitledCommit & { isFix: boolean })[]> {
    const output =
      (await this.git(["log", `--max-count=${commitsBefore}`, commitFormat, id, "--"], cancellation)) ?? "";
    return patchedCommitsIn(output).map(({ commit, isFix }) => ({ ...commit, isFix }));
  }

  private async git(args: readonly string[], cancellation: Cancellation): Promise<string | undefined> {
    const { end, output } = await runGit(this.folder, args, { cancellation, timeout, maxBytes });
    if (end === "cancelled") throw new CancelledError();
    return end === "done" ? output.toString("utf8") : undefined;
  }
}

interface FileOrigins {
  origins: LineOrigins;
  /** Commits that end with the one of this id, newest first. */
  before: Map<string, Promise<(TitledCommit & { isFix: boolean })[]>>;
}

/** Newest first. */
function addedIn(output: string): AddedLines[] {
  return patchedCommitsIn(output).map(({ commit, patch }) => ({
    commit,
    lines: patch
      .split("\n")
      .flatMap((line) => (line.startsWith("+") && !line.startsWith("+++ ") ? [line.slice(1)] : [])),
  }));
}
