import type { LanguageId } from "../model/facts";

/** What a call does that matters to a detector. */
export type Role =
  | "acquire"
  | "release"
  | "wait"
  | "sleep"
  | "database"
  | "network"
  | "file"
  | "process"
  | "channel"
  | "spawn"
  | "timer"
  | "handler"
  | "callback"
  | "rate-limit"
  | "cache"
  | "serialise"
  | "deserialise"
  | "log"
  | "assertion"
  | "test"
  | "mock"
  | "sort"
  | "hash"
  | "random"
  | "clock"
  | "error"
  | "exit"
  | "environment"
  | "regular-expression"
  | "dynamic"
  | "atomic"
  | "default"
  | "publish"
  | "template";

/**
 * What is known of one function, method, decorator or type outside the workspace. Type texts are written as in the
 * language itself; a name in them is looked for in the entry's own module, a name with its module in front
 * (`database/sql.Rows`) there.
 */
export interface CatalogEntry {
  role?: Role;
  /** `acquire`, `release`: absent for an exclusive lock. `try` may fail to get it. */
  mode?: "read" | "try" | "try-read";
  /** `database`, `network`, `file`, `cache`: absent when the query text decides or nobody knows. */
  access?: "read" | "write" | "transaction";
  /** Position of the argument that holds the query, the table or model, the route or topic. Zero-based. */
  query?: number;
  table?: number;
  route?: number;
  /**
   * Position of the function that is handed over: run at once (`callback`), in the background (`spawn`), again and
   * again (`timer`), when someone outside asks (`handler`). A negative position counts from the end: `-1` is the last
   * argument. Without it a `handler` or `timer` is a decorator or an annotation of the function itself.
   */
  callback?: number;
  /**
   * What a publisher and its listeners have in common: the text at `route`, of a decorator any of its arguments
   * (`name`); the type of the first argument, of a listener its first parameter (`type`); or the object (`object`).
   */
  topic?: "name" | "type" | "object";
  /** The name under which that function may be given, where arguments have names: Python's `target=`. */
  keyword?: string;
  /** What the method is called on is a function, which it has run elsewhere: Celery's `task.delay()`. */
  runs?: "receiver";
  /** When an object is handed over in place of a function: its method that is run, alternatives with `|`. */
  method?: string;
  /**
   * Of a database, in its calls or in what its driver declares: whether it runs in the process and keeps its data in a
   * local file, or answers over a connection. What one symbol says goes for its module.
   */
  engine?: "embedded" | "server";
  /**
   * `false` for what its role would say blocks and does not: `net/http.NewRequest`; `true` for a `rate-limit` that waits
   * and for a `publish` with a `topic` that goes over the network.
   */
  blocks?: boolean;
  /**
   * Type of the result, or of each of several results. `this` is the type the method is called on, `$result` what the
   * function at `callback` gives; `$callback` alone is that function, `$promised` that function made to give a promise.
   */
  returns?: string | readonly string[];
  /** Types of the parameters of the function at `callback`; of a functional interface, those of its method. */
  callbackParameters?: readonly string[];

  /** Of a type: what kind of lock it is. */
  lock?: "exclusive" | "read-write" | "semaphore" | "condition";
  reentrant?: boolean;
  /** Of a type: its type parameters, which the texts of its members may name. */
  parameters?: readonly string[];
  /** Of a type: what it extends. */
  bases?: readonly string[];
  /** Of a type: the types of its fields; of those that have any name, under `*`. */
  fields?: Readonly<Record<string, string>>;
  /** Of a container type: the type of `x[k]`, of `k`, and of what a loop over it yields when that is not `element`. */
  element?: string;
  key?: string;
  iterates?: string;
  /** Of a module's variable: its type. */
  type?: string;
}

/**
 * Entries by module and then by symbol: `Open`, `DB.Query`. A part of a symbol may list alternatives:
 * `DB|Tx.Query|QueryRow` stands for four methods. So may a module, whole: `example.com/a/v2|example.com/a/v3`. A last
 * part or a last part but one of `*` is any name that nothing else is known of: `Stub.*`, `Client.*.findMany`. A module
 * that begins with `*` is any whose name ends so. The module of what needs no import is `builtin`.
 */
export type CatalogData = Readonly<Record<string, Readonly<Record<string, CatalogEntry>>>>;

/** What well-known APIs of one language mean. */
export class Catalog {
  private readonly modules = new Map<string, Map<string, CatalogEntry>>();
  /** Symbols that leave a name open, by module. */
  private readonly anyNames = new Map<string, Map<string, CatalogEntry>>();
  /** Ends of modules' names, as generators name what they write. */
  private readonly endings: string[] = [];

  /** Later data refines earlier data, property by property. */
  constructor(...layers: readonly CatalogData[]) {
    for (const layer of layers) {
      for (const [modules, symbols] of Object.entries(layer))
        for (const module of modules.split("|")) this.add(module, symbols);
    }
  }

  private add(module: string, symbols: Readonly<Record<string, CatalogEntry>>): void {
    let entries = this.modules.get(module);
    if (!entries) {
      entries = new Map();
      this.modules.set(module, entries);
      if (module.startsWith("*")) this.endings.push(module.slice(1));
    }
    for (const [pattern, entry] of Object.entries(symbols)) {
      if (/(?:^|\.)\*(?:\.|$)/.test(pattern)) this.anyNames.set(module, entries);
      for (const symbol of alternativesOf(pattern)) entries.set(symbol, { ...entries.get(symbol), ...entry });
    }
  }

  hasModule(module: string): boolean {
    return this.modules.has(module) || this.endings.some((ending) => module.endsWith(ending));
  }

  entry(module: string, symbol: string): CatalogEntry | undefined {
    const entries = this.modules.get(module);
    const found = entries?.get(symbol);
    if (found) return found;
    const open = this.anyNames.get(module);
    if (open)
      return anyNameOf(symbol).reduce<CatalogEntry | undefined>((one, name) => one ?? open.get(name), undefined);
    const ending = entries ? undefined : this.endings.find((end) => module.endsWith(end));
    return ending === undefined ? undefined : this.entry(`*${ending}`, symbol);
  }

  /** Every module, symbol and entry. */
  *entries(): Generator<{ module: string; symbol: string; entry: CatalogEntry }> {
    for (const [module, symbols] of this.modules)
      for (const [symbol, entry] of symbols) yield { module, symbol, entry };
  }
}

/** A position among so many arguments; a negative one counts from the end. */
export function positionOf(position: number | undefined, count: number): number | undefined {
  return position === undefined || position >= 0 ? position : count + position;
}

/** `Client.users.findMany` as `Client.*.findMany` and `Client.users.*`, `Stub().Get` as `*.Get` and `*.*` besides. */
function anyNameOf(symbol: string): string[] {
  const last = symbol.lastIndexOf(".");
  if (last < 0) return [];
  const owner = symbol.slice(0, last);
  const above = owner.slice(0, owner.lastIndexOf(".") + 1);
  return [`${above}*${symbol.slice(last)}`, `${owner}.*`, ...(above === "" ? ["*.*"] : [])];
}

/** `A|B.c|d` as `A.c`, `A.d`, `B.c`, `B.d`. */
export function alternativesOf(pattern: string): string[] {
  return pattern
    .split(".")
    .map((part) => part.split("|"))
    .reduce<string[]>(
      (symbols, names) =>
        symbols.length === 0 ? names : symbols.flatMap((symbol) => names.map((name) => `${symbol}.${name}`)),
      [],
    );
}

/** JavaScript is TypeScript here: one catalog serves both. */
export type CatalogLanguage = Exclude<LanguageId, "javascript">;
