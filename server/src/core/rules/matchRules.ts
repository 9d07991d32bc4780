import { compileGlob } from "./glob";
import { type PathPattern, pathPatternOf } from "./pathPattern";
import type { Rule, RuleMatch } from "./rule";
import { keysOf, type SymbolPattern, segmentsOf, symbolPatternOf } from "./symbolPattern";

/** A line or a function of a file. */
export interface RulePlace {
  /** Root-relative with `/` separators. */
  path: string;
  /** Callees as written there, dotted: `s.db.Exec`. */
  calls?: readonly string[];
  /** Other names used there: types, fields, the function itself. */
  names?: readonly string[];
}

export interface RuleIndex {
  /**
   * The rules that are about this place, those that name something there first, then those about the file; each group
   * in the order of the rules. A rule not loaded for the file never matches; a general one does not match any place.
   */
  rulesAt(place: RulePlace): RuleMatch[];
}

interface NamedSymbol {
  rule: Rule;
  symbol: string;
  pattern: SymbolPattern;
}

interface NamedPath {
  rule: Rule;
  written: string;
  pattern: PathPattern;
}

export function createRuleIndex(rules: readonly Rule[]): RuleIndex {
  const order = new Map(rules.map((rule, i) => [rule, i]));
  const byPlaceInFile = (a: RuleMatch, b: RuleMatch) => (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0);
  const symbols = indexSymbols(rules);
  const matchFile = fileMatcher(rules);
  let last: { path: string; scope: FileMatches } | undefined;

  return {
    rulesAt({ path, calls = [], names = [] }) {
      // Lines are asked one after the other, file by file.
      if (last?.path !== path) last = { path, scope: matchFile(path) };
      const { isLoaded, matches } = last.scope;
      const named = new Map<Rule, Set<string>>();
      const look = (name: string, isCall: boolean) => {
        const segments = segmentsOf(name);
        for (const key of keysOf(segments)) {
          for (const { rule, symbol, pattern } of symbols.get(key) ?? []) {
            if (pattern.matches(segments, isCall) && isLoaded(rule)) {
              named.set(rule, (named.get(rule) ?? new Set()).add(symbol));
            }
          }
        }
      };
      for (const name of new Set(calls)) look(name, true);
      for (const name of new Set(names)) look(name, false);
      const lines = [...named].map(
        ([rule, found]): RuleMatch => ({ rule, level: "line", why: `names ${listed([...found])}` }),
      );
      return [...lines.sort(byPlaceInFile), ...matches.filter(({ rule }) => !named.has(rule))];
    },
  };
}

function indexSymbols(rules: readonly Rule[]): Map<string, NamedSymbol[]> {
  const index = new Map<string, NamedSymbol[]>();
  for (const rule of rules) {
    for (const symbol of rule.scope.symbols) {
      const pattern = symbolPatternOf(symbol);
      if (pattern !== undefined) append(index, pattern.key, { rule, symbol, pattern });
    }
  }
  return index;
}

/** What rules say of one file. */
export interface FileMatches {
  isLoaded(rule: Rule): boolean;
  /** Those about the file as a whole. */
  matches: RuleMatch[];
}

export function fileMatcher(rules: readonly Rule[]): (path: string) => FileMatches {
  const globsOf = new Map<string, (path: string) => boolean>();
  for (const glob of rules.flatMap((rule) => rule.scope.globs)) {
    if (!globsOf.has(glob)) globsOf.set(glob, compileGlob(glob));
  }
  // A descriptive item is no reason to interrupt somebody who opens the file it mentions.
  const orders = rules.filter((rule) => rule.polarity !== "info");
  const byName = new Map<string, NamedPath[]>();
  const wild: NamedPath[] = [];
  for (const rule of orders) {
    for (const written of rule.scope.paths) {
      const pattern = pathPatternOf(written);
      const named = { rule, written, pattern };
      if (pattern.lastName === undefined) wild.push(named);
      else append(byName, pattern.lastName, named);
    }
  }

  return (path) => {
    const matching = new Set([...globsOf].filter(([, matches]) => matches(path)).map(([glob]) => glob));
    const globFor = (rule: Rule) => rule.scope.globs.find((glob) => matching.has(glob));
    const isLoaded = (rule: Rule) => rule.scope.globs.length === 0 || globFor(rule) !== undefined;
    const candidates = new Set([...path.split("/").flatMap((name) => byName.get(name) ?? []), ...wild]);
    const paths = new Map<Rule, string[]>();
    for (const { rule, written, pattern } of candidates) {
      if (pattern.matches(path) && isLoaded(rule)) append(paths, rule, written);
    }
    const matches = orders.flatMap((rule): RuleMatch[] => {
      const named = paths.get(rule);
      if (named !== undefined) return [{ rule, level: "file", why: `names ${listed(named)}` }];
      const glob = globFor(rule);
      return glob === undefined ? [] : [{ rule, level: "file", why: `scoped to \`${glob}\`` }];
    });
    return { isLoaded, matches };
  };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}
