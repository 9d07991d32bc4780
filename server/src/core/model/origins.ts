import type { Span } from "../base/text";
import { Accessors } from "./accessors";
import { rootOf } from "./accessPath";
import { constantsOf, outcomeOf } from "./constantConditions";
import type { AccessPath, FileFacts, FunctionFacts, Step, Value, VariableFacts } from "./facts";
import { FieldUses, type FileLocks } from "./fieldUses";
import type { BranchFlow, CallSummary, ExitFlow, FailureSummary, Flow, KeptFunction, LoopFlow } from "./fileSummary";
import { bindHeader } from "./headerNames";
import { HeldElements } from "./heldElements";
import { handedOn, KeptFunctions } from "./keptFunctions";
import { isTelling, nothing } from "./originPaths";
import { Scope } from "./scope";
import {
  assignFlow,
  boundOf,
  callsAlone,
  headersOf,
  inShort,
  intervalOf,
  isContextManager,
  isCopy,
  leaves,
  makesObject,
  namesGoneBy,
  noNames,
  shownBy,
  touchesLock,
} from "./stepShapes";
import { ValueOrigins } from "./valueOrigins";
import { stepsInside } from "./walkSteps";

/** What a function calls, writes and returns, as closed paths that can be understood without its steps. */
export interface ClosedFunction {
  calls: CallSummary[];
  returns: AccessPath[];
  writes: AccessPath[];
  writeStarts: number[];
  reads: AccessPath[];
  readStarts: number[];
  keeps: readonly KeptFunction[];
  failures: FailureSummary;
  flow: Flow[];
}

/** What is known of a file once its functions are closed. */
export interface ClosedFile extends Pick<FileFacts, "types" | "constants"> {
  functions: ClosedFunction[];
  calls: CallSummary[];
}

/** Closes the functions of a file, those inside others with the names around them in view. */
export function closeFile(file: FileFacts): ClosedFile {
  const closed = new Array<ClosedFunction | undefined>(file.functions.length);
  const shared = { locks: locksIn(file), accessors: new Accessors(file), elements: HeldElements.of(file) };
  const closeFunction = (index: number, around: Scope | undefined): void => {
    if (closed[index]) return;
    const fn = file.functions[index] as FunctionFacts;
    const scope = new Scope(around, true);
    const parent = fn.parent === undefined ? undefined : file.functions[fn.parent];
    if (parent && isCalledByName(fn, parent)) scope.bind(fn.name, `<func#${index}>`);
    const closer = new FunctionCloser(file, shared, index, scope, (inner, visible) => closeFunction(inner, visible));
    closed[index] = closer.close(fn.steps);
  };
  const outside = new FunctionCloser(file, shared, undefined, new Scope(undefined), (inner) =>
    closeFunction(inner, undefined),
  );
  const { calls } = outside.close(file.steps);
  for (const index of file.functions.keys()) closeFunction(index, undefined);
  const { types, constants } = shared.elements?.added() ?? file;
  return { functions: closed as ClosedFunction[], calls, types, constants };
}

/** What is collected of all functions of a file together. */
interface Shared {
  locks: FileLocks;
  accessors: Accessors;
  elements: HeldElements | undefined;
}

function locksIn(file: FileFacts): FileLocks {
  const functions = file.functions.map(({ steps }) => steps.some(touchesLock));
  return {
    functions,
    anywhere: functions.includes(true),
    variables: new Set(file.constants.map(({ name }) => name)),
    constants: constantsOf(file),
  };
}

