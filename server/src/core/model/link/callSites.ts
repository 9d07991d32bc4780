import type { CallSummary, FileSummary } from "../fileSummary";
import { enclosingType } from "./closureUses";
import { lastName } from "./typeExpression";

/** A call with arguments, outside tests. */
export interface CallSite {
  file: FileSummary;
  call: CallSummary;
  /** The type around it. */
  typeName: string | undefined;
}

/**
 * The calls of a file that tell what functions are given, each with every name that what it calls may be declared by:
 * what an import says is called has the name it has there, and a module's default export also goes by the module.
 * None in tests, which give other things, and in languages where parameters have types.
 */
export function* callSitesIn(file: FileSummary): Generator<[name: string, site: CallSite]> {
  if (file.isTest || file.language === "go" || file.language === "java") return;
  const imported = new Map(file.imports.map(({ localName, module, member }) => [localName, { module, member }]));
  const namesOf = ({ callee, origin = callee }: CallSummary): string[] => {
    const [, derived] = /^<super ([^>]+)>(?:\.__init__)?$/.exec(origin) ?? [];
    if (derived !== undefined) return file.types.find(({ name }) => name === derived)?.bases.map(lastName) ?? [];
    const name = /[\w$]+$/.exec(origin)?.[0];
    if (name === undefined || name === "__init__") return [];
    const from = name === origin ? imported.get(name) : undefined;
    if (from === undefined) return [name];
    const declared = from.member === undefined || from.member === "default" ? moduleName(from.module) : from.member;
    return declared === name ? [name] : [name, declared];
  };
  const sitesOf = function* (calls: readonly CallSummary[], typeName: string | undefined) {
    for (const call of calls) {
      if (call.arguments.length === 0) continue;
      const site: CallSite = { file, call, typeName };
      for (const name of namesOf(call)) yield [name, site] satisfies [string, CallSite];
    }
  };
  yield* sitesOf(file.calls, undefined);
  for (const fn of file.functions) yield* sitesOf(fn.calls, enclosingType(file, fn));
}

/** The name by which imports of a file may call what it exports by default: `userService` of `./userService.js`. */
export function moduleName(path: string): string {
  const [name = "", folder = ""] = path.split("/").reverse();
  const bare = name.replace(/\.[cm]?[jt]sx?$/, "");
  return bare === "index" ? folder : bare;
}

/** Calls by what they may call. */
export class CallSites {
  private readonly sites = new Map<string, Set<CallSite>>();

  add(file: FileSummary): void {
    for (const [name, site] of callSitesIn(file)) {
      const sites = this.sites.get(name);
      if (sites) sites.add(site);
      else this.sites.set(name, new Set([site]));
    }
  }

  remove(file: FileSummary): void {
    for (const name of new Set([...callSitesIn(file)].map(([called]) => called))) {
      const sites = this.sites.get(name);
      for (const site of sites ?? []) if (site.file === file) sites?.delete(site);
      if (sites?.size === 0) this.sites.delete(name);
    }
  }

  named(name: string): ReadonlySet<CallSite> {
    return this.sites.get(name) ?? noSites;
  }
}

const noSites: ReadonlySet<CallSite> = new Set();
