import { functionsInCycles } from "./cycles";
import type { CallStep, FileFacts, FunctionFacts } from "./facts";
import { walkSteps } from "./walkSteps";
import type { CallSummary, FileSummary, FunctionSummary } from "./workspaceModel";

/** Notes taken of one function while its steps are at hand. */
export type Observe = (facts: FunctionFacts, file: FileFacts) => Readonly<Record<string, unknown>>;

/** Drops the steps of a file and keeps what the linked model and the detectors need. */
export function summarizeFile(facts: FileFacts, observe: Observe): FileSummary {
  const resolver = new FileResolver(facts);
  const functions = facts.functions.map((fn): FunctionSummary => {
    const { steps, ...kept } = fn;
    return { ...kept, calls: summarizeCalls(fn, resolver), observations: observe(fn, facts) };
  });
  // A workspace has more text in comments than in everything else that is kept.
  const comments = facts.comments.filter(({ text }) => text.includes("fathom:"));
  return { ...facts, comments, functions: countIndirectRecursion(functions) };
}

/**
 * The white paper adds one to every method in a recursion cycle. Direct recursion is counted where functions are
 * measured; a cycle of several functions is known only now.
 */
function countIndirectRecursion(functions: FunctionSummary[]): FunctionSummary[] {
  const inCycle = functionsInCycles(functions.map(({ calls }) => calls.flatMap(({ target }) => target ?? [])));
  return functions.map((fn, index) => {
    if (!inCycle.has(index) || fn.callsItself) return fn;
    const metrics = { ...fn.metrics, cognitive: fn.metrics.cognitive + 1 };
    return { ...fn, metrics, ownCognitive: fn.ownCognitive + 1 };
  });
}

/** Each callee once, in the order of first use. */
function summarizeCalls(fn: FunctionFacts, resolver: FileResolver): CallSummary[] {
  const calls = new Map<string, CallSummary>();
  walkSteps(fn.steps, (step) => {
    if (step.kind !== "call" || calls.has(step.callee)) return;
    calls.set(step.callee, {
      start: step.start,
      end: step.end,
      callee: step.callee,
      target: resolver.targetOf(step, fn),
    });
  });
  return [...calls.values()];
}

/** Finds the function of the same file that a call reaches, and nothing when that is not certain. */
class FileResolver {
  private readonly bySymbol = new Map<string, number[]>();

  constructor(private readonly file: FileFacts) {
    file.functions.forEach((fn, index) => {
      const indices = this.bySymbol.get(fn.symbol) ?? [];
      indices.push(index);
      this.bySymbol.set(fn.symbol, indices);
    });
  }

  targetOf(call: CallStep, caller: FunctionFacts): number | undefined {
    const parts = call.callee.split(".");
    if (parts.length === 1) return this.plainName(call, parts[0] as string, caller);
    if (parts.length !== 2) return undefined;
    const [object, member] = parts as [string, string];
    const method = this.methodAround(caller);
    const isOwnReceiver =
      object === "self" || object === "this" || object === "cls" || object === method?.receiver?.name;
    const typeName = isOwnReceiver
      ? method?.typeName
      : this.file.types.some((type) => type.name === object)
        ? object
        : undefined;
    return typeName ? this.methodOf(typeName, member, call) : undefined;
  }

  private plainName(call: CallStep, name: string, caller: FunctionFacts): number | undefined {
    for (let scope: FunctionFacts | undefined = caller; scope; scope = this.parentOf(scope)) {
      const inner = this.only(`${scope.symbol}.${name}`, call);
      if (inner !== undefined) return inner;
      if (scope.parameters.some((parameter) => parameter.name === name)) return undefined;
    }
    const method = this.methodAround(caller);
    const sibling =
      this.file.language === "java" && method?.typeName ? this.methodOf(method.typeName, name, call) : undefined;
    return sibling ?? this.only(name, call);
  }

  private methodOf(typeName: string, member: string, call: CallStep): number | undefined {
    return this.only(`${typeName}.${member}`, call) ?? this.only(`(*${typeName}).${member}`, call);
  }

  /** With overloads, the one that takes as many arguments. */
  private only(symbol: string, call: CallStep): number | undefined {
    const indices = this.bySymbol.get(symbol) ?? [];
    if (indices.length <= 1) return indices[0];
    const fitting = indices.filter((index) => this.file.functions[index]?.parameters.length === call.arguments.length);
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  private parentOf(fn: FunctionFacts): FunctionFacts | undefined {
    return fn.parent === undefined ? undefined : this.file.functions[fn.parent];
  }

  private methodAround(fn: FunctionFacts): FunctionFacts | undefined {
    for (let current: FunctionFacts | undefined = fn; current; current = this.parentOf(current)) {
      if (current.typeName) return current;
    }
    return undefined;
  }
}
