import type { FileSummary } from "./fileSummary";

type Constraint =
  | { kind: "tag"; name: string }
  | { kind: "not"; of: Constraint }
  | { kind: "and" | "or"; parts: Constraint[] };

/** With more tags of a team's own than these, anything may be in one program. */
const maxOwnTags = 6;

const unixSystems = "aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris".split(" ");
/** Names by which a Go file is for one operating system, or for one kind of machine. */
export const goSystems: ReadonlySet<string> = new Set([
  ..."js nacl plan9 wasip1 windows zos".split(" "),
  ...unixSystems,
]);
export const goMachines: ReadonlySet<string> = new Set(
  "386 amd64 amd64p32 arm armbe arm64 loong64 mips mips64 mips64le mipsle ppc ppc64 ppc64le riscv64 s390x sparc64 wasm".split(
    " ",
  ),
);
/** What building for one system says of another: https://pkg.go.dev/cmd/go#hdr-Build_constraints */
const implied: Readonly<Record<string, string>> = { android: "linux", illumos: "solaris", ios: "darwin" };

/** Whether some program can be made of all of these files: not of `tide_linux.go` and `tide_windows.go`. */
export function canBeBuiltTogether(files: Iterable<Pick<FileSummary, "buildConstraint">>): boolean {
  const texts = new Set<string>();
  for (const { buildConstraint } of files) if (buildConstraint !== undefined) texts.add(buildConstraint);
  if (texts.size < 2) return true;
  const key = [...texts].sort().join("\n");
  let answer = answers.get(key);
  if (answer === undefined) {
    if (answers.size >= maxAnswers) answers.clear();
    answer = isSatisfiable([...texts].map((text) => new ConstraintReader(text).read()));
    answers.set(key, answer);
  }
  return answer;
}

/** A workspace has few different constraints. */
const answers = new Map<string, boolean>();
const maxAnswers = 10_000;

function isSatisfiable(constraints: readonly Constraint[]): boolean {
  const tags = new Set(constraints.flatMap(tagsOf));
  const own = [...tags].filter((tag) => !goSystems.has(tag) && !goMachines.has(tag) && tag !== "unix");
  if (own.length > maxOwnTags) return true;
  // A program is for one of each; of those that nobody names, one stands for all.
  for (const system of [...goSystems, "another system"]) {
    for (const machine of [...tags].filter((tag) => goMachines.has(tag)).concat("another machine")) {
      for (let chosen = 0; chosen < 1 << own.length; chosen++) {
        const holds = (tag: string) => {
          if (tag === "unix") return unixSystems.includes(system);
          if (tag === system || tag === machine || tag === implied[system]) return true;
          const at = own.indexOf(tag);
          return at >= 0 && (chosen & (1 << at)) !== 0;
        };
        if (constraints.every((constraint) => evaluate(constraint, holds))) return true;
      }
    }
  }
  return false;
}

function tagsOf(constraint: Constraint): string[] {
  if (constraint.kind === "tag") return [constraint.name];
  return constraint.kind === "not" ? tagsOf(constraint.of) : constraint.parts.flatMap(tagsOf);
}

function evaluate(constraint: Constraint, holds: (tag: string) => boolean): boolean {
  switch (constraint.kind) {
    case "tag":
      return holds(constraint.name);
    case "not":
      return !evaluate(constraint.of, holds);
    case "and":
      return constraint.parts.every((part) => evaluate(part, holds));
    case "or":
      return constraint.parts.some((part) => evaluate(part, holds));
  }
}

/** Reads `linux && !(cgo || arm64)`. Never throws; what cannot be read is taken for a tag of a team's own. */
class ConstraintReader {
  private readonly tokens: string[];
  private at = 0;

  constructor(text: string) {
    this.tokens = text.match(/&&|\|\||[!()]|[^\s&|!()]+/g)?.slice(0, maxTokens) ?? [];
  }

  read(): Constraint {
    return this.any();
  }

  private any(): Constraint {
    const parts = [this.all()];
    while (this.take("||")) parts.push(this.all());
    return parts.length === 1 ? (parts[0] as Constraint) : { kind: "or", parts };
  }

  private all(): Constraint {
    const parts = [this.one()];
    while (this.take("&&")) parts.push(this.one());
    return parts.length === 1 ? (parts[0] as Constraint) : { kind: "and", parts };
  }

  private one(): Constraint {
    if (this.take("!")) return { kind: "not", of: this.one() };
    if (!this.take("(")) return { kind: "tag", name: this.tokens[this.at++] ?? "" };
    const inner = this.any();
    this.take(")");
    return inner;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }
}

/** Deeper nesting than this is nobody's. */
const maxTokens = 200;
