import { compileGlob } from "./glob";
import { type PathPattern, pathPatternOf } from "./pathPattern";
import type { Rule, RuleMatch } from "./rule";

interface NamedPath {
  rule: Rule;
  written: string;
  pattern: PathPattern;
}

/** What rules say of one file. */
export interface FileMatches {
  isLoaded(rule: Rule): boolean;
  /** Those about the file as a whole. */
  matches: RuleMatch[];
}

export function fileMatcher(rules: readonly Rule[]): (path: string) => FileMatches {
  const scopes = scopesOf(rules);
  const globs = new Map([...new Set(scopes.flatMap((scope) => scope.globs))].map((glob) => [glob, compileGlob(glob)]));
  const scopeOfRule = new Map(scopes.flatMap((scope) => scope.rules.map((rule) => [rule, scope] as const)));
  // A descriptive item is no reason to interrupt somebody who opens the file it mentions.
  const order = new Map(rules.filter((rule) => rule.polarity !== "info").map((rule, i) => [rule, i]));
  const byName = new Map<string, NamedPath[]>();
  const wild: NamedPath[] = [];
  for (const rule of order.keys()) {
    for (const written of rule.scope.paths) {
      const pattern = pathPatternOf(written);
      const named = { rule, written, pattern };
      if (pattern.lastName === undefined) wild.push(named);
      else append(byName, pattern.lastName, named);
    }
  }

  let last: { path: string; found: FileMatches } | undefined;
  return (path) => {
    // Lines are asked one after the other, file by file.
    if (last?.path !== path) last = { path, found: inFile(path) };
    return last.found;
  };

  function inFile(path: string): FileMatches {
    const matching = new Set([...globs].filter(([, matches]) => matches(path)).map(([glob]) => glob));
    const loaded = new Map<Scope, string>();
    for (const scope of matching.size > 0 ? scopes : []) {
      const glob = scope.globs.find((each) => matching.has(each));
      if (glob !== undefined) loaded.set(scope, glob);
    }
    const isLoaded = (rule: Rule) => {
      const scope = scopeOfRule.get(rule);
      return scope === undefined || loaded.has(scope);
    };
    const found = new Map<Rule, RuleMatch>();
    for (const [{ rules: scoped }, glob] of loaded) {
      for (const rule of scoped) found.set(rule, { rule, level: "file", why: `scoped to \`${glob}\`` });
    }
    const candidates = new Set([...path.split("/").flatMap((name) => byName.get(name) ?? []), ...wild]);
    const named = new Map<Rule, string[]>();
    for (const { rule, written, pattern } of candidates) {
      if (pattern.matches(path) && isLoaded(rule)) append(named, rule, written);
    }
    for (const [rule, names] of named) found.set(rule, { rule, level: "file", why: `names ${listed(names)}` });
    const matches = [...found.values()].filter(({ rule }) => order.has(rule));
    return { isLoaded, matches: matches.sort((a, b) => (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0)) };
  }
}

/** Rules of one file are mostly loaded for the same paths. */
interface Scope {
  globs: readonly string[];
  rules: Rule[];
}

/** Those of the rules that are not loaded everywhere. */
function scopesOf(rules: readonly Rule[]): Scope[] {
  const scopes = new Map<string, Scope>();
  for (const rule of rules) {
    const { globs } = rule.scope;
    if (globs.length === 0) continue;
    const key = JSON.stringify(globs);
    const known = scopes.get(key);
    if (known === undefined) scopes.set(key, { globs, rules: [rule] });
    else known.rules.push(rule);
  }
  return [...scopes.values()];
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
