import { lineAt } from "../../base/text";
import type { CallStep, FileFacts, FunctionFacts, LoopStep, OperationValue, Step, Value } from "../../model/facts";
import { type LiteralUse, literalsOf } from "../../model/literals";
import { type StepContext, valuesInside, valuesOf, valuesWithin, walkSteps } from "../../model/walkSteps";
import {
  canBeKey,
  compositeKey,
  describeKey,
  isAddress,
  isDefaultValue,
  isFormatting,
  isHardRegex,
  isKnownBeside,
  isSameWhoeverComesFirst,
  isSortResult,
  keyParts,
  rootOf,
  short,
  sortCall,
  textOf,
  worksOnBits,
} from "./values";

/** Why a function is hard to explain: what its code shows, and in the last five what its history tells. */
export type EvidenceKind =
  | "complexity"
  | "nesting"
  | "unexplained-literal"
  | "bucketing"
  | "composite-key"
  | "order-dependence"
  | "tie-break"
  | "silent-default"
  | "shared-mutable-state"
  | "nested-exit"
  | "regular-expression"
  | "bit-manipulation"
  | "recursion"
  | "dynamic-dispatch"
  | "concurrency"
  | "no-why"
  | "vague-names"
  | "fan-in"
  | "often-changed"
  | "recent-fixes"
  | "fixed-file"
  | "one-shot"
  | "ai-written";

export interface Evidence {
  kind: EvidenceKind;
  /** A sentence part a person can check against the line. */
  detail: string;
  /** 1-based. */
  line: number;
}

/** Evidence of one function found in its own steps; what depends on other functions is added when scores are made. */
export function collectEvidence(fn: FunctionFacts, file: FileFacts): Evidence[] {
  const collector = new Collector(fn, file);
  walkSteps(fn.steps, (step, context) => collector.step(step, context));
  collector.literals(literalsOf(fn));
  collector.names();
  return collector.evidence;
}

/** Whether comments inside the body say why: a reason, or more than a few words. */
export function isExplainedInside(fn: FunctionFacts, file: FileFacts): boolean {
  const inside = file.comments.filter(({ start, end }) => start > fn.nameSpan.end && end < fn.end);
  const text = inside.map((comment) => comment.text).join(" ");
  return reasonWord.test(text) || (text.match(/\p{L}{3,}/gu) ?? []).length >= 20;
}

const reasonWord =
  /\b(because|so that|since|otherwise|avoid|in case|in order to|must|ensures?|to prevent|workaround|due to|needed (for|to)|instead of)\b/i;

/** Divisors that turn one unit into another; a quotient by them is a bucket only where it becomes a key. */
const unitDivisors = new Set(["60", "1000", "1024", "60.0", "1000.0", "1e3", "1e6", "1_000"]);

/** Numbers every reader knows: counters, halves, percentages, sizes of bytes and words. */
const plainNumbers = new Set([
  "0",
  "1",
  "-1",
  "2",
  "0.0",
  "1.0",
  "0.5",
  "10",
  "100",
  "1000",
  "1024",
  "0n",
  "1n",
  "0L",
  "1L",
]);
const defaultCall = /\.(get|setdefault|getOrDefault|orElse|orElseGet|getattr)$|^getattr$/;
const dynamicCall =
  /^(eval|exec|getattr|setattr|__import__|importlib\.import_module|reflect\.\w+|Reflect\.\w+|Class\.forName|Proxy|Function)$|\.(MethodByName|FieldByName|getDeclaredMethod|getMethod|invoke|newInstance)$/;
const lookupMethods = new Set(["get", "has", "contains", "containsKey", "getOrDefault", "Load"]);
const keyedMethods = new Set([
  "get",
  "has",
  "set",
  "put",
  "add",
  "contains",
  "containsKey",
  "getOrDefault",
  "setdefault",
]);
const storeMethods = new Set(["set", "put"]);
const regexCall = /^(re\.\w+|regexp\.(Must)?Compile(POSIX)?|RegExp|Pattern\.compile)$/;
const lockCall = /\.(Lock|RLock|TryLock|Unlock|RUnlock|acquire|tryLock|lock|unlock)$/;
const asyncCall =
  /^(Promise\.(all|race|any|allSettled)|asyncio\.(gather|create_task|wait)|atomic\.\w+|CompletableFuture\.(supplyAsync|runAsync|allOf|anyOf))$/;
const vagueNames = new Set(
  "data datas tmp temp val vals value values res result results ret out obj item items thing things info arr list dict map stuff foo bar x y z a b c d e f g h k l m n o p q r s t u v w x1 x2 cur acc flag".split(
    " ",
  ),
);

