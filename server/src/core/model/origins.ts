import type { Span } from "../base/text";
import { isComparison, rootOf } from "./accessPath";
import type { AccessPath, FileFacts, FunctionFacts, Step, Value, VariableFacts } from "./facts";
import type { BranchFlow, CallSummary, ExitFlow, FailureSummary, Flow, LoopFlow } from "./fileSummary";
import { stepsInside } from "./walkSteps";

/** Longer paths are not followed: what they lead to is past the understanding of a reader too. */
const maxPathLength = 240;
const maxQuotedLength = 160;
const maxReads = 40;
const nothing = "";

/** What a function calls, writes and returns, as closed paths that can be understood without its steps. */
export interface ClosedFunction {
  calls: CallSummary[];
  returns: AccessPath[];
  writes: AccessPath[];
  writeStarts: number[];
  reads: AccessPath[];
  readStarts: number[];
  failures: FailureSummary;
  flow: Flow[];
}

/** Where the names visible at one place get their values, innermost block first. */
class Scope {
  private readonly origins = new Map<string, AccessPath>();
  private fresh: Map<string, boolean> | undefined;
  /** Whether type parameters are among the names, each as `<T>`. */
  isGeneric: boolean;

  constructor(readonly outer: Scope | undefined) {
    this.isGeneric = outer?.isGeneric ?? false;
  }

  lookup(name: string): AccessPath | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) {
      const origin = scope.origins.get(name);
      if (origin !== undefined) return origin;
    }
    return undefined;
  }

  bind(name: string, origin: AccessPath): void {
    this.origins.set(name, origin);
  }

  own(name: string): AccessPath | undefined {
    return this.origins.get(name);
  }

  /** Whether a name stands for an object that was made here. */
  isFresh(name: string): boolean {
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) {
      const known = scope.fresh?.get(name);
      if (known !== undefined) return known;
    }
    return false;
  }

  setFresh(name: string, isFresh: boolean): void {
    if (!isFresh && !this.isFresh(name)) return;
    this.fresh ??= new Map();
    this.fresh.set(name, isFresh);
  }

  /** The scope that binds a name. */
  ownerOf(name: string): Scope | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) if (scope.origins.has(name)) return scope;
    return undefined;
  }
}

/** Paths in the order in which they first occur, and where. */
class AccessList {
  readonly paths: AccessPath[] = [];
  readonly starts: number[] = [];
  private readonly indices = new Map<AccessPath, number>();

  /** @returns the index of the path; -1 when there are too many */
  add(path: AccessPath, start: number, most: number): number {
    const known = this.indices.get(path);
    if (known !== undefined) {
      if (this.starts[known] === -1) this.starts[known] = start;
      return known;
    }
    if (this.paths.length >= most) return -1;
    this.indices.set(path, this.paths.length);
    this.starts.push(start);
    return this.paths.push(path) - 1;
  }
}

/** Closes the functions of a file, those inside others with the names around them in view. */
export function closeFile(file: FileFacts): { functions: ClosedFunction[]; calls: CallSummary[] } {
  const closed = new Array<ClosedFunction | undefined>(file.functions.length);
  const closeFunction = (index: number, around: Scope | undefined): void => {
    if (closed[index]) return;
    const fn = file.functions[index] as FunctionFacts;
    const scope = new Scope(around);
    const parent = fn.parent === undefined ? undefined : file.functions[fn.parent];
    if (parent && isCalledByName(fn, parent)) scope.bind(fn.name, `<func#${index}>`);
    const closer = new FunctionCloser(file, index, scope, (inner, visible) => closeFunction(inner, visible));
    closed[index] = closer.close(fn.steps);
  };
  const outside = new FunctionCloser(file, undefined, new Scope(undefined), (inner) => closeFunction(inner, undefined));
  const { calls } = outside.close(file.steps);
  for (const index of file.functions.keys()) closeFunction(index, undefined);
  return { functions: closed as ClosedFunction[], calls };
}

