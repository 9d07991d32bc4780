import { type Cancellation, throwIfCancelled } from "../core/base/cancellation";
import type { Notice } from "../core/base/notice";
import { isSameData } from "../core/base/sameData";
import type { RuleViolation } from "../core/rules/enforce/outcome";
import { TextSearch } from "../core/rules/enforce/textSearch";
import type { Rule } from "../core/rules/rule";
import { TimeSlice } from "./timeSlice";

/** Files whose text rules are about are read beside what is analysed. */
const maxSearched = 3000;

/** What rules forbid in the texts of one folder, in files of any language, as they are on disk or in an editor. */
export class SearchedTexts {
  private search = new TextSearch([]);
  private paths: readonly string[] = [];
  private governed = 0;
  private byPath = new Map<string, readonly RuleViolation[]>();
  /** Files to look into before what was found is what there is. */
  private readonly pending = new Set<string>();

  constructor(
    private readonly textOf: (path: string) => Promise<string | undefined>,
    private readonly onChange: () => void,
  ) {}

  /** In path order, by the rules that were set last. */
  get found(): readonly RuleViolation[] {
    return inPathOrder(this.byPath);
  }

  /** What would be found if some files had other texts, or none. */
  foundWith(texts: ReadonlyMap<string, string | undefined>): readonly RuleViolation[] {
    const changed = [...texts].map(([path, text]) => [path, this.foundIn(path, text)] as const);
    return inPathOrder(new Map([...this.byPath, ...changed]));
  }

  get notices(): readonly Notice[] {
    const { governed } = this;
    return governed <= maxSearched
      ? []
      : [
          {
            severity: "info",
            message: `Rules forbid some texts in ${governed} files; the first ${maxSearched} are searched.`,
          },
        ];
  }

  /** Rules that only moved in their files ask for no search. */
  setRules(rules: readonly Rule[]): void {
    const before = this.search.rules;
    this.search = new TextSearch(rules);
    const now = new Map(this.search.rules.map((rule, i) => [before[i], rule]));
    const areSame =
      before.length === this.search.rules.length && [...now].every(([old, rule]) => old && isSameRule(old, rule));
    if (!areSame) {
      this.byPath.clear();
      this.searchAll();
      return;
    }
    for (const [path, found] of this.byPath) {
      this.byPath.set(
        path,
        found.map((violation) => ({ ...violation, rule: now.get(violation.rule) ?? violation.rule })),
      );
    }
  }

  /** @param paths the files of the folder */
  setPaths(paths: readonly string[]): void {
    this.paths = paths;
    const known = new Set(paths);
    for (const path of [...this.byPath.keys()]) if (!known.has(path)) this.byPath.delete(path);
    this.searchAll();
  }

  /** The text of one file as it is now; `undefined` when it is gone. */
  set(path: string, text: string | undefined): void {
    this.pending.delete(path);
    if (this.keep(path, text)) this.onChange();
  }

  /** Has the texts of these files read again. */
  invalidate(paths: readonly string[]): void {
    for (const path of paths) if (this.search.governs(path)) this.pending.add(path);
  }

  /**
   * Looks into what has changed.
   *
   * @throws CancelledError; what is left is looked into the next time
   */
  async update(cancellation: Cancellation): Promise<void> {
    const slice = new TimeSlice();
    let isOther = false;
    try {
      for (const path of this.pending) {
        if (slice.isOver()) await slice.pause();
        throwIfCancelled(cancellation);
        this.pending.delete(path);
        if (this.keep(path, await this.textOf(path))) isOther = true;
      }
    } finally {
      if (isOther) this.onChange();
    }
  }

  private searchAll(): void {
    this.pending.clear();
    const governed = this.paths.filter((path) => this.search.governs(path));
    this.governed = governed.length;
    for (const path of governed.slice(0, maxSearched)) this.pending.add(path);
  }

  /** @returns whether something else is found than before */
  private keep(path: string, text: string | undefined): boolean {
    const before = this.byPath.get(path) ?? [];
    const found = this.foundIn(path, text);
    if (found.length > 0) this.byPath.set(path, found);
    else this.byPath.delete(path);
    return !isSameData(found, before);
  }

  private foundIn(path: string, text: string | undefined): readonly RuleViolation[] {
    return text === undefined ? [] : this.search.in({ path, text });
  }
}

function inPathOrder(byPath: ReadonlyMap<string, readonly RuleViolation[]>): RuleViolation[] {
  return [...byPath.keys()].sort().flatMap((path) => byPath.get(path) ?? []);
}

/** Whether they ask for the same, wherever in their file. */
function isSameRule(a: Rule, b: Rule): boolean {
  const withoutLines = (rule: Rule) => ({ ...rule, source: rule.source.path });
  return isSameData(withoutLines(a), withoutLines(b));
}