class Collector {
  readonly evidence: Evidence[] = [];
  private readonly seen = new Set<string>();
  private readonly sorted = new Map<string, number>();
  private readonly keyLike = new Map<string, Value>();
  private readonly local = new Set<string>();
  private readonly membership = new Set<string>();
  /** Where the parts of composite keys start. */
  private readonly inKeys = new Set<number>();
  private readonly counters: ReadonlySet<string>;

  constructor(
    private readonly fn: FunctionFacts,
    private readonly file: FileFacts,
  ) {
    this.counters = countersOf(fn);
  }

  step(step: Step, context: StepContext): void {
    for (const value of valuesOf(step)) this.values(value);
    switch (step.kind) {
      case "call":
        return this.call(step, context);
      case "read":
        if (step.path.endsWith("[]")) this.membership.add(step.path.slice(0, -2));
        return;
      case "assign":
        if (step.declares) this.local.add(step.target);
        if (compositeKey(step.value)) this.keyLike.set(step.target, step.value);
        if (isSortResult(step.value)) this.sorted.set(step.target, step.start);
        return;
      case "write":
        return this.write(step, context);
      case "branch":
        return this.branch(step, context);
      case "loop":
        return this.loop(step);
      case "jump":
        if (step.form === "goto") this.add("nested-exit", `jumps to \`${step.label ?? ""}\``, step.start);
        else if (step.label && context.loops.length >= 2) {
          const does = step.form === "continue" ? "goes on with an outer loop" : "leaves an outer loop";
          this.add("nested-exit", `\`${step.form} ${step.label}\` ${does}`, step.start);
        } else if (step.label) return;
        else if (
          context.loops.length >= 2 &&
          step.form === "break" &&
          (!context.inSwitch || this.file.language === "python")
        ) {
          this.add("nested-exit", `leaves the inner of ${context.loops.length} loops early`, step.start, "break");
        }
        return;
      case "return":
        if (context.loops.length >= 2) {
          this.add("nested-exit", `returns from inside ${context.loops.length} loops`, step.start, "return");
        }
        return;
      case "spawn":
        return this.add("concurrency", "starts work that runs beside it", step.start, "spawn");
      case "channel":
        return this.add(
          "concurrency",
          `${step.form === "send" ? "sends on" : "receives from"} \`${step.path}\``,
          step.start,
          "channel",
        );
      case "scope":
        if (step.form === "synchronized")
          this.add("concurrency", `holds \`${textOf(step.resource)}\``, step.start, "lock");
        return;
    }
  }

  literals(uses: LiteralUse[]): void {
    const dispatched = new Map<string, number>();
    for (const { literal, role, beside } of uses) {
      if (literal.type === "regex") {
        if (isHardRegex(literal.text))
          this.add("regular-expression", `matches \`${short(literal.text)}\``, literal.start, literal.text);
        continue;
      }
      if (literal.type === "number" && (role === "decision" || role === "arithmetic")) {
        if (plainNumbers.has(literal.text)) continue;
        if (isKnownBeside(literal.text, beside)) continue;
        const key = `${role}:${literal.text}`;
        if (role === "decision" && beside) {
          const count = (dispatched.get(beside) ?? 0) + 1;
          dispatched.set(beside, count);
          if (count > 2) continue;
        }
        const verb = role === "decision" ? "compares" : "calculates";
        const use = beside ? `${verb} \`${short(beside)}\` with` : `${verb} with`;
        this.add("unexplained-literal", `${use} ${literal.text}, which no name explains`, literal.start, key);
      }
    }
  }

  names(): void {
    const names = [...this.local].filter((name) => name !== "_" && name !== "err" && name !== "ok");
    const vague = names.filter((name) => vagueNames.has(name));
    if (vague.length >= 3 && vague.length * 2 > names.length) {
      const listed = vague.slice(0, 5).map((name) => `\`${name}\``);
      this.add("vague-names", `${listed.join(", ")} do not say what they hold`, this.fn.start);
    }
  }

  /** Without a generator: every value of every function comes through here. */
  private values(value: Value): void {
    this.value(value);
    for (const inner of valuesInside(value)) this.values(inner);
  }

  private value(value: Value): void {
    if (compositeKey(value)) for (const part of valuesWithin(value)) this.inKeys.add(part.start);
    if (value.kind === "operation") this.operation(value);
    if (value.kind === "path") for (const key of value.keys ?? []) this.key(key, value.path.replace(/\[\]$/, ""));
  }