class FunctionCloser {
  private readonly calls: CallSummary[] = [];
  private readonly returns = new Set<AccessPath>();
  private readonly writes = new AccessList();
  private readonly reads = new AccessList();
  /** Whether the order of accesses and locks matters here. */
  private readonly touchesLocks: boolean;
  /** The call that gave a local its value. */
  private readonly callOf = new Map<string, number>();
  /** Loops and switches around this place, innermost last. */
  private readonly breakable: ("loop" | "switch")[] = [];
  private readonly throws = new Set<AccessPath>();
  private returnsNull = false;
  private swallows = 0;
  /** Blocks around this place whose errors are caught. */
  private guards = 0;
  private readonly functionScope: Scope;
  private readonly blockScoped: boolean;

  constructor(
    private readonly file: FileFacts,
    private readonly index: number | undefined,
    scope: Scope,
    private readonly closeInner: (index: number, scope: Scope) => void,
  ) {
    this.functionScope = scope;
    this.blockScoped = file.language !== "python";
    const fn = this.fn;
    this.touchesLocks = fn?.steps.some(touchesLock) ?? false;
    if (fn) this.bindHeader(fn, scope);
  }

  close(steps: readonly Step[]): ClosedFunction {
    const scope = this.functionScope;
    this.bindInnerFunctions(scope);
    const flow = this.walk(steps, scope);
    this.closeDeclaredInside(scope);
    const failures = { returnsNull: this.returnsNull, throws: [...this.throws].slice(0, 8), swallows: this.swallows };
    return {
      calls: this.calls,
      returns: [...this.returns],
      writes: this.writes.paths,
      writeStarts: this.writes.starts,
      reads: this.reads.paths,
      readStarts: this.reads.starts,
      failures,
      flow,
    };
  }

  private get isScript(): boolean {
    return this.file.language === "typescript" || this.file.language === "javascript";
  }

  private get fn(): FunctionFacts | undefined {
    return this.index === undefined ? undefined : this.file.functions[this.index];
  }

  private bindHeader(fn: FunctionFacts, scope: Scope): void {
    if (fn.typeName) {
      const own = `<${fn.typeName}>`;
      const isStatic = fn.modifiers.includes("static");
      if (this.file.language !== "go" && this.file.language !== "python")
        scope.bind("this", isStatic ? fn.typeName : own);
      if (this.file.language !== "go") scope.bind("super", `<super ${fn.typeName}>`);
      if (fn.receiver) scope.bind(fn.receiver.name, fn.decorators.includes("classmethod") ? fn.typeName : own);
    }
    if (this.file.language === "go") this.bindTypeParameters(fn, scope);
    fn.resultNames?.forEach((name, i) => {
      scope.bind(name, this.typed(fn.results[i] ?? "", scope));
    });
    fn.parameters.forEach((parameter, i) => {
      const variadic = parameter.rest && this.file.language !== "typescript" ? "..." : "";
      const origin = parameter.type ? this.typed(`${variadic}${parameter.type}`, scope) : `<func#${this.index}@${i}>`;
      scope.bind(parameter.name, origin);
      for (const part of parameter.parts ?? [])
        scope.bind(part.name, part.type ? `<${part.type}>` : join(origin, part.origin ?? nothing));
    });
  }

  /** Inside the function a type parameter is as good as what it must be. */
  private bindTypeParameters(fn: FunctionFacts, scope: Scope): void {
    const names = fn.receiver?.typeParameters;
    const declared = names && this.file.types.find(({ name }) => name === fn.typeName)?.typeParameters;
    const ofReceiver = names?.map((name, i) => ({ name, bound: declared?.[i]?.bound }));
    for (const { name, bound } of ofReceiver ?? fn.typeParameters) {
      scope.isGeneric = true;
      scope.bind(`<${name}>`, bound ?? "any");
    }
  }

