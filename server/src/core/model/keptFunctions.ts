import type { AccessPath, CallStep, FileFacts, FunctionFacts, ParameterFacts, Step, Value } from "./facts";
import type { HandedOnParameter, KeptFunction } from "./fileSummary";
import type { Scope } from "./scope";
import { touchesLock } from "./stepShapes";
import type { ValueOrigins } from "./valueOrigins";
import { valuesOf, valuesWithin, walkSteps } from "./walkSteps";

const maxKept = 20;
const maxByKey = 200;
const functionPath = /^(?:#\d+|<func#\d+>|(?!["\d]).*[\w$])$/;

/** Types of functions, as written. */
const functionType =
  /\bfunc\(|=>|\bCallable\b|^(?:List<|Set<|Collection<)?(?:Bi)?(?:Consumer|Supplier|Function|Predicate|Runnable)\b|(?:Func|Fn|Handler|Callback|Hook|Listener|Subscriber|Observer|Watcher|Loader|Supplier|Consumer|Provider|Factory)(?:\[\])?>?$/;

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
    for (const [path, value] of placementsByKey(step)) this.noteByKey(path, value, scope);
  }

  /** Whether what is put there is a function is seen when it is linked. */
  private noteByKey(path: AccessPath, value: Value, scope: Scope): void {
    const field = this.origins.closed(path, scope);
    if (field === "" || field.startsWith("<map>") || this.found.length >= maxByKey) return;
    const position = this.fn?.parameters.findIndex(({ name }) => value.kind === "path" && name === value.path) ?? -1;
    const given = position >= 0 ? `#${position}` : this.origins.originOf(value, scope);
    if (
      functionPath.test(given) &&
      !this.found.some((known) => known.byKey && known.field === field && known.given === given)
    )
      this.found.push({ field, given, byKey: true });
  }

  private given(value: Value, type: string | undefined, scope: Scope): AccessPath | undefined {
    if (value.kind === "lambda") return this.origins.originOf(value, scope);
    if (value.kind !== "path") return undefined;
    const position = this.fn?.parameters.findIndex(({ name }) => name === value.path) ?? -1;
    const parameter = this.fn?.parameters[position];
    if (parameter) {
      const isFunction = this.isFunction(parameter.type ?? type ?? "") || isUntyped(this.file, parameter.type);
      return isFunction ? `#${position}` : undefined;
    }
    const origin = this.origins.originOf(value, scope);
    // What a function around was given is known by its type.
    return this.isFunction(type ?? /^<([^<>]+)>$/.exec(origin)?.[1] ?? "") ? origin : undefined;
  }

  /** Whether a type is one of functions, by its text or by what it stands for in the same file. */
  private isFunction(type: string): boolean {
    if (functionType.test(type)) return true;
    const name = /^\*?(?:\[\])?(\w+)(?:\[\])?$/.exec(type)?.[1];
    const alias = this.file.types.find((each) => each.name === name && each.form === "alias");
    return alias !== undefined && functionType.test(alias.bases[0] ?? "");
  }

  /** The declared type of a field, where its type is of the same file. */
  private typeOf(path: AccessPath): string | undefined {
    const [, type, field] = /^<\*?([\w$]+)(?:\[.*\])?>\.([\w$]+)(?:\[\])*$/.exec(path) ?? [];
    return this.file.types.find(({ name }) => name === type)?.fields.find(({ name }) => name === field)?.type;
  }
}

/** The functions that a function was given and hands on at a call, itself or by a function written there. */
export function handedOn(
  step: CallStep,
  { parameters }: FunctionFacts,
  file: FileFacts,
): readonly HandedOnParameter[] | undefined {
  let found: HandedOnParameter[] | undefined;
  for (const [argument, value] of step.arguments.entries()) {
    const parameter = parameters.findIndex((each) => mayBeFunction(each, file, step) && runs(value, each, file));
    if (parameter < 0) continue;
    found ??= [];
    found.push({ argument, parameter });
  }
  return found;
}

