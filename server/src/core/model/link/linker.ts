import type { Turns } from "../../base/turns";
import type { Catalog } from "../../catalog/catalog";
import type { FileSummary } from "../fileSummary";
import { Declarations } from "./declarations";
import { FileLinking } from "./fileLinking";
import type { LanguageLinks, Project } from "./languageLinks";
import type { FileLinks, FunctionLinks } from "./links";
import { stepsWithoutLimit } from "./queryCache";
import { Resolver } from "./resolver";
import { changedKeys, isCallsKey, keyHash, signaturesOf } from "./signatures";
import { settledFunctions, unchangedFunctions } from "./unchanged";

/** The links of one file and what they follow from. Plain data, from which another process can go on. */
export interface LinkedFile {
  module: string;
  /** What its imports lead to, to notice when that changes. */
  imports: string;
  /** Hashes of the keys its links depend on, sorted. */
  consulted: Int32Array;
  links: FileLinks;
}

interface FileState extends LinkedFile {
  summary: FileSummary;
  /** At least as many steps as it took to link all of it; absent where that is not known. */
  steps?: number;
}

const noKeys = new Int32Array();
const noSignatures: ReadonlyMap<string, string> = new Map();
const nothingSettled: ReadonlySet<number> = new Set();

/** Some answers are others for tests: each kind of file finds those of its own. */
function testsLast(states: readonly FileState[]): FileState[] {
  return [...states.filter(({ summary }) => !summary.isTest), ...states.filter(({ summary }) => summary.isTest)];
}

/** Enough to edit a few files on; all answers of a workspace would take as much memory as its summaries. */
const maxAnswersKept = 20_000;

const noLinks: FunctionLinks = {
  id: "",
  calls: [],
  handedOver: new Map(),
  lockOperations: new Map(),
  scopeLocks: [],
  loopPaces: new Map(),
  callsParameters: [],
  writes: [],
  reads: [],
};

/** Resolves the calls of one language's files, and after a change only those that can have changed. */
export class LanguageLinker {
  private readonly files = new Map<string, FileState>();
  private declarations = new Declarations();
  private links: LanguageLinks | undefined;
  private resolver: Resolver | undefined;

  constructor(
    private readonly createLinks: (project: Project) => LanguageLinks,
    private readonly catalog: Catalog,
  ) {}

