import { isComparison, rootOf } from "./accessPath";
import type { AccessPath, FileFacts, Step, Value } from "./facts";
import {
  bounded,
  compositeOrigin,
  concatenated,
  isTelling,
  isText,
  join,
  literalOrigin,
  literalType,
  nothing,
  seenAs,
} from "./originPaths";
import type { Scope } from "./scope";

/** An argument that is an object written in place, by its position, and where its members come from. */
export interface WrittenObject {
  argument: number;
  members: Readonly<Record<string, AccessPath>>;
  /** The names of those whose values are not kept; absent where it may have more than are written there. */
  others?: readonly string[];
}

/** Where values come from, as closed paths: roots are looked up in the scope at the place of the value. */
export class ValueOrigins {
  constructor(
    private readonly language: FileFacts["language"],
    /** Closes a function that a value holds, with the names in view there. */
    private readonly closeInner: (index: number, scope: Scope) => void,
  ) {}

  /** A value of a declared type. */
  typed(type: string, scope: Scope): AccessPath {
    if (!scope.isGeneric) return `<${type}>`;
    const known = type.replace(/(?<![.\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*(?![\p{L}\p{N}_.:])/gu, (name) => {
      const bound = scope.lookup(`<${name}>`);
      return bound === undefined ? name : /[|~]/.test(bound) ? `(${bound})` : bound;
    });
    return `<${known}>`;
  }

  /** A path as written, closed. */
  closed(written: AccessPath, scope: Scope, isCallee = false): AccessPath {
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
    if (root === "super" && this.language === "python")
      return rest.startsWith("()") ? join(scope.lookup(root) ?? nothing, rest.slice(2)) : path;
    // In Java a method may have the name of a variable.
    const isMethod = this.language === "java" && (rest.startsWith("()") || (isCallee && rest === ""));
    const origin = isMethod && root !== "this" && root !== "super" ? undefined : scope.lookup(root);
    return origin === undefined ? bounded(path) : join(origin, rest);
  }

  /** An argument given by name is written `name=path`. */
  argumentOrigin(argument: Value, scope: Scope): AccessPath {
    const [key] = argument.kind === "composite" && this.language === "python" ? (argument.keys ?? []) : [];
    const [value] = argument.kind === "composite" && argument.form === "object" ? argument.parts : [];
    return key?.kind === "path" && value
      ? `${key.path}=${this.originOf(value, scope)}`
      : this.originOf(argument, scope);
  }

  /** The members of the first argument that is an object, where each is written; those that are flags or answer somebody, paths and calls. */
  optionsIn(args: readonly Value[], scope: Scope): WrittenObject | undefined {
    // What Python gives by name is written like that as well.
    if (this.language === "python") return undefined;
    const argument = args.findIndex((value) => value.kind === "composite" && value.form === "object");
    const object = args[argument];
    if (object?.kind !== "composite" || !object.keys) return undefined;
    // Where types are declared, they say what the others are.
    const isTyped = this.language !== "javascript";
    const members: Record<string, AccessPath> = {};
    for (const [i, key] of object.keys.entries()) {
      const value = object.parts[i];
      if (key.kind !== "path") return undefined;
      const isFlag = value?.kind === "literal" && value.type === "boolean";
      const isAnswer = value?.kind === "lambda" && answers.test(key.path);
      const isKnown = isFlag || isAnswer || (!isTyped && (value?.kind === "path" || value?.kind === "call"));
      if (value && isKnown) members[key.path] = this.originOf(value, scope);
    }
    if (Object.keys(members).length === 0) return undefined;
    const others = object.keys.flatMap((key) =>
      key.kind === "path" && !Object.hasOwn(members, key.path) ? key.path : [],
    );
    const isWhole = object.keys.length === object.parts.length;
    return { argument, members, ...(isWhole && { others }) };
  }

  /** Where a value comes from; nothing where that is not known. */
  originOf(value: Value, scope: Scope): AccessPath {
    switch (value.kind) {
      case "path":
        return seenAs(this.closed(value.path, scope), value);
      case "call":
        // What `f.bind(x)` gives calls `f`.
        if (this.language.endsWith("script") && value.callee.endsWith(".bind"))
          return this.closed(value.callee.slice(0, -5), scope);
        if (this.language === "python" && isStatement(value)) return this.originOf(value.arguments[0] as Value, scope);
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

  /** What a local's text is once more is added to it: `query += " LIMIT ?"`; nothing where an assignment does no such thing. */
  continuedText(
    { target, operator, value, declares }: Extract<Step, { kind: "assign" }>,
    scope: Scope,
  ): AccessPath | undefined {
    const known = declares ? undefined : scope.lookup(target);
    if (!known?.startsWith('"')) return undefined;
    if (operator === "+") return concatenated(known, this.originOf(value, scope));
    return operator === "=" && startsWith(value, target) ? this.originOf(value, scope) : undefined;
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

/** Whether a value is put together from a local and more: `query + " WHERE " + test`. */
function startsWith(value: Value, name: string): boolean {
  if (value.kind !== "operation" || value.operator !== "+") return false;
  const [first] = value.operands;
  return first !== undefined && ((first.kind === "path" && first.path === name) || startsWith(first, name));
}

/** SQL that a library wraps, and a query takes as it is: `text("SELECT …")` of SQLAlchemy. */
function isStatement({ callee, arguments: given }: Extract<Value, { kind: "call" }>): boolean {
  const [written] = given;
  return (
    /^(?:\w+\.)?text$/.test(callee) &&
    written?.kind === "literal" &&
    written.type === "string" &&
    /^\s*(?:select|insert|update|delete|with|merge|truncate)\s/i.test(written.text)
  );
}

/** `consumer.run({ eachMessage: async ({ message }) => … })` */
const answers = /^(?:each[A-Z]\w*|handler|resolve|process)$/;
