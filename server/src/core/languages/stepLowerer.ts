import { type Span, spanOf } from "../base/text";
import type {
  AssignStep,
  BranchArm,
  CallStep,
  JumpStep,
  LiteralValue,
  LoopStep,
  OperationValue,
  Step,
  Value,
  VariableFacts,
} from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { detached, shortestSlice, type TextTable } from "../syntax/textTable";

/** What `pathThrough` says of a value that is reached in no way it can write down. */
export const unknownPath = "?";

/** Writes down values and the steps that make them, in the form all languages share. */
export abstract class StepLowerer {
  private readonly strings = new Map<string, string>();
  private steps: Step[] = [];

  constructor(protected readonly texts: TextTable) {}

  protected abstract declareLocal(name: string): void;
  /** Whether the innermost function binds the name itself. */
  protected abstract isLocal(name: string): boolean;

  /** What was emitted outside every function. */
  protected get emitted(): Step[] {
    return this.steps;
  }

  /** The text of a node, detached from the file so that keeping it does not keep the whole file in memory. */
  protected text(node: SyntaxNode | undefined): string {
    return node ? this.texts.textOf(node.start, node.end) : "";
  }

  protected detach(text: string): string {
    if (text.length < shortestSlice) return text;
    const known = this.strings.get(text);
    if (known !== undefined) return known;
    const copy = detached(text);
    this.strings.set(copy, copy);
    return copy;
  }

  /** The text of a node on one line, cut to a length a person still reads. */
  protected shortText(node: SyntaxNode | undefined, length = 120): string {
    const text = (node?.text ?? "").replace(/\s+/g, " ");
    return this.detach(text.length > length ? `${text.slice(0, length - 1)}…` : text);
  }

  protected emit(step: Step): void {
    this.steps.push(step);
  }

  /** Runs `lower` and returns the steps it emitted. */
  protected collect(lower: () => void): Step[] {
    const outer = this.steps;
    const steps: Step[] = [];
    this.steps = steps;
    try {
      lower();
    } finally {
      this.steps = outer;
    }
    return steps;
  }

  protected arm(node: Span, lower: () => void, labels: Value[] = [], isDefault = false): BranchArm {
    return { start: node.start, end: node.end, labels, isDefault, steps: this.collect(lower) };
  }

  /** `break_statement` and its like, which every grammar names alike. */
  protected jump(node: SyntaxNode, label?: SyntaxNode): void {
    const form = node.kind.replace("_statement", "") as JumpStep["form"];
    this.emit({ start: node.start, end: node.end, kind: "jump", form, label: this.text(label) || undefined });
  }

  /** Lowers a statement that has a name for jumps. */
  protected labelled(label: SyntaxNode | undefined, lower: () => void): void {
    const steps = this.collect(lower);
    const target = steps.findLast((step) => step.kind === "loop" || step.kind === "branch");
    if (target) target.label = this.text(label);
    for (const step of steps) this.emit(step);
  }