  private operation(operation: OperationValue): void {
    const { operator, operands } = operation;
    const right = operands[1];
    if (operator === "%" && !isFormatting(operation)) {
      const by = textOf(right as Value);
      if (by !== "2" && by !== "10")
        this.add("bucketing", `keeps the remainder of a division by \`${by}\``, operation.start, `%${by}`);
    } else if (operator === "//" || (operator === "/" && this.dividesWhole(operation))) {
      this.quotient(right as Value, operation.start);
    } else if (/^(<<|>>>?|&\^)$/.test(operator) || (/^[&|^]$/.test(operator) && worksOnBits(operation))) {
      this.add("bit-manipulation", `works on single bits with \`${operator}\``, operation.start, operator);
    } else if ((operator === "||" || operator === "??") && isDefaultValue(right)) {
      this.add(
        "silent-default",
        `a missing value becomes \`${textOf(right as Value)}\``,
        operation.start,
        textOf(operands[0] as Value),
      );
    }
    if ((operator === "in" || operator === "not in") && right) this.membership.add(textOf(right));
  }

  /** What is left after a whole division: a bucket where it becomes part of a key. */
  private quotient(divisor: Value, start: number): void {
    const by = textOf(divisor);
    if (this.inKeys.has(start)) return this.add("bucketing", `puts into buckets of \`${by}\``, start, `/${by}`);
    if (unitDivisors.has(by) || by === "2" || by === "10" || by === "100") return;
    this.add("bucketing", `drops what is left after dividing by \`${by}\``, start, `/${by}`);
  }

  /** Go and Java divide whole numbers without a sign of it; elsewhere a rounding call says so. */
  private dividesWhole(operation: OperationValue): boolean {
    const isTyped = this.file.language === "go" || this.file.language === "java";
    const divisor = operation.operands[1];
    return isTyped && divisor?.kind === "literal" && /^\d+[lL]?$/.test(divisor.text);
  }

  private key(key: Value, container: string): void {
    const composite = compositeKey(key) ? key : key.kind === "path" ? this.keyLike.get(key.path) : undefined;
    if (!composite || (composite.kind !== "composite" && composite.kind !== "operation")) return;
    if (isAddress(composite)) return;
    const parts = keyParts(composite).filter((part) => part.kind !== "literal");
    const listed = parts.slice(0, 4).map(textOf);
    this.add(
      "composite-key",
      `\`${container}\` is keyed by ${parts.length} things at once (${listed.join(", ")})`,
      composite.start,
      "key",
    );
  }

  private call(call: CallStep, context: StepContext): void {
    const { callee } = call;
    const [, container, method] = /^(.*)\.(\w+)$/.exec(callee) ?? [];
    if (container && lookupMethods.has(method as string)) this.membership.add(container);
    if (container && storeMethods.has(method as string) && call.arguments.length === 2) {
      this.entry(container, [call.arguments[0] as Value], call.arguments[1] as Value, call.start, context);
    }
    if (sortCall.test(callee)) this.sort(call);
    if (regexCall.test(callee)) {
      const pattern = call.arguments.find((argument) => argument.kind === "literal" && argument.type === "string");
      if (pattern?.kind === "literal" && isHardRegex(pattern.text)) {
        this.add("regular-expression", `matches \`${short(pattern.text)}\``, call.start, pattern.text);
      }
    }
    if (defaultCall.test(callee)) {
      const fallback =
        call.arguments.length >= 2 ? call.arguments.at(-1) : callee.endsWith("orElse") ? call.arguments[0] : undefined;
      if (fallback && isDefaultValue(fallback)) {
        this.add(
          "silent-default",
          `a missing ${describeKey(call.arguments[0])} becomes \`${textOf(fallback)}\``,
          call.start,
          textOf(call.arguments[0] as Value),
        );
      }
    }
    if (/^Math\.(floor|trunc|floorDiv)$|^math\.(floor|Floor|trunc|Trunc)$|^int$/.test(callee)) {
      const argument = call.arguments[0];
      if (argument?.kind === "operation" && argument.operator === "/")
        this.quotient(argument.operands[1] as Value, call.start);
    }
    if (callee.endsWith(".Truncate") || callee.endsWith(".truncatedTo"))
      this.add("bucketing", `rounds down with \`${callee}\``, call.start, callee);
    if (dynamicCall.test(callee))
      this.add("dynamic-dispatch", `\`${callee}\` decides at run time what is reached`, call.start, callee);
    if (lockCall.test(callee) || asyncCall.test(callee))
      this.add(
        "concurrency",
        `\`${callee}\` orders it against other work`,
        call.start,
        lockCall.test(callee) ? "lock" : callee,
      );
    const [first] = call.arguments;
    if (container && keyedMethods.has(method as string) && first && canBeKey(first)) this.key(first, container);
  }

  private sort(call: CallStep): void {
    const target = call.arguments[0]?.kind === "path" ? call.arguments[0].path : call.callee.replace(/\.\w+$/, "");
    this.sorted.set(target, call.start);
    this.sorted.set(`${call.callee}()`, call.start);
  }

