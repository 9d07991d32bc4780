import { writtenRoot } from "../model/accessPath";
import type { AssignStep, CallValue, Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { Lowerer } from "./lowerer";
import { unknownPath } from "./stepLowerer";
import { boundVariables } from "./typescriptNodes";

const makesObject = /^(?:[\w$]+\.)*[A-Z][\w$]*\(\)$/;
const maxCastLength = 120;
/** What `f.bind(x)` gives calls `f`. */
const boundSuffix = ".bind";
/** Types that a cast goes through on its way, or that say nothing of what members a value has. */
const sayNothing: ReadonlySet<string> = new Set(["any", "unknown", "never", "object", "const", "undefined", "null"]);

/** What the source says of a value that is stored, beyond the value itself. */
export type Known = Pick<AssignStep, "type" | "origin">;

/** Where values come from and what types the source gives them. */
export abstract class TypeScriptOriginLowerer extends Lowerer {
  /** Types that casts and type arguments give to values. */
  private readonly castTypes = new Map<Value, string>();

  protected typeText(annotation: SyntaxNode | undefined): string {
    return this.shortText(annotation?.namedChildren[0]);
  }

  /** What a type annotation says; `typeof a.b` names the value whose type it is. */
  protected declaredType(annotation: SyntaxNode | undefined): Known {
    if (!annotation) return {};
    const type = this.typeText(annotation);
    const origin = /^typeof ([\w$]+(?:\.[\w$]+)*)$/.exec(type)?.[1];
    return origin === undefined ? { type } : { origin: this.detach(origin) };
  }

  protected override pathThrough(value: Value): string {
    return this.castOrigin(value, false) ?? unknownPath;
  }

  /** The path of a value with the types that casts give it and the functions handed over, as far as it has one. */
  protected valueOrigin(value: Value): string | undefined {
    return this.castOrigin(value, true);
  }

  private castOrigin(value: Value, withGiven: boolean): string | undefined {
    const type = this.castTypes.get(value);
    const path = this.uncastOrigin(value, withGiven);
    return type === undefined ? path : `${path ?? ""}<${type}>`;
  }

  private uncastOrigin(value: Value, withGiven: boolean): string | undefined {
    switch (value.kind) {
      case "path":
        return value.path;
      case "call":
        return withGiven ? this.callOrigin(value) : `${value.callee}()`;
      case "composite":
        return writtenRoot(value) ?? (value.form === "list" ? "<list>" : undefined);
      case "conditional":
        return this.castOrigin(value.then, withGiven) ?? this.castOrigin(value.else, withGiven);
      case "operation":
        return this.operationOrigin(value.operator, value.operands, withGiven);
      default:
        return writtenRoot(value);
    }
  }

  private callOrigin({ callee, arguments: args }: CallValue): string | undefined {
    const [first] = args;
    if (callee.endsWith(boundSuffix)) return callee.slice(0, -boundSuffix.length);
    // All of a list of promises are the list of what they give.
    if (callee === "Promise.all" && first && args.length === 1 && first.kind !== "composite")
      return this.valueOrigin(first) ?? `${callee}()`;
    for (const argument of args) {
      if (argument.kind === "lambda") return `${callee}(<func#${argument.function}>)`;
      // Inside a function a name may be a local, which only steps tell.
      if (argument.kind === "path" && !this.isInFunction && /^(?!this\b)[\w$]+(?:\.[\w$]+)*$/.test(argument.path))
        return `${callee}(${argument.path})`;
    }
    return `${callee}()`;
  }

  private operationOrigin(operator: string, operands: readonly Value[], withGiven: boolean): string | undefined {
    const [first, second] = operands;
    if (!first || !second) return undefined;
    switch (operator) {
      case "||":
      case "??": {
        const other = this.castOrigin(second, withGiven);
        // `globalThis.client ?? new Client()`: what is made where there is none tells the type.
        if (!this.isInFunction && other !== undefined && makesObject.test(other)) return other;
        return this.castOrigin(first, withGiven) ?? other;
      }
      case "&&":
        return this.castOrigin(second, withGiven);
      case "+":
        return operands.some(isText) ? "<string>" : undefined;
      default:
        return undefined;
    }
  }

  protected cast(node: SyntaxNode, value: Value): Value {
    const type =
      node.kind === "as_expression"
        ? node.namedChildren[1]
        : node.kind === "type_assertion"
          ? node.children[0]?.namedChildren[0]
          : undefined;
    if (type) this.castTo(value, type.text);
    return value;
  }

  protected castTo(value: Value, type: string): void {
    const text = type.replace(/\s+/g, " ");
    if (text.length > maxCastLength || sayNothing.has(text)) return;
    this.castTypes.set(value, this.detach(text));
  }

  /** Whether the value alone would not tell its origin: it is cast, or its call is handed a function. */
  protected isUntold(value: Value): boolean {
    if (this.castTypes.has(value)) return true;
    switch (value.kind) {
      case "call":
        return (
          value.callee === "Promise.all" ||
          value.callee.endsWith(boundSuffix) ||
          value.arguments.some(({ kind }) => kind === "lambda")
        );
      case "operation":
        return value.operands.some((operand) => this.isUntold(operand));
      case "conditional":
        return this.isUntold(value.then) || this.isUntold(value.else);
      default:
        return false;
    }
  }

  protected boundIn(pattern: SyntaxNode, origin: string | undefined, isKey = false): VariableFacts[] {
    if (pattern.kind === "identifier") {
      const name = this.text(pattern);
      return [isKey ? { name, type: "string" } : origin ? { name, origin } : { name }];
    }
    return boundVariables(pattern, origin, undefined, this.input.text).map(({ name, origin: from }) => ({
      name: this.text(name),
      ...(from !== undefined && { origin: this.detach(from) }),
    }));
  }
}

function isText(value: Value): boolean {
  return (
    (value.kind === "literal" && value.type === "string") || (value.kind === "composite" && value.form === "template")
  );
}