  /** A value that is stored: a plain local variable is assigned, everything else is written. */
  protected store(
    node: Span,
    target: Value,
    operator: string,
    value: Value,
    declares: boolean,
    known?: Pick<AssignStep, "type" | "origin">,
  ): void {
    if (target.kind === "composite") {
      for (const part of target.parts)
        this.store(
          part,
          part,
          operator,
          { start: value.start, end: value.end, kind: "other", parts: [value] },
          declares,
        );
      return;
    }
    if (target.kind !== "path") return;
    const span = spanOf(node);
    const isPlainName = /^[^.[(]+$/.test(target.path);
    if (isPlainName && (declares || this.isLocal(target.path))) {
      if (declares) this.declareLocal(target.path);
      this.emit({
        start: span.start,
        end: span.end,
        kind: "assign",
        target: target.path,
        operator,
        value,
        declares,
        ...known,
      });
    } else {
      this.emit({
        start: span.start,
        end: span.end,
        kind: "write",
        path: target.path,
        operator,
        value,
        keys: target.keys ?? [],
      });
    }
  }

  protected read(value: Value): Value {
    if (value.kind === "path") this.emit({ start: value.start, end: value.end, kind: "read", path: value.path });
    return value;
  }

  protected operation(node: Span, operator: string, operands: Value[]): OperationValue {
    return { start: node.start, end: node.end, kind: "operation", operator, operands };
  }

  /** The right side of `&&`, `||` or `??` runs only sometimes, so its steps go into an arm of their own. */
  protected shortCircuit(
    node: Span,
    operator: string,
    left: Value,
    lowerRight: () => Value,
    variables?: VariableFacts[],
  ): Value {
    let right: Value = this.other(node);
    const arm = this.arm(node, () => {
      right = lowerRight();
    });
    if (arm.steps.some((step) => step.kind !== "read")) {
      this.emit({
        start: node.start,
        end: node.end,
        kind: "branch",
        form: "logical",
        condition: this.letsRun(node, operator, left),
        arms: [{ ...arm, start: right.start, end: right.end, ...(variables && { variables }) }],
      });
    } else {
      for (const step of arm.steps) this.emit(step);
    }
    return this.operation(node, operator, [left, right]);
  }

  /** What must hold for the right side to run. */
  private letsRun(node: Span, operator: string, left: Value): Value | undefined {
    if (operator.startsWith("??")) return undefined;
    return /^(?:\|\||or)/.test(operator) ? this.operation(node, "!", [left]) : left;
  }

  /** `a ? b : c`, whose sides run only sometimes. `known` is what the condition tells of variables on each side. */
  protected conditionalValue(
    node: SyntaxNode,
    condition: Value,
    sides: readonly (SyntaxNode | undefined)[],
    lowerSide: (side: SyntaxNode) => Value,
    known: readonly (VariableFacts[] | undefined)[] = [],
  ): Value {
    const values: Value[] = [];
    const arms = sides.map((side, i) => {
      const arm = this.arm(side ?? node, () => values.push(side ? lowerSide(side) : this.other(node)), [], i === 1);
      const variables = known[i];
      return variables ? { ...arm, variables } : arm;
    });
    if (arms.some((arm) => arm.steps.some((step) => step.kind !== "read"))) {
      this.emit({ start: node.start, end: node.end, kind: "branch", form: "conditional", condition, arms });
    } else {
      for (const arm of arms) for (const step of arm.steps) this.emit(step);
    }
    const [then = this.other(node), otherwise = this.other(node)] = values;
    return { start: node.start, end: node.end, kind: "conditional", condition, then, else: otherwise };
  }

  protected eachLoop(
    node: Span,
    over: Value | undefined,
    variables: VariableFacts[],
    body: Step[],
    form: "each" | "comprehension" = "each",
  ): LoopStep {
    const { start, end } = node;
    return { start, end, kind: "loop", form, over, variables, condition: undefined, header: [], body };
  }

  /** `testsFirst` is false where the body runs once before the condition is looked at. */
  protected testedLoop(
    node: Span,
    form: "for" | "while",
    lowerCondition: () => Value | undefined,
    lowerBody: () => void,
    testsFirst = true,
  ): LoopStep {
    const { start, end } = node;
    let condition: Value | undefined;
    const test = () => {
      condition = lowerCondition();
    };
    const header = testsFirst ? this.collect(test) : [];
    const body = this.collect(() => {
      lowerBody();
      if (!testsFirst) test();
    });
    return { start, end, kind: "loop", form, over: undefined, variables: [], condition, header, body };
  }

  protected literal(node: SyntaxNode, type: LiteralValue["type"]): LiteralValue {
    const text =
      type === "string"
        ? this.shortText(node, 200).replace(/^[a-zA-Z]{0,2}("""|'''|["'`])([\s\S]*)\1$/, "$2")
        : this.shortText(node);
    return { start: node.start, end: node.end, kind: "literal", type, text: this.detach(text) };
  }

  protected other(node: Span, parts: Value[] = []): Value {
    return { start: node.start, end: node.end, kind: "other", parts };
  }

  /** The path of a value that something is reached through: `rows().next` for a call's result. */
  protected pathThrough(value: Value): string {
    if (value.kind === "path") return value.path;
    if (value.kind === "call") return `${value.callee}()`;
    return unknownPath;
  }

  /** A member of a value, reached the way the value itself is. */
  protected memberOf(node: Span, object: Value, name: string, through = this.pathThrough(object)): Value {
    const keys = object.kind === "path" ? object.keys : undefined;
    const path = this.detach(`${through}.${name}`);
    return { start: node.start, end: node.end, kind: "path", path, ...(keys && { keys }) };
  }

  /** An element of a value; the keys on the way to it are kept in order. */
  protected elementOf(node: Span, object: Value, key: Value | undefined): Value {
    const keys = [...(object.kind === "path" ? (object.keys ?? []) : []), ...(key ? [key] : [])];
    return { start: node.start, end: node.end, kind: "path", path: this.detach(`${this.pathThrough(object)}[]`), keys };
  }

  protected call(
    node: SyntaxNode,
    callee: string,
    args: Value[],
    extra: Pick<CallStep, "constructs" | "awaited" | "narrows"> = {},
  ): Value {
    const step = {
      start: node.start,
      end: node.end,
      kind: "call" as const,
      callee: this.detach(callee),
      arguments: args,
      ...extra,
    };
    this.emit(step);
    return { start: node.start, end: node.end, kind: "call", callee: step.callee, arguments: args };
  }
}