  private write(step: Extract<Step, { kind: "write" }>, context: StepContext): void {
    for (const key of step.keys) this.key(key, step.path.replace(/\[\]$/, ""));
    const root = rootOf(step.path);
    const isParameter = this.fn.parameters.some((parameter) => parameter.name === root && !parameter.rest);
    if (isParameter && root !== this.fn.receiver?.name) {
      this.add("shared-mutable-state", `changes its argument \`${root}\``, step.start, `argument ${root}`);
    } else if (this.fn.form === "closure" && !step.path.includes(".") && !this.local.has(root)) {
      this.add("shared-mutable-state", `changes \`${root}\` of the code around it`, step.start, `captured ${root}`);
    }
    if (step.path.endsWith("[]") && step.operator === "=")
      this.entry(step.path.slice(0, -2), step.keys, step.value, step.start, context);
  }

  /** An entry of a map is set. */
  private entry(container: string, keys: readonly Value[], value: Value, start: number, context: StepContext): void {
    const innermost = context.loops.at(-1);
    if (innermost) {
      if (
        value.kind === "path" &&
        context.loops.some(({ variables }) => variables.some(({ name }) => name === value.path))
      ) {
        this.add(
          "shared-mutable-state",
          `\`${container}\` keeps the object of the loop itself, not a copy`,
          start,
          `alias ${container}`,
        );
      }
      // Filling a map by a key of its own is everyday code; it matters who wins when entries are expected to meet.
      if (
        this.membership.has(container) &&
        !isSameWhoeverComesFirst(value, container) &&
        !keys.some((key) => this.isPosition(key, context))
      ) {
        const detail = `which entry stays in \`${container}\` depends on the order they come in`;
        this.add("order-dependence", detail, start, `wins ${container}`);
      }
    }
  }

  /** An index that counts places: each is written once, so no entry replaces another. */
  private isPosition(key: Value, context: StepContext): boolean {
    return [...valuesWithin(key)].every(
      (part) =>
        part.kind === "literal" ||
        part.kind === "operation" ||
        (part.kind === "path" &&
          (this.counters.has(part.path) ||
            context.loops.some(({ variables }) => variables.some(({ name }) => name === part.path)))),
    );
  }

  private branch(step: Extract<Step, { kind: "branch" }>, context: StepContext): void {
    if (!step.condition || step.form === "logical") return;
    for (const value of valuesWithin(step.condition)) {
      if (
        value.kind === "operation" &&
        [">", ">=", "<", "<="].includes(value.operator) &&
        this.keepsBest(value, step, context)
      ) {
        const between = value.operator.length === 2 ? "the last" : "the first";
        this.add(
          "tie-break",
          `on equal values of \`${textOf(value.operands[0] as Value)}\` ${between} one is kept`,
          value.start,
          "best",
        );
      }
    }
  }

  /** `if new > best { best = new }`, the running best of a loop. */
  private keepsBest(
    comparison: OperationValue,
    step: Extract<Step, { kind: "branch" }>,
    context: StepContext,
  ): boolean {
    if (context.loops.length === 0 || comparison.operands.some((operand) => operand.kind === "literal")) return false;
    const roots = comparison.operands.map((operand) => rootOf(textOf(operand)));
    const stores = (step.arms[0]?.steps ?? []).filter((inner) => inner.kind === "assign" || inner.kind === "write");
    // Of a bare number the equal ones cannot be told apart: something must be kept with it.
    return stores.some(
      (inner) =>
        (inner.kind === "assign" &&
          stores.length >= 2 &&
          inner.operator === "=" &&
          !inner.declares &&
          roots.includes(inner.target) &&
          roots.includes(rootOf(textOf(inner.value)))) ||
        (inner.kind === "assign" &&
          inner.operator === "=" &&
          !inner.declares &&
          comparison.operands.some((operand) => textOf(operand).startsWith(`${inner.target}.`))) ||
        (inner.kind === "write" && inner.path.endsWith("[]") && roots.includes(rootOf(inner.path))),
    );
  }

  private loop(step: LoopStep): void {
    const over = step.over && textOf(step.over);
    if (!over) return;
    const isSorted = this.sorted.has(over) || (step.over && isSortResult(step.over));
    if (isSorted && step.form === "each")
      this.add(
        "order-dependence",
        "goes through a sorted sequence, so the outcome hangs on the sort",
        step.start,
        "sorted",
      );
  }

  private add(kind: EvidenceKind, detail: string, offset: number, key = detail): void {
    const id = `${kind} ${key}`;
    if (this.seen.has(id)) return;
    this.seen.add(id);
    this.evidence.push({ kind, detail, line: lineAt(this.file.lineStarts, offset) + 1 });
  }
}

/** Variables that are counted up or down somewhere in the function. */
function countersOf(fn: FunctionFacts): Set<string> {
  const counters = new Set<string>();
  walkSteps(fn.steps, (step) => {
    if (step.kind === "assign" && (step.operator === "+" || step.operator === "-")) counters.add(step.target);
  });
  return counters;
}
