/** Longer samples are not read, longer patterns not understood by anybody. */
const maxSample = 40;
const maxPattern = 400;
const maxDepth = 20;

/**
 * Texts that a regular expression is meant for, as far as its syntax is the one Python and JavaScript share: the first
 * of every choice with few repetitions, and the last of every choice with more. The expression itself is never run.
 */
export function samplesOf(pattern: string): string[] {
  if (pattern.length > maxPattern) return [];
  const samples = [new PatternReader(pattern, false).read(), new PatternReader(pattern, true).read()];
  const known = samples.filter((sample) => sample !== undefined && sample !== "" && sample.length <= maxSample);
  return [...new Set(known as string[])];
}

/** The expression of `re.compile(r"...")` or `/.../g`. */
export function patternIn(text: string): string | undefined {
  const compiled = /^(?:re\.)?compile\(\s*[rR]?(["'])((?:[^\\\r\n]|\\.)*?)\1\s*(?:,[^"']*)?\)/.exec(text);
  if (compiled) return compiled[2];
  return /^\/((?:[^\\/[\r\n]|\\.|\[(?:[^\]\\]|\\.)*\])+)\//.exec(text)?.[1];
}

const letters: Readonly<Record<string, readonly [string, string]>> = {
  d: ["1", "7"],
  w: ["a", "b"],
  s: [" ", " "],
  S: ["a", "z"],
  D: ["a", "-"],
  W: ["-", " "],
  n: ["\n", "\n"],
  t: ["\t", "\t"],
  r: ["\r", "\r"],
  b: ["", ""],
  B: ["", ""],
  A: ["", ""],
  Z: ["", ""],
  z: ["", ""],
};

class PatternReader {
  private at = 0;
  private depth = 0;
  private isBroken = false;

  constructor(
    private readonly pattern: string,
    private readonly isLast: boolean,
  ) {}

  read(): string | undefined {
    const sample = this.choice();
    return this.isBroken || this.at < this.pattern.length ? undefined : sample;
  }

  private choice(): string {
    if (this.depth >= maxDepth) this.isBroken = true;
    if (this.isBroken) return "";
    this.depth++;
    const choices = [this.sequence()];
    while (this.takes("|")) choices.push(this.sequence());
    this.depth--;
    return (this.isLast ? choices.at(-1) : choices[0]) as string;
  }

  private sequence(): string {
    let sample = "";
    while (this.at < this.pattern.length && !this.isBroken && !"|)".includes(this.pattern[this.at] as string)) {
      const atom = this.atom();
      sample += atom.repeat(this.repetitions());
      if (sample.length > maxSample) this.isBroken = true;
    }
    return sample;
  }

  private atom(): string {
    const character = this.pattern[this.at++] as string;
    switch (character) {
      case "^":
      case "$":
        return "";
      case ".":
        return this.isLast ? "y" : "x";
      case "(":
        return this.group();
      case "[":
        return this.oneOf();
      case "\\":
        return this.escaped();
      default:
        return character;
    }
  }

  private group(): string {
    const kind = /^\?(?::|P?<[A-Za-z_]\w*>|[=!]|<[=!])/.exec(this.pattern.slice(this.at, this.at + 40))?.[0] ?? "";
    if (kind === "" && this.pattern[this.at] === "?") this.isBroken = true;
    this.at += kind.length;
    const inner = this.choice();
    if (!this.takes(")")) this.isBroken = true;
    return /[=!]$/.test(kind) ? "" : inner;
  }

  private oneOf(): string {
    const isNegated = this.takes("^");
    const members: string[] = [];
    for (let isFirst = true; this.at < this.pattern.length; isFirst = false) {
      if (!isFirst && this.takes("]")) break;
      const from = this.member();
      if (this.pattern[this.at] === "-" && this.pattern[this.at + 1] !== "]") {
        this.at++;
        members.push(from, this.member());
      } else members.push(from);
    }
    if (isNegated) return ["x", "1", " "].find((letter) => !members.includes(letter)) ?? "";
    return (this.isLast ? members.at(-1) : members[0]) ?? "";
  }

  private member(): string {
    const character = this.pattern[this.at++] ?? "";
    return character === "\\" ? this.escaped() : character;
  }

  /** Behind a backslash. */
  private escaped(): string {
    const character = this.pattern[this.at++] ?? "";
    const known = Object.hasOwn(letters, character) ? letters[character] : undefined;
    if (known) return known[this.isLast ? 1 : 0];
    // References back and characters by their number.
    if (/[A-Za-z0-9]/.test(character)) this.isBroken = true;
    return character;
  }

  private repetitions(): number {
    let count = 1;
    const counted = /^\{(\d*)(,?)(\d*)\}/.exec(this.pattern.slice(this.at, this.at + 12));
    if (this.takes("*") || this.takes("?")) count = this.isLast ? 1 : 0;
    else if (this.takes("+")) count = this.isLast ? 2 : 1;
    else if (counted && counted[0] !== "{}") {
      this.at += counted[0].length;
      const least = Number(counted[1] || 0);
      const most = counted[2] === "" ? least : Number(counted[3] || least + 1);
      count = Math.min(maxSample, this.isLast ? most : least);
    } else return 1;
    if (!this.takes("?")) this.takes("+");
    return count;
  }

  private takes(character: string): boolean {
    if (this.pattern[this.at] !== character) return false;
    this.at++;
    return true;
  }
}
