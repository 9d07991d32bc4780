import type { Turns } from "../base/turns";
import { Catalog, type CatalogData, type CatalogLanguage } from "../catalog/catalog";
import { builtinCatalogs } from "../catalog/catalogs";
import { languageLinks } from "../languages/links";
import { Ledger } from "../ledger/signOffs";
import type { FileSummary } from "../model/fileSummary";
import type { WorkspaceHistory } from "../model/functionHistory";
import { CallGraph } from "../model/graph/callGraph";
import type { Project } from "../model/link/languageLinks";
import { LanguageLinker, type LinkedFile } from "../model/link/linker";
import type { FileLinks } from "../model/link/links";
import type { WorkspaceModel } from "../model/workspaceModel";

/** Catalog entries a user adds, by language. */
export type UserCatalog = Partial<Record<CatalogLanguage, CatalogData>>;

/** What was linked with one catalog. */
interface Linked {
  userCatalog: UserCatalog;
  linkers: Map<CatalogLanguage, LanguageLinker>;
  graph: CallGraph;
  /** Files that were taken up with their links, of which the graph does not know yet. */
  resumed: Set<string>;
  /** Copied before it is changed: models that were handed out keep theirs. */
  modules: ReadonlyMap<string, string>;
}

/** Keeps the linked model right while files come, change and go: only what a change can reach is looked at again. */
export class ModelBuilder {
  private readonly files = new Map<string, FileSummary>();
  private pending = new Map<string, FileSummary | undefined>();
  private configurations: ReadonlyMap<string, string> = new Map();
  private linked: Linked;
  private projectChanged = true;
  private history: WorkspaceHistory | undefined;
  private ledger = new Ledger([]);

  constructor(userCatalog: UserCatalog) {
    this.linked = nothingLinked(userCatalog);
  }

  setFile(path: string, summary: FileSummary): void {
    this.pending.set(path, summary);
    if (!this.files.has(path)) this.projectChanged = true;
    this.files.set(path, summary);
  }

  removeFile(path: string): void {
    if (!this.files.delete(path)) return;
    this.pending.set(path, undefined);
    this.projectChanged = true;
  }

  summaryOf(path: string): FileSummary | undefined {
    return this.files.get(path);
  }

  /** The module an import of a file means, and the member of it, as the last model has it. */
  resolveImport(path: string, imported: { module: string; member?: string }): { module: string; member?: string } {
    const summary = this.files.get(path);
    return summary ? linkerOf(linkLanguage(summary), this.linked).resolveImport(path, imported) : imported;
  }

  get paths(): Iterable<string> {
    return this.files.keys();
  }

  /** @param configurations texts of the build files, by path */
  setConfigurations(configurations: ReadonlyMap<string, string>): void {
    if (sameTexts(configurations, this.configurations)) return;
    this.configurations = configurations;
    this.projectChanged = true;
  }

  /** Everything is linked anew. */
  setCatalog(userCatalog: UserCatalog): void {
    if (JSON.stringify(userCatalog) !== JSON.stringify(this.linked.userCatalog)) this.startAnew(userCatalog);
  }

  private startAnew(userCatalog: UserCatalog): void {
    this.linked = nothingLinked(userCatalog);
    this.pending = new Map(this.files);
    this.projectChanged = true;
  }

  /** Every file with what `resume` takes. */
  *linkedFiles(): Generator<[path: string, linked: LinkedFile]> {
    for (const linker of this.linked.linkers.values()) yield* linker.linkedFiles();
  }

  /**
   * Goes on from where another process with the same catalog was: what has changed since is linked, nothing else.
   *
   * @param files all that it had; the summary of one that is the same today is the one that was set here
   */
  resume(files: Iterable<{ summary: FileSummary; linked: LinkedFile }>): void {
    this.startAnew(this.linked.userCatalog);
    for (const { summary, linked } of files) {
      const { path } = summary;
      linkerOf(linkLanguage(summary), this.linked).resume(summary, linked);
      this.linked.resumed.add(path);
      const today = this.files.get(path);
      if (today === summary) this.pending.delete(path);
      else this.pending.set(path, today);
    }
  }

  setHistory(history: WorkspaceHistory | undefined): void {
    this.history = history;
  }

  setLedger(ledger: Ledger): void {
    this.ledger = ledger;
  }

