/** The most patterns one glob's braces expand to; the rest is taken literally, as Claude Code does. */
const MAX_PATTERNS = 1000;
/** A longer glob matches nothing. */
const MAX_LENGTH = 1000;

type Token =
  | { kind: "character"; value: string }
  | { kind: "any" }
  | { kind: "star" }
  | { kind: "class"; test: RegExp };
type Segment = Token[] | "**";

/**
 * Compiles a glob anchored at the root: `**` spans directories, `*`, `?` and `[...]` stay within one, braces expand,
 * `\` escapes, parentheses are literal, dot files are matched. A pattern with an unclosed `[` matches nothing.
 *
 * Not picomatch, because instruction files are not trusted: a regular expression made of a dozen stars takes minutes
 * on a chosen path, this takes at most pattern length times path length.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  if (glob.length > MAX_LENGTH) return () => false;
  const patterns = expandBraces(glob.replace(/^(?:\.?\/)+/, "").replace(/\/$/, "/**"))
    .map(parsePattern)
    .filter((pattern) => pattern !== undefined);
  return (path) => {
    const parts = path.split("/");
    return patterns.some((pattern) => matchesSequence(pattern, parts, isGlobstar, matchesSegment));
  };
}

/** The glob that matches `path` itself. */
export function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}]/g, "\\$&");
}

/** Splits `a, b/{c,d}` at the commas outside braces. */
export function splitGlobs(list: string): string[] {
  const globs: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= list.length; i++) {
    if (list[i] === "{") depth++;
    else if (list[i] === "}") depth--;
    else if (i === list.length || (list[i] === "," && depth <= 0)) {
      globs.push(list.slice(start, i).trim());
      start = i + 1;
    }
  }
  return globs.filter((glob) => glob !== "");
}

/** Expands one brace group at a time, so that the limit holds for nested groups as well. */
function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const pending = [glob];
  while (pending.length > 0) {
    const next = pending.pop() as string;
    const group = innermostGroup(next);
    if (group === undefined || done.length + pending.length + group.options.length > MAX_PATTERNS) done.push(next);
    else for (const option of group.options) pending.push(group.before + option + group.after);
  }
  return done;
}

function innermostGroup(glob: string): { before: string; options: string[]; after: string } | undefined {
  let open = -1;
  for (let i = 0; i < glob.length; i++) {
    if (glob[i] === "\\") i++;
    else if (glob[i] === "{") open = i;
    else if (glob[i] === "}" && open >= 0) {
      const options = glob.slice(open + 1, i).split(",");
      if (options.length > 1) return { before: glob.slice(0, open), options, after: glob.slice(i + 1) };
      open = -1;
    }
  }
  return undefined;
}

function parsePattern(pattern: string): Segment[] | undefined {
  const segments: Segment[] = [];
  for (const part of pattern.split("/")) {
    const segment = part === "**" ? part : parseSegment(part);
    if (segment === undefined) return undefined;
    if (segment !== "**" || segments.at(-1) !== "**") segments.push(segment);
  }
  return segments;
}

function parseSegment(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === "*") {
      if (tokens.at(-1)?.kind !== "star") tokens.push({ kind: "star" });
    } else if (character === "?") tokens.push({ kind: "any" });
    else if (character === "[") {
      const close = text.indexOf("]", i + 2);
      if (close < 0) return undefined;
      const members = text
        .slice(i + 1, close)
        .replace(/^!/, "^")
        .replace(/[\\[]/g, "\\$&");
      try {
        tokens.push({ kind: "class", test: new RegExp(`^[${members}]$`, "u") });
      } catch {
        return undefined;
      }
      i = close;
    } else {
      if (character === "\\") i++;
      tokens.push({ kind: "character", value: text[i] ?? "\\" });
    }
  }
  return tokens;
}

const isGlobstar = (segment: Segment): boolean => segment === "**";
const isStar = (token: Token): boolean => token.kind === "star";

function matchesSegment(segment: Segment, part: string): boolean {
  return matchesSequence(segment as Token[], part, isStar, matchesCharacter);
}

function matchesCharacter(token: Token, character: string): boolean {
  if (token.kind === "character") return token.value === character;
  return token.kind === "any" || (token.kind === "class" && token.test.test(character));
}

/** Wildcard matching that only ever returns to the last wildcard, which is enough and keeps it quadratic. */
function matchesSequence<P, T>(
  pattern: readonly P[],
  items: ArrayLike<T>,
  isWild: (p: P) => boolean,
  matches: (p: P, item: T) => boolean,
): boolean {
  let at = 0;
  let wild = -1;
  let resume = 0;
  for (let i = 0; i < items.length; ) {
    const head = pattern[at];
    if (head !== undefined && isWild(head)) {
      wild = at++;
      resume = i;
    } else if (head !== undefined && matches(head, items[i] as T)) {
      at++;
      i++;
    } else if (wild >= 0) {
      at = wild + 1;
      i = ++resume;
    } else return false;
  }
  while (at < pattern.length && isWild(pattern[at] as P)) at++;
  return at === pattern.length;
}
