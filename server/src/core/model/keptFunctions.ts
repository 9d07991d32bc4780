import type { AccessPath, FileFacts, FunctionFacts, Step, Value } from "./facts";
import type { Scope } from "./scope";
import type { ValueOrigins } from "./valueOrigins";
import { valuesOf, valuesWithin } from "./walkSteps";

/** A function that is put into a field or a list, to be called by whoever has that. */
export interface KeptFunction {
  /** The field or the variable of the file, closed. */
  field: AccessPath;
  /** The function, closed; `#1` for the second parameter. */
  given: AccessPath;
}

const maxKept = 20;

/** Types of functions, as written. */
const functionType =
  /\bfunc\(|=>|\bCallable\b|^(?:List<|Set<|Collection<)?(?:Bi)?(?:Consumer|Supplier|Function|Predicate|Runnable)\b|(?:Func|Fn|Handler|Callback|Hook|Listener|Subscriber|Observer|Loader|Supplier|Consumer|Provider|Factory)(?:\[\])?>?$/;

/** Collects what one function keeps. */
export class KeptFunctions {
  readonly found: KeptFunction[] = [];

  constructor(
    private readonly file: FileFacts,
    private readonly fn: FunctionFacts | undefined,
    private readonly origins: ValueOrigins,
  ) {}

  note(step: Step, scope: Scope): void {
    if (step.kind !== "write" && step.kind !== "call" && step.kind !== "return" && step.kind !== "assign") return;
    for (const [path, value] of placements(step)) {
      if (value.kind !== "lambda" && value.kind !== "path") continue;
      const given = this.given(value, this.typeOf(this.origins.closed(path, scope)), scope);
      if (given === undefined || this.found.length >= maxKept) continue;
      this.found.push({ field: this.origins.closed(path, scope), given });
    }
  }

  private given(value: Value, type: string | undefined, scope: Scope): AccessPath | undefined {
    if (value.kind === "lambda") return this.origins.originOf(value, scope);
    if (value.kind !== "path") return undefined;
    const position = this.fn?.parameters.findIndex(({ name }) => name === value.path) ?? -1;
    const parameter = this.fn?.parameters[position];
    if (!parameter)
      return type !== undefined && functionType.test(type) ? this.origins.originOf(value, scope) : undefined;
    const isFunction = functionType.test(parameter.type ?? type ?? "") || isUntyped(this.file, parameter.type);
    return isFunction ? `#${position}` : undefined;
  }

  /** The declared type of a field, where its type is of the same file. */
  private typeOf(path: AccessPath): string | undefined {
    const [, type, field] = /^<\*?([\w$]+)(?:\[.*\])?>\.([\w$]+)(?:\[\])*$/.exec(path) ?? [];
    return this.file.types.find(({ name }) => name === type)?.fields.find(({ name }) => name === field)?.type;
  }
}

function isUntyped({ language }: FileFacts, type: string | undefined): boolean {
  return type === undefined && (language === "python" || language === "javascript");
}

const addsTo = /^(.*[\w$\])])\.(?:append|push|add)$/;

/** What a step puts where: `x.f = g`, `x.list = append(x.list, g)`, `x.list.push(g)`, `T{f: g}`. */
function* placements(step: Step): Generator<[AccessPath, Value]> {
  if (step.kind === "write") {
    yield [step.path, step.value];
    if (step.value.kind === "call" && step.value.callee === "append")
      for (const added of step.value.arguments.slice(1)) yield [step.path, added];
  }
  const list = step.kind === "call" ? addsTo.exec(step.callee)?.[1] : undefined;
  if (step.kind === "call" && list !== undefined && step.arguments[0]) yield [list, step.arguments[0]];
  for (const value of valuesOf(step)) {
    for (const inner of valuesWithin(value)) {
      if (inner.kind !== "composite" || inner.form !== "object" || !inner.typeName) continue;
      for (const [i, key] of (inner.keys ?? []).entries()) {
        const part = inner.parts[i];
        if (key.kind === "path" && part) yield [`<${inner.typeName}>.${key.path}`, part];
      }
    }
  }
}