class FunctionCloser {
  private readonly calls: CallSummary[] = [];
  private readonly returns = new Set<AccessPath>();
  private readonly origins: ValueOrigins;
  private readonly uses: FieldUses;
  private readonly kept: KeptFunctions;
  /** Whether the order of accesses and locks matters here. */
  private readonly touchesLocks: boolean;
  /** Names whose other values make what is held another lock. */
  private readonly lockNames: ReadonlySet<string>;
  /** The call that gave a local its value. */
  private readonly callOf = new Map<string, number>();
  /** Locals that go on from one thing to the next in the rounds of a loop. */
  private readonly walking = new Set<string>();
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
    private readonly shared: Shared,
    private readonly index: number | undefined,
    scope: Scope,
    private readonly closeInner: (index: number, scope: Scope) => void,
  ) {
    this.functionScope = scope;
    this.blockScoped = file.language !== "python";
    const fn = this.fn;
    this.touchesLocks = index !== undefined && shared.locks.functions[index] === true;
    this.lockNames = fn && this.touchesLocks ? namesGoneBy(fn.steps) : noNames;
    this.origins = new ValueOrigins(file.language, closeInner);
    this.kept = new KeptFunctions(file, fn, this.origins);
    this.uses = new FieldUses(shared.locks, this.touchesLocks, this.origins);
    if (index !== undefined) bindHeader(file, index, this.origins, scope);
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
      writes: this.uses.writes.paths,
      writeStarts: this.uses.writes.starts,
      reads: this.uses.reads.paths,
      readStarts: this.uses.reads.starts,
      keeps: this.kept.found,
      failures,
      flow,
    };
  }

  private get fn(): FunctionFacts | undefined {
    return this.index === undefined ? undefined : this.file.functions[this.index];
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

  /** @param isPart whether what the steps give is used: a condition, elements of a list */
  private walk(steps: readonly Step[], scope: Scope, isPart = false): Flow[] {
    const flow: Flow[] = [];
    const headers = this.file.language === "go" ? headersOf(steps) : undefined;
    const alone = isPart ? undefined : callsAlone(steps);
    let visible = scope;
    for (const step of steps) {
      const isHeader = headers?.has(step) ?? false;
      if (isHeader && visible === scope) visible = new Scope(scope);
      const owner = step.kind === "call" ? this.uses.ownerRead(step, visible) : undefined;
      if (owner !== undefined) flow.push(owner);
      this.kept.note(step, visible);
      for (const { path, accesses } of this.shared.accessors.runBy(step)) {
        const end = Math.min(step.end, step.start + path.length);
        this.calls.push({ ...this.callAs({ start: step.start, end }, path, visible), accesses });
        flow.push(this.calls.length - 1);
      }
      this.shared.elements?.note(step, visible, this.origins);
      const node = this.step(step, visible);
      if (node !== undefined) flow.push(node);
      const isAwaited = step.kind === "call" && step.awaited === true;
      if (alone?.has(step) && !isAwaited) (this.calls.at(-1) as CallSummary).dropped = true;
      if (isAwaited && this.file.language === "python") (this.calls.at(-1) as CallSummary).awaited = true;
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
        const call = this.callAs(step, step.callee, scope);
        call.arguments = step.arguments.map((argument) => this.origins.argumentOrigin(argument, scope));
        const options = this.origins.optionsIn(step.arguments, scope);
        if (options) call.options = options;
        const handsOn = this.fn && handedOn(step, this.fn, this.file);
        if (handsOn) call.handsOn = handsOn;
        const interval = intervalOf(step);
        if (interval !== undefined) call.interval = interval;
        this.calls.push(call);
        for (const variable of step.narrows ?? []) this.bindVariable(variable, scope);
        return this.calls.length - 1;
      }
      case "assign":
        this.assign(step, scope);
        return this.lockNames.has(step.target) ? assignFlow(step) : undefined;
      case "write":
        if (step.path === "_") return undefined;
        return this.uses.access("write", this.origins.closed(step.path, scope), step, scope);
      case "read":
        return this.uses.noteRead(step, scope);
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
        const outcome = step.form === "if" && step.condition ? this.outcomeOf(step.condition, scope) : undefined;
        // What never happens is on no way through the function.
        if (outcome !== undefined) {
          const taken = arms[outcome ? 0 : 1] ?? [];
          return taken.length > 0 ? { kind: "branch", arms: [taken], exhaustive: true } : undefined;
        }
        const node: BranchFlow = { kind: "branch", arms, exhaustive };
        if (step.form === "select") node.select = polls ? "polls" : "waits";
        if (step.condition && !isSwitch) node.test = inShort(step.condition);
        if (step.form === "switch" && step.condition?.kind === "path")
          node.cases = { of: step.condition.path, labels: step.arms.map(({ labels }) => labels.map(inShort)) };
        if (step.form === "if" && step.condition) Object.assign(node, this.callTested(step.condition));
        if (step.label !== undefined) node.label = step.label;
        return node;
      }
      case "loop": {
        const inner = this.blockScoped || step.form === "comprehension" ? new Scope(scope) : scope;
        for (const variable of step.variables) this.bindVariable(variable, inner);
        if (this.touchesLocks && step.over?.kind === "path") this.uses.noteEach(step.variables, step.over);
        const over = step.over && this.origins.originOf(step.over, scope);
        this.breakable.push("loop");
        const isPart = step.form === "comprehension";
        const rest = [...this.walk(step.header, inner, true), ...this.walk(step.body, inner, isPart)];
        this.breakable.pop();
        // Whether a collection is gone over is asked where there are locks, and what a query describes is asked by that.
        const isAsked = step.over?.kind === "call" && this.file.language === "python";
        if (rest.length === 0 && !isAsked && !(this.touchesLocks && step.over?.kind === "path")) return undefined;
        const bound = step.variables.filter(({ name }) => this.lockNames.has(name));
        const body = [...bound.map(({ name }): Flow => ({ kind: "assign", target: name })), ...rest];
        const node: LoopFlow = { kind: "loop", form: step.form, start: step.start, body };
        if (over) node.over = over;
        const written = step.over && inShort(step.over);
        if (written !== over && written !== undefined && written !== "…") node.written = written;
        if (step.condition) {
          node.test = inShort(step.condition);
          Object.assign(node, this.callTested(step.condition));
        }
        if (step.label !== undefined) node.label = step.label;
        const most = boundOf(step);
        if (most !== undefined) node.bound = most;
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
        const resource = this.origins.originOf(step.resource, scope);
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
        return { kind: "channel", form: step.form, path: this.origins.closed(step.path, scope), start: step.start };
      case "return":
        this.returnsNull ||= step.values.some((value) => value.kind === "literal" && value.type === "null");
        this.noteReturn(this.fn?.results.length === 0 ? step.values : step.values.flatMap(functionIn), scope);
        return this.returnExit(step, scope);
      case "yield":
        // What is yielded once is what a `with` statement gets.
        if (!this.fn?.decorators.some(isContextManager)) return undefined;
        if (step.value && this.fn.results.length === 0) this.noteReturn([step.value], scope);
        return { kind: "yield" };
      case "throw":
        if (this.guards === 0) this.throws.add(step.value ? this.origins.originOf(step.value, scope) : nothing);
        return { kind: "exit", form: "throw", start: step.start };
      case "jump":
        return this.jump(step);
      default:
        for (const inner of stepsInside(step)) this.walk(inner, scope);
        return undefined;
    }
  }

  private callAs({ start, end }: Span, callee: AccessPath, scope: Scope): CallSummary {
    const origin = this.origins.closed(callee, scope, true);
    const call: CallSummary = { start, end, callee, arguments: [] };
    if (origin !== callee) call.origin = origin;
    if (/^[\w$]+\.[\w$]+$/.test(callee) && scope.isFresh(rootOf(callee))) call.onNew = true;
    return call;
  }

  private outcomeOf(condition: Value, scope: Scope): boolean | undefined {
    return outcomeOf(condition, this.shared.locks.constants, (name) => scope.lookup(name) !== undefined);
  }

  private returnExit(step: Extract<Step, { kind: "return" }>, scope: Scope): Flow {
    const exit: ExitFlow = { kind: "exit", form: "return", start: step.start };
    if (!this.touchesLocks) return exit;
    // `c := *s.cur; return &c`
    const isOwn = (value: Value) =>
      isCopy(value) || (value.kind === "path" && (scope.isFresh(value.path) || this.walking.has(value.path)));
    const values = step.values.map((value) => (isOwn(value) ? nothing : this.origins.originOf(shownBy(value), scope)));
    if (values.some((value) => value.includes(".") || this.uses.isVariable(value))) exit.values = values;
    return exit;
  }

  private jump({ form, label, start }: Extract<Step, { kind: "jump" }>): Flow | undefined {
    if (form === "fallthrough") return undefined;
    const exit: ExitFlow = { kind: "exit", form, start };
    if (label !== undefined) exit.label = label;
    else if (form === "break" && this.blockScoped && this.breakable.at(-1) === "switch") exit.ofSwitch = true;
    return exit;
  }

  /** The call whose result decides how a condition comes out; of several conditions, each must wait for the one before. */
  private callTested(condition: Value): Pick<BranchFlow, "call" | "negatesCall"> {
    if (!this.touchesLocks) return {};
    const { kind } = condition;
    if (kind === "operation" && condition.operator === "!" && condition.operands[0]) {
      const { call, negatesCall } = this.callTested(condition.operands[0]);
      return call === undefined ? {} : negatesCall ? { call } : { call, negatesCall: true };
    }
    if (kind === "operation" && (condition.operator === "&&" || condition.operator === "||")) {
      const isNegated = condition.operator === "||";
      const tested = condition.operands.map((operand) => this.callTested(operand));
      return tested.find(({ call, negatesCall }) => call !== undefined && (negatesCall === true) === isNegated) ?? {};
    }
    const call =
      kind === "path" ? this.callOf.get(condition.path) : kind === "call" ? this.callAt(condition) : undefined;
    return call === undefined ? {} : { call };
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
    const origin = this.origins.originOf(values[0] as Value, scope);
    if (origin && origin !== "null") this.returns.add(origin);
  }

  private bindVariable(variable: VariableFacts, scope: Scope): void {
    const origin = variable.type
      ? this.origins.typed(variable.type, scope)
      : variable.origin
        ? this.origins.closed(variable.origin, scope)
        : nothing;
    scope.bind(variable.name, origin);
    this.uses.forget(variable.name);
  }

  private assign(step: Extract<Step, { kind: "assign" }>, scope: Scope): void {
    if (this.touchesLocks) {
      const call = step.value.kind === "call" ? this.callAt(step.value) : undefined;
      if (call === undefined) this.callOf.delete(step.target);
      else this.callOf.set(step.target, call);
    }
    if (this.touchesLocks) this.uses.noteGot(step, scope);
    if (step.operator === "=") scope.setFresh(step.target, makesObject(step, this.file.language));
    const continued = this.origins.continuedText(step, scope);
    const origin =
      continued ??
      (step.type
        ? this.origins.typed(step.type, scope)
        : step.origin
          ? this.origins.closed(step.origin, scope)
          : step.operator === "="
            ? this.origins.originOf(step.value, scope)
            : nothing);
    if (step.declares && this.blockScoped) {
      // Go's `a, err := f()` declares only what is new in its block.
      const isOneOfSeveral = step.value.kind === "other" && this.file.language === "go";
      if (isOneOfSeveral && isTelling(scope.own(step.target) ?? nothing)) return;
      scope.bind(step.target, origin);
      return;
    }
    if (step.operator === "=" && this.breakable.includes("loop")) this.walking.add(step.target);
    const owner = scope.ownerOf(step.target);
    const known = owner?.lookup(step.target);
    // A variable keeps the type it was declared with, except in Python, where the last value counts.
    const keeps =
      continued === undefined && known !== undefined && isTelling(known) && (this.blockScoped || !isTelling(origin));
    if (!keeps) (owner && this.isInside(owner) ? owner : this.functionScope).bind(step.target, origin);
  }

  /** Whether a scope belongs to this function, and not to one around it. */
  private isInside(scope: Scope): boolean {
    for (let current: Scope | undefined = this.functionScope.outer; current; current = current.outer)
      if (current === scope) return false;
    return true;
  }
}

/** A function written there, as it is or made into another type: `http.HandlerFunc(func(...) {...})`. */
function functionIn(value: Value): Value[] {
  const [given, ...further] = value.kind === "call" ? value.arguments : [value];
  return given?.kind === "lambda" && further.length === 0 ? [given] : [];
}

/** Whether a function inside another is bound to its name, which a member of an object or a class is not. */
function isCalledByName(inner: FunctionFacts, outer: FunctionFacts | undefined): boolean {
  return inner.name !== "" && !inner.typeName && inner.symbol === `${outer?.symbol}.${inner.name}`;
}