  /**
   * The model of what is known when it begins; what is set meanwhile waits for the next one. One at a time: it must
   * come to its end before the next begins.
   */
  *build(): Turns<WorkspaceModel> {
    const files = new Map([...this.files].sort(([a], [b]) => (a < b ? -1 : 1)));
    // A new catalog may come meanwhile, and with it a new beginning.
    const { linked } = this;
    try {
      yield* this.link(files, linked);
    } catch (error) {
      this.startAnew(this.linked.userCatalog);
      throw error;
    }
    const functions = linked.graph.functions();
    const signOffs = yield* this.ledger.signOffs(files.values());
    return { files, modules: linked.modules, functions, signOffs, ...(this.history && { history: this.history }) };
  }

  private *link(files: ReadonlyMap<string, FileSummary>, linked: Linked): Turns<void> {
    if (this.pending.size === 0 && !this.projectChanged) return;
    const { pending } = this;
    const project = this.projectChanged ? this.project(files) : undefined;
    this.pending = new Map();
    this.projectChanged = false;
    const byLanguage = new Map<CatalogLanguage, Map<string, FileSummary | undefined>>();
    for (const [path, summary] of pending) {
      // A path keeps its language as long as it keeps its extension.
      const language = summary ? linkLanguage(summary) : languageLinked(path, linked);
      if (!language) continue;
      const changes = byLanguage.get(language) ?? new Map<string, FileSummary | undefined>();
      changes.set(path, summary);
      byLanguage.set(language, changes);
    }
    for (const language of project ? linked.linkers.keys() : [])
      if (!byLanguage.has(language)) byLanguage.set(language, new Map());
    const relinked = new Map<string, { summary: FileSummary; links: FileLinks } | undefined>();
    for (const [language, changes] of byLanguage) {
      const linker = linkerOf(language, linked);
      for (const path of yield* linker.update(changes, project)) {
        const summary = files.get(path);
        const links = linker.linksOf(path);
        if (summary && links) relinked.set(path, { summary, links });
      }
      for (const [path, summary] of changes) if (!summary) relinked.set(path, undefined);
    }
    for (const path of linked.resumed) {
      const summary = files.get(path);
      const links = summary && linked.linkers.get(linkLanguage(summary))?.linksOf(path);
      if (links) relinked.set(path, { summary, links });
    }
    linked.resumed.clear();
    yield* linked.graph.update(relinked);
    linked.modules = modulesAfter(linked, relinked.keys());
  }

  private project(files: ReadonlyMap<string, FileSummary>): Project {
    const { configurations } = this;
    const folders = new Set<string>([""]);
    for (const path of files.keys()) {
      for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
        const folder = path.slice(0, slash);
        if (folders.has(folder)) break;
        folders.add(folder);
      }
    }
    return {
      configuration: (path) => configurations.get(path),
      configurations: [...configurations.keys()].sort(),
      hasFile: (path) => files.has(path),
      hasFolder: (path) => folders.has(path),
    };
  }
}

function nothingLinked(userCatalog: UserCatalog): Linked {
  return { userCatalog, linkers: new Map(), graph: new CallGraph(), resumed: new Set(), modules: new Map() };
}

function modulesAfter({ linkers, modules }: Linked, relinked: Iterable<string>): ReadonlyMap<string, string> {
  let after: Map<string, string> | undefined;
  for (const path of relinked) {
    let module: string | undefined;
    for (const linker of linkers.values()) module ??= linker.moduleOf(path);
    if (module === modules.get(path)) continue;
    after ??= new Map(modules);
    if (module === undefined) after.delete(path);
    else after.set(path, module);
  }
  return after ?? modules;
}

function languageLinked(path: string, { linkers }: Linked): CatalogLanguage | undefined {
  for (const [language, linker] of linkers) if (linker.linksOf(path)) return language;
  return undefined;
}

function linkerOf(language: CatalogLanguage, { userCatalog, linkers }: Linked): LanguageLinker {
  let linker = linkers.get(language);
  if (!linker) {
    const catalog = new Catalog(builtinCatalogs[language], userCatalog[language] ?? {});
    linker = new LanguageLinker(languageLinks[language], catalog);
    linkers.set(language, linker);
  }
  return linker;
}

function linkLanguage({ language }: FileSummary): CatalogLanguage {
  return language === "javascript" ? "typescript" : language;
}

function sameTexts(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}