/** Where types say nothing, anything may be a function: that is asked only of what may take a lock. */
function mayBeFunction({ type }: ParameterFacts, file: FileFacts, step: CallStep): boolean {
  return type === undefined ? isUntyped(file, type) && touchesLock(step) : functionType.test(type);
}

/** Whether calling a value calls what a function around it was given. */
function runs(value: Value, { name }: ParameterFacts, { functions }: FileFacts): boolean {
  if (value.kind === "path") return value.path === name;
  const inner = value.kind === "lambda" ? functions[value.function] : undefined;
  if (!inner || inner.parameters.some((own) => own.name === name)) return false;
  let isCalled = false;
  walkSteps(inner.steps, (step) => {
    isCalled ||= step.kind === "call" && (step.callee === name || isFunctional(step.callee, name));
  });
  return isCalled;
}

/** The one method of a functional interface, `task.run()`. */
function isFunctional(callee: AccessPath, name: string): boolean {
  return /^\.(?:run|call|get|accept|apply|test)$/.test(callee.startsWith(name) ? callee.slice(name.length) : "");
}

function isUntyped({ language }: FileFacts, type: string | undefined): boolean {
  return type === undefined && (language === "python" || language === "javascript");
}

const putsByKey = /^(.*[\w$\])])\.(put|putIfAbsent|set|setdefault|update|Store)$/;

/** What a step puts into a table under a key: `x.table[k] = f`, `x.table = {k: f}`, `x.table.put(k, f)`, `T{table: {k: f}}`. */
function* placementsByKey(step: Step): Generator<[AccessPath, Value]> {
  if (step.kind === "call") {
    const [, table, method] = putsByKey.exec(step.callee) ?? [];
    const value = step.arguments.at(-1);
    const isPut = value !== undefined && (method === "update" ? isTable(value) : step.arguments.length === 2);
    if (table !== undefined && isPut) for (const part of functionsIn(value)) yield [table, part];
    return;
  }
  if (step.kind === "write") {
    const table = step.path.endsWith("[]") ? step.path.slice(0, -2) : isTable(step.value) ? step.path : undefined;
    if (table !== undefined) for (const part of functionsIn(step.value)) yield [table, part];
  }
  for (const value of valuesOf(step))
    for (const inner of valuesWithin(value)) {
      if (inner.kind !== "composite" || inner.form !== "object" || !inner.typeName) continue;
      for (const [i, key] of (inner.keys ?? []).entries()) {
        const part = inner.parts[i];
        if (key.kind !== "path" || !part || !isTable(part)) continue;
        for (const held of functionsIn(part)) yield [`<${inner.typeName}>.${key.path}`, held];
      }
    }
}

/** A map or an object that is written in place, or made of what is handed over: `Map.of("hail", this::hail)`. */
function isTable(value: Value): boolean {
  if (value.kind === "composite") return value.form === "map" || !value.typeName || value.typeName.startsWith("map[");
  return (
    value.kind === "call" &&
    /(?:^|\.)(?:Map|Map\.of|Map\.ofEntries|Map\.entry|ImmutableMap\.of|dict)$/.test(value.callee)
  );
}

/** What may be a function in what has a key, also beside other things: `{run: this.hail, least: 1}`. */
function* functionsIn(value: Value): Generator<Value> {
  if (value.kind === "lambda" || value.kind === "path") yield value;
  const parts =
    value.kind === "composite" ? value.parts : isTable(value) && value.kind === "call" ? value.arguments : [];
  for (const part of parts) yield* functionsIn(part);
}

/** What may be functions in a table that is written in place, as written. */
export function heldByKey(value: Value): AccessPath[] | undefined {
  if (!isTable(value)) return undefined;
  const held: AccessPath[] = [];
  for (const part of functionsIn(value)) {
    const path = part.kind === "lambda" ? `<func#${part.function}>` : part.kind === "path" ? part.path : "";
    if (functionPath.test(path) && held.length < maxByKey) held.push(path);
  }
  return held.length > 0 ? held : undefined;
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