  /** A value of a declared type. */
  private typed(type: string, scope: Scope): AccessPath {
    if (!scope.isGeneric) return `<${type}>`;
    const known = type.replace(/(?<![.\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*(?![\p{L}\p{N}_.:])/gu, (name) => {
      const bound = scope.lookup(`<${name}>`);
      return bound === undefined ? name : /[|~]/.test(bound) ? `(${bound})` : bound;
    });
    return `<${known}>`;
  }

  /** A named function inside is known by its name before the line that declares it. */
  private bindInnerFunctions(scope: Scope): void {
    if (this.index === undefined) return;
    for (let i = this.index + 1; i < this.file.functions.length; i++) {
      const inner = this.file.functions[i] as FunctionFacts;
      if (inner.start >= (this.fn as FunctionFacts).end) break;
      if (inner.parent === this.index && isCalledByName(inner, this.fn)) scope.bind(inner.name, `<func#${i}>`);
    }
  }

  private closeDeclaredInside(scope: Scope): void {
    if (this.index === undefined) return;
    for (let i = this.index + 1; i < this.file.functions.length; i++) {
      const inner = this.file.functions[i] as FunctionFacts;
      if (inner.start >= (this.fn as FunctionFacts).end) break;
      if (inner.parent === this.index) this.closeInner(i, scope);
    }
  }

  private walk(steps: readonly Step[], scope: Scope): Flow[] {
    const flow: Flow[] = [];
    const headers = this.file.language === "go" ? headersOf(steps) : undefined;
    let visible = scope;
    for (const step of steps) {
      const isHeader = headers?.has(step) ?? false;
      if (isHeader && visible === scope) visible = new Scope(scope);
      const node = this.step(step, visible);
      if (node !== undefined) flow.push(node);
      if (!isHeader) visible = scope;
    }
    return flow;
  }

  /** Steps that bind names for themselves only, where the language has blocks. */
  private block(steps: readonly Step[], scope: Scope, variables: readonly VariableFacts[] = []): Flow[] {
    const inner = this.blockScoped || variables.length > 0 ? new Scope(scope) : scope;
    for (const variable of variables) this.bindVariable(variable, inner);
    return this.walk(steps, inner);
  }

  private step(step: Step, scope: Scope): Flow | undefined {
    switch (step.kind) {
      case "call": {
        const origin = this.closed(step.callee, scope, true);
        const { start, end, callee } = step;
        const given = step.arguments.map((argument) => this.argumentOrigin(argument, scope));
        this.calls.push(
          origin === callee
            ? { start, end, callee, arguments: given }
            : { start, end, callee, origin, arguments: given },
        );
        for (const variable of step.narrows ?? []) this.bindVariable(variable, scope);
        return this.calls.length - 1;
      }
      case "assign":
        this.assign(step, scope);
        return undefined;
      case "write":
        if (step.path === "_") return undefined;
        return this.access("write", this.closed(step.path, scope), step, scope);
      case "read":
        return this.noteRead(step, scope);
      case "lambda":
        this.closeInner(step.function, scope);
        return undefined;
      case "branch": {
        const isSwitch = step.form === "switch" || step.form === "select";
        if (isSwitch) this.breakable.push("switch");
        const arms = step.arms.map((arm) => this.block(arm.steps, scope, arm.variables));
        if (isSwitch) this.breakable.pop();
        for (const variable of step.narrows ?? []) this.bindVariable(variable, scope);
        const polls = step.form === "select" && step.arms.some(({ isDefault }) => isDefault);
        const exhaustive = step.form === "select" || step.arms.some(({ isDefault }) => isDefault);
        if (arms.every((arm) => arm.length === 0)) return undefined;
        const node: BranchFlow = { kind: "branch", arms, exhaustive };
        if (polls) node.polls = true;
        if (step.form === "if" && step.condition) {
          node.test = inShort(step.condition);
          const call = this.callTested(step.condition);
          if (call !== undefined) node.call = call;
        }
        return node;
      }
      case "loop": {
        const inner = this.blockScoped || step.form === "comprehension" ? new Scope(scope) : scope;
        for (const variable of step.variables) this.bindVariable(variable, inner);
        const over = step.over && this.originOf(step.over, scope);
        this.breakable.push("loop");
        const body = [...this.walk(step.header, inner), ...this.walk(step.body, inner)];
        this.breakable.pop();
        if (body.length === 0) return undefined;
        const node: LoopFlow = { kind: "loop", form: step.form, start: step.start, body };
        if (over) node.over = over;
        if (step.condition) node.test = inShort(step.condition);
        const bound = boundOf(step);
        if (bound !== undefined) node.bound = bound;
        return node;
      }
      case "try": {
        const catches = step.catches.length > 0 ? 1 : 0;
        this.guards += catches;
        const body = this.block(step.body, scope);
        this.guards -= catches;
        this.swallows += step.catches.filter(({ steps }) => !steps.some(leaves)).length;
        const handlers = step.catches.map((arm) =>
          this.block(
            arm.steps,
            scope,
            arm.variable
              ? [{ name: arm.variable, ...(arm.types.length === 1 && { type: arm.types[0] as string }) }]
              : [],
          ),
        );
        const last = this.block(step.finally, scope);
        const isEmpty = body.length + last.length === 0 && handlers.every((arm) => arm.length === 0);
        return isEmpty ? undefined : { kind: "try", body, catches: handlers, finally: last };
      }
      case "scope": {
        const resource = this.originOf(step.resource, scope);
        const variable = step.variable;
        const bound = variable && (variable.type || variable.origin) ? variable : undefined;
        const inner = this.blockScoped ? new Scope(scope) : scope;
        if (bound) this.bindVariable(bound, inner);
        else if (variable) inner.bind(variable.name, resource);
        const written = step.resource.kind === "path" && step.resource.path !== resource && step.resource.path;
        const body = this.walk(step.body, inner);
        return { kind: "scope", form: step.form, start: step.start, resource, ...(written && { written }), body };
      }
      case "spawn":
      case "defer": {
        const body = this.walk(step.steps, scope);
        return body.length > 0 ? { kind: step.kind, body } : undefined;
      }
      case "channel":
        return { kind: "channel", form: step.form, path: this.closed(step.path, scope), start: step.start };
      case "return":
        this.returnsNull ||= step.values.some((value) => value.kind === "literal" && value.type === "null");
        if (this.fn?.results.length === 0) this.noteReturn(step.values, scope);
        return this.returnExit(step, scope);
      case "yield":
        // What is yielded once is what a `with` statement gets.
        if (step.value && this.fn?.results.length === 0 && this.fn.decorators.some(isContextManager))
          this.noteReturn([step.value], scope);
        return undefined;
      case "throw":
        if (this.guards === 0) this.throws.add(step.value ? this.originOf(step.value, scope) : nothing);
        return { kind: "exit", form: "throw", start: step.start };
      case "jump":
        return this.jump(step);
      default:
        for (const inner of stepsInside(step)) this.walk(inner, scope);
        return undefined;
    }
  }

  private noteRead(step: Extract<Step, { kind: "read" }>, scope: Scope): Flow | undefined {
    // A field, or a variable of the file.
    if (scope.lookup(step.path) !== undefined) return undefined;
    const origin = this.closed(step.path, scope);
    const isOutside = origin.includes(".") || /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(origin);
    return isOutside ? this.access("read", origin, step, scope) : undefined;
  }

  private access(
    kind: "read" | "write",
    path: AccessPath,
    { path: written, start }: { path: AccessPath; start: number },
    scope: Scope,
  ): Flow | undefined {
    const list = kind === "read" ? this.reads : this.writes;
    const isFresh = scope.isFresh(rootOf(written));
    const index = list.add(path, isFresh ? -1 : start, kind === "read" ? maxReads : Number.POSITIVE_INFINITY);
    return this.touchesLocks && !isFresh && index >= 0 ? { kind, index, start } : undefined;
  }

  private returnExit(step: Extract<Step, { kind: "return" }>, scope: Scope): Flow {
    const exit: ExitFlow = { kind: "exit", form: "return", start: step.start };
    if (!this.touchesLocks) return exit;
    const values = step.values.map((value) => this.originOf(value, scope));
    if (values.some((value) => value.includes("."))) exit.values = values;
    return exit;
  }

  private jump({ form, label, start }: Extract<Step, { kind: "jump" }>): Flow | undefined {
    if (form !== "break" && form !== "continue") return undefined;
    const exit: ExitFlow = { kind: "exit", form, start };
    if (label !== undefined) exit.label = label;
    else if (form === "break" && this.blockScoped && this.breakable.at(-1) === "switch") exit.ofSwitch = true;
    return exit;
  }

  /** The call whose result, or its negation, a condition is. */
  private callTested(condition: Value): number | undefined {
    const value = condition.kind === "operation" && condition.operator === "!" ? condition.operands[0] : condition;
    if (value?.kind === "path") return this.callOf.get(value.path);
    return value?.kind === "call" ? this.callAt(value) : undefined;
  }

  private callAt({ start, end }: Span): number | undefined {
    for (let i = this.calls.length - 1; i >= 0; i--) {
      const call = this.calls[i] as CallSummary;
      if (call.start === start && call.end === end) return i;
      if (call.end < start) return undefined;
    }
    return undefined;
  }

  private noteReturn(values: readonly Value[], scope: Scope): void {
    if (values.length !== 1 || this.returns.size >= 4) return;
    const origin = this.originOf(values[0] as Value, scope);
    if (origin && origin !== "null") this.returns.add(origin);
  }

  private bindVariable(variable: VariableFacts, scope: Scope): void {
    const origin = variable.type
      ? this.typed(variable.type, scope)
      : variable.origin
        ? this.closed(variable.origin, scope)
        : nothing;
    scope.bind(variable.name, origin);
  }

  private assign(step: Extract<Step, { kind: "assign" }>, scope: Scope): void {
    if (this.touchesLocks) {
      const call = step.value.kind === "call" ? this.callAt(step.value) : undefined;
      if (call === undefined) this.callOf.delete(step.target);
      else this.callOf.set(step.target, call);
    }
    if (step.operator === "=") scope.setFresh(step.target, step.value.kind === "composite");
    const origin = step.type
      ? this.typed(step.type, scope)
      : step.origin
        ? this.closed(step.origin, scope)
        : step.operator === "="
          ? this.originOf(step.value, scope)
          : nothing;
    if (step.declares && this.blockScoped) {
      // Go's `a, err := f()` declares only what is new in its block.
      const isOneOfSeveral = step.value.kind === "other" && this.file.language === "go";
      if (isOneOfSeveral && isTelling(scope.own(step.target) ?? nothing)) return;
      scope.bind(step.target, origin);
      return;
    }
    const owner = scope.ownerOf(step.target);
    const known = owner?.lookup(step.target);
    // A variable keeps the type it was declared with, except in Python, where the last value counts.
    const keeps = known !== undefined && isTelling(known) && (this.blockScoped || !isTelling(origin));
    if (!keeps) (owner && this.isInside(owner) ? owner : this.functionScope).bind(step.target, origin);
  }

  /** Whether a scope belongs to this function, and not to one around it. */
  private isInside(scope: Scope): boolean {
    for (let current: Scope | undefined = this.functionScope.outer; current; current = current.outer)
      if (current === scope) return false;
    return true;
  }

  private closed(written: AccessPath, scope: Scope, isCallee = false): AccessPath {
    const path = scope.isGeneric
      ? written.replace(/<([^<>#]+)>/g, (_, type: string) => this.typed(type, scope))
      : written;
    const root = rootOf(path);
    const rest = path.slice(root.length);
    if (root.startsWith("<")) {
      const lambda = /^<func#(\d+)>$/.exec(root);
      if (lambda) this.closeInner(Number(lambda[1]), scope);
      if (root.startsWith("<each ")) {
        const element = this.closed(root.slice("<each ".length, -1), scope);
        return join(element === nothing ? "<list>" : `<each ${literalType(element) ?? element}>`, rest);
      }
    }
    if (root === "super" && this.file.language === "python")
      return rest.startsWith("()") ? join(scope.lookup(root) ?? nothing, rest.slice(2)) : path;
    // In Java a method may have the name of a variable.
    const isMethod = this.file.language === "java" && (rest.startsWith("()") || (isCallee && rest === ""));
    const origin = isMethod && root !== "this" && root !== "super" ? undefined : scope.lookup(root);
    return origin === undefined ? bounded(path) : join(origin, rest);
  }

  /** An argument given by name is written `name=path`. */
  private argumentOrigin(argument: Value, scope: Scope): AccessPath {
    const [key] = argument.kind === "composite" && this.file.language === "python" ? (argument.keys ?? []) : [];
    const [value] = argument.kind === "composite" && argument.form === "object" ? argument.parts : [];
    return key?.kind === "path" && value
      ? `${key.path}=${this.originOf(value, scope)}`
      : this.originOf(argument, scope);
  }

  private originOf(value: Value, scope: Scope): AccessPath {
    switch (value.kind) {
      case "path":
        return seenAs(this.closed(value.path, scope), value);
      case "call":
        // What `f.bind(x)` gives calls `f`.
        if (this.isScript && value.callee.endsWith(".bind")) return this.closed(value.callee.slice(0, -5), scope);
        return seenAs(join(this.closed(value.callee, scope, true), "()"), value);
      case "literal":
        return value.seenAs ? `<${value.seenAs}>` : literalOrigin(value.type, value.text);
      case "composite":
        return value.typeName ? this.typed(value.typeName, scope) : compositeOrigin(value);
      case "lambda":
        this.closeInner(value.function, scope);
        return `<func#${value.function}>`;
      case "conditional":
        return this.firstTelling([value.then, value.else], scope);
      case "operation":
        return this.operationOrigin(value, scope);
      default:
        return nothing;
    }
  }

  private operationOrigin(value: Extract<Value, { kind: "operation" }>, scope: Scope): AccessPath {
    switch (value.operator) {
      case "||":
      case "??":
      case "or":
        return this.firstTelling(value.operands, scope);
      case "&&":
        return this.firstTelling([...value.operands].reverse(), scope);
      case "%":
      case "+": {
        const [first = nothing, second = nothing] = value.operands.map((operand) => this.originOf(operand, scope));
        // The start of a text that is put together says what it is about: the verb and table of a query.
        if (first.startsWith('"')) return value.operator === "+" ? concatenated(first, second) : first;
        return isText(first) ? first : isText(second) || second.startsWith('"') ? "<string>" : nothing;
      }
      case "[:]":
        return value.operands[0] ? this.originOf(value.operands[0], scope) : nothing;
      default:
        return isComparison(value.operator) ? "<boolean>" : nothing;
    }
  }

  private firstTelling(values: readonly Value[], scope: Scope): AccessPath {
    for (const value of values) {
      const origin = this.originOf(value, scope);
      if (isTelling(origin)) return origin;
    }
    return nothing;
  }
}

/** Whether a step takes or gives back what may be a lock: what it is is known once it is linked. */
function touchesLock(step: Step): boolean {
  if (step.kind === "call") return /(?:lock|acquire|release|exclusive|enter|leave)\w*$/i.test(step.callee);
  if (step.kind === "scope" && step.form !== "resource") return true;
  return stepsInside(step).some((steps) => steps.some(touchesLock));
}

const maxTestLength = 80;

/** A value as it might be written, cut. */
function inShort(value: Value): string {
  const text = inFull(value, 4);
  return text.length > maxTestLength ? `${text.slice(0, maxTestLength - 1)}…` : text;
}

function inFull(value: Value, depth: number): string {
  if (depth === 0) return "…";
  switch (value.kind) {
    case "path":
      return value.path;
    case "literal":
      return value.type === "string" ? JSON.stringify(value.text) : value.text;
    case "call":
      return `${value.callee}(${value.arguments.map((argument) => inFull(argument, depth - 1)).join(", ")})`;
    case "operation": {
      const [first = "…", ...others] = value.operands.map((operand) => inFull(operand, depth - 1));
      return others.length === 0 ? `${value.operator}${first}` : [first, ...others].join(` ${value.operator} `);
    }
    default:
      return "…";
  }
}

/** How often a loop runs at most, where that is written. */
function boundOf({ over, condition }: Extract<Step, { kind: "loop" }>): number | undefined {
  if (over?.kind === "composite") return over.parts.length;
  const limit =
    over?.kind === "call" && /^(?:range|xrange)$/.test(over.callee)
      ? over.arguments[over.arguments.length > 1 ? 1 : 0]
      : over?.kind === "literal"
        ? over
        : condition?.kind === "operation" && /^<=?$/.test(condition.operator)
          ? condition.operands[1]
          : undefined;
  const count = limit?.kind === "literal" && limit.type === "number" ? Number(limit.text) : Number.NaN;
  return Number.isFinite(count) ? count : undefined;
}

function isContextManager(decorator: string): boolean {
  return /^(contextlib\.)?(async)?contextmanager$/.test(decorator);
}

function leaves(step: Step): boolean {
  return step.kind === "return" || step.kind === "throw" || stepsInside(step).some((steps) => steps.some(leaves));
}

/** Whether a function inside another is bound to its name, which a member of an object or a class is not. */
function isCalledByName(inner: FunctionFacts, outer: FunctionFacts | undefined): boolean {
  return inner.name !== "" && !inner.typeName && inner.symbol === `${outer?.symbol}.${inner.name}`;
}

/** The steps in front of a branch or loop that are part of it, so that what they declare is gone behind it. */
function headersOf(steps: readonly Step[]): ReadonlySet<Step> | undefined {
  let headers: Set<Step> | undefined;
  let start = Number.POSITIVE_INFINITY;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i] as Step;
    if (step.start >= start) {
      headers ??= new Set();
      headers.add(step);
    } else start = step.kind === "branch" || step.kind === "loop" ? step.start : Number.POSITIVE_INFINITY;
  }
  return headers;
}

function isText(origin: AccessPath): boolean {
  return /^<(string|String|str)>$/.test(origin);
}

/** A cast says what a value is, wherever it comes from. */
function seenAs(origin: AccessPath, { seenAs: type }: { seenAs?: string }): AccessPath {
  return type === undefined ? origin : bounded(`${literalType(origin) ?? origin}<${type}>`);
}

function isTelling(origin: AccessPath): boolean {
  return origin !== nothing && origin !== "null";
}

function literalOrigin(type: Extract<Value, { kind: "literal" }>["type"], text: string): AccessPath {
  if (type === "string") return JSON.stringify(text.slice(0, maxQuotedLength));
  if (type === "regex") return "<RegExp>";
  if (type === "null") return "null";
  return text.slice(0, 40);
}

function compositeOrigin(value: Extract<Value, { kind: "composite" }>): AccessPath {
  switch (value.form) {
    case "template":
      return templateOrigin(value.parts);
    case "list":
    case "map":
    case "set":
      return `<${value.form}>`;
    default:
      return nothing;
  }
}

function concatenated(first: AccessPath, second: AccessPath): AccessPath {
  const added = second.startsWith('"') ? (JSON.parse(second) as string) : "?";
  return JSON.stringify(((JSON.parse(first) as string) + added).slice(0, maxQuotedLength));
}

/** The text of a template with `?` where values go. */
function templateOrigin(parts: readonly Value[]): AccessPath {
  const text = parts.map((part) => (part.kind === "literal" && part.type === "string" ? part.text : "?")).join("");
  return JSON.stringify(text.slice(0, maxQuotedLength));
}

/** A path that goes on from where a value comes from. */
function join(origin: AccessPath, rest: string): AccessPath {
  if (rest === "") return origin;
  if (origin === nothing) return lastSeenAs(rest);
  return bounded(`${literalType(origin) ?? origin}${rest}`);
}

/** What is left of a path when its start is not known: what follows the last `<T>`, which says what the value is. */
function lastSeenAs(rest: string): AccessPath {
  let depth = 0;
  let start = -1;
  for (let i = 0; i < rest.length; i++) {
    if (rest[i] === "<" && rest[i + 1] !== "-") {
      if (depth++ === 0) start = i;
    } else if (rest[i] === ">" && rest[i - 1] !== "-" && rest[i - 1] !== "=") depth--;
  }
  return start < 0 ? nothing : bounded(rest.slice(start));
}

/** What a literal's text is, when it is one. */
export function literalType(origin: AccessPath): AccessPath | undefined {
  const first = origin.charCodeAt(0);
  if (first === 34) return "<string>";
  // Signs, a point, and digits; a slash between them starts nothing.
  if (first >= 43 && first <= 57 && first !== 44 && first !== 47) return "<number>";
  if (origin === "true" || origin === "false" || origin === "True" || origin === "False") return "<boolean>";
  return origin === "null" ? nothing : undefined;
}

function bounded(path: AccessPath): AccessPath {
  return path.length > maxPathLength ? nothing : path;
}
