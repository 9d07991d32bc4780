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

  let last: { path: string; found: FileMatches } | undefined;
  return (path) => {
    // Lines are asked one after the other, file by file.
    if (last?.path !== path) last = { path, found: inFile(path) };
    return last.found;
  };

  function inFile(path: string): FileMatches {
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
  }
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