  /**
   * @param changes new summaries by path, `undefined` for files that are gone
   * @param project absent while neither the set of files nor a build file has changed
   * @returns the paths of the files whose links were made anew; yields where others may have a turn
   */
  *update(changes: ReadonlyMap<string, FileSummary | undefined>, project: Project | undefined): Turns<Set<string>> {
    const stale = new Set<string>();
    const changed = new Set<number>();
    /** What new versions of files declare, whether or not it looks the same. */
    const replaced = new Set<number>();
    if (project || !this.links) {
      this.links = this.createLinks(project as Project);
      this.resolver = undefined;
    }
    const links = this.links;
    const changedCalls = new Set<number>();
    const note = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) => {
      for (const key of changedKeys(before, after)) (isCallsKey(key) ? changedCalls : changed).add(keyHash(key));
      for (const key of before.keys()) replaced.add(keyHash(key));
      for (const key of after.keys()) replaced.add(keyHash(key));
    };
    if (project) {
      for (const state of this.files.values()) {
        if (changes.has(state.summary.path)) continue;
        yield;
        const module = links.moduleOf(state.summary);
        if (module !== state.module) {
          this.declarations.remove(state.module, state.summary);
          this.declarations.add(module, state.summary);
          note(signaturesOf(state.module, state.summary), signaturesOf(module, state.summary));
          state.module = module;
          stale.add(state.summary.path);
        }
        const imports = importsOf(state.summary, links);
        if (imports !== state.imports) {
          state.imports = imports;
          changed.add(keyHash(`i:${state.summary.path}`));
          stale.add(state.summary.path);
        }
      }
    }
    // Where most files are new, everything is linked anew: telling what has changed would cost more.
    const isFirst = 4 * this.files.size < changes.size;
    if (isFirst) for (const path of this.files.keys()) stale.add(path);
    const replacedFiles = new Map<string, FileState>();
    for (const [path, summary] of changes) {
      yield;
      const before = this.files.get(path);
      if (before) {
        replacedFiles.set(path, before);
        this.declarations.remove(before.module, before.summary);
        this.resolver?.forget(before.summary);
      }
      const signaturesBefore = before && !isFirst ? signaturesOf(before.module, before.summary) : noSignatures;
      if (!summary) {
        this.files.delete(path);
        note(signaturesBefore, noSignatures);
        continue;
      }
      const module = links.moduleOf(summary);
      this.declarations.add(module, summary);
      if (!isFirst) note(signaturesBefore, signaturesOf(module, summary));
      const imports = importsOf(summary, links);
      this.files.set(path, {
        summary,
        module,
        imports,
        consulted: new Int32Array(),
        links: before?.links ?? { functions: [], outside: noLinks, roles: new Map() },
      });
      stale.add(path);
    }
    for (const key of this.consultedOf(changedCalls)) changed.add(key);
    if (changed.size > 0) {
      for (const [path, { consulted }] of this.files)
        if (!stale.has(path) && intersects(consulted, changed)) stale.add(path);
    }
    if (isFirst || !this.resolver) this.resolver = new Resolver(this.declarations, links, this.catalog);
    const { resolver } = this;
    resolver.invalidate(replaced);
    for (const state of testsLast([...stale].flatMap((path) => this.files.get(path) ?? []))) {
      yield;
      const before = replacedFiles.get(state.summary.path) ?? state;
      const isUnseen = !project && changed.size === 0 && before !== state;
      this.linkFile(state, before, isUnseen, resolver);
    }
    if (resolver.answers > maxAnswersKept) this.resolver = undefined;
    return stale;
  }

  /** Those keys that any file consulted: most calls are of functions whose parameters nobody asks about. */
  private consultedOf(keys: ReadonlySet<number>): Set<number> {
    const found = new Set<number>();
    if (keys.size === 0) return found;
    for (const { consulted } of this.files.values())
      for (const key of keys) if (!found.has(key) && includes(consulted, key)) found.add(key);
    return found;
  }

  /** @param isUnseen nothing has changed that one file can see of another */
  private linkFile(state: FileState, before: FileState, isUnseen: boolean, resolver: Resolver): void {
    const { summary } = state;
    const unchanged = before.links.functions.length > 0 ? unchangedFunctions(before.summary, summary) : [];
    const isSettled = isUnseen && before.steps !== undefined && before.steps < stepsWithoutLimit;
    const settled = isSettled ? settledFunctions(before.summary, summary, unchanged) : nothingSettled;
    resolver.startFile(summary);
    state.links = new FileLinking(summary, resolver).link({ links: before.links, unchanged, settled });
    const { keys, steps } = resolver.consulted(settled.size > 0 ? before.consulted : noKeys);
    state.consulted = keys;
    state.steps = steps + (settled.size > 0 ? (before.steps as number) : 0);
  }

  linksOf(path: string): FileLinks | undefined {
    return this.files.get(path)?.links;
  }

  /** Every file with what `resume` takes. */
  *linkedFiles(): Generator<[path: string, linked: LinkedFile]> {
    for (const [path, { module, imports, consulted, links }] of this.files)
      yield [path, { module, imports, consulted, links }];
  }

  /** Before the first `update`: takes a file as another linker with the same catalog has left it. */
  resume(summary: FileSummary, linked: LinkedFile): void {
    this.declarations.add(linked.module, summary);
    this.files.set(summary.path, { ...linked, summary });
  }

  /** The module an import of one of its files means, in the workspace or not; after the first `update`. */
  resolveImport(
    path: string,
    imported: { module: string; member?: string },
  ): ReturnType<LanguageLinks["resolveImport"]> {
    const summary = this.files.get(path)?.summary;
    return summary && this.links ? this.links.resolveImport(imported, summary) : imported;
  }

  moduleOf(path: string): string | undefined {
    return this.files.get(path)?.module;
  }
}

function importsOf(summary: FileSummary, links: LanguageLinks): string {
  return summary.imports
    .map((imported) => {
      const { module, member } = links.resolveImport(imported, summary);
      return `${module}\n${member ?? ""}`;
    })
    .join("\n");
}

function intersects(sorted: Int32Array, hashes: ReadonlySet<number>): boolean {
  if (hashes.size > sorted.length) return sorted.some((hash) => hashes.has(hash));
  for (const hash of hashes) if (includes(sorted, hash)) return true;
  return false;
}

function includes(sorted: Int32Array, hash: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] as number;
    if (value === hash) return true;
    if (value < hash) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
