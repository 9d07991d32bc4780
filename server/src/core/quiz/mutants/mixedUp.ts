import { functionKinds } from "../../languages/typescriptNames";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { RunnableLanguage } from "../program";
import type { Change, MutationOperator } from "./change";

/**
 * Slips that a function has many places for and that say less than others: one name or text of the function in the
 * place of another one, a loop that leaves the first one out.
 */
export function weakMutations(language: RunnableLanguage, fn: SyntaxNode): Change[] {
  const names = new FunctionNames(fn);
  const changes: Change[] = [];
  for (const node of fn.descendants()) {
    if (node.kind === "identifier") changes.push(...names.mixedUp(node));
    else if (node.kind === "attribute" || node.kind === "member_expression") changes.push(...names.mixedUpMember(node));
    else if (node.kind === "string") changes.push(...names.mixedUpText(node));
    else if (node.kind === "for_statement" || node.kind === "for_in_statement")
      changes.push(...withoutFirst(language, node));
  }
  return changes;
}

/** The names, members and texts of one function. */
class FunctionNames {
  /** Variables of the whole function, with where each is there from. */
  private readonly variables = new Map<string, number>();
  /** Members that are read of an expression, by its text. */
  private readonly members = new Map<string, Set<string>>();
  private readonly texts = new Map<string, Set<string>>();
  private readonly inner = new Set<string>();

  constructor(fn: SyntaxNode) {
    const definition = fn.kind === "decorated_definition" ? (fn.child("definition") ?? fn) : fn;
    this.readParameters(definition);
    for (const node of definition.descendants()) {
      if (isFunction(node) && node !== definition) this.noteInner(node);
      const bound = boundBy(node, definition);
      if (bound && !this.variables.has(bound.text)) this.variables.set(bound.text, node.end);
      const member = memberOf(node);
      if (member && !isCalledOrGiven(node)) add(this.members, member.object, member.name);
      const place = placeOfText(node);
      if (place !== undefined) add(this.texts, place, node.text);
    }
    for (const name of this.inner) this.variables.delete(name);
  }

  mixedUp(node: SyntaxNode): Change[] {
    const { text, parent, field } = node;
    if (!this.variables.has(text) || (this.variables.get(text) as number) > node.start || !isRead(node)) return [];
    if (parent?.kind === "call" && field === "function") return [];
    if (parent?.kind === "call_expression" && field === "function") return [];
    const before = [...this.variables].filter(([name, from]) => name !== text && from < node.start);
    const other = before.at(-1)?.[0];
    return other === undefined ? [] : [changed(node, "mixed-up name", other)];
  }

  mixedUpMember(node: SyntaxNode): Change[] {
    const member = memberOf(node);
    if (!member || isCalledOrGiven(node)) return [];
    const other = nextOf(this.members.get(member.object), member.name);
    return other === undefined ? [] : [changed(member.node, "mixed-up name", other)];
  }

  mixedUpText(node: SyntaxNode): Change[] {
    const place = placeOfText(node);
    const other = place === undefined ? undefined : nextOf(this.texts.get(place), node.text);
    return other === undefined ? [] : [changed(node, "constant", other)];
  }

  private readParameters(definition: SyntaxNode): void {
    const list = definition.child("parameters") ?? definition.child("parameter");
    if (list?.kind === "identifier") this.variables.set(list.text, list.end);
    for (const parameter of list?.namedChildren ?? []) {
      const name = nameOfParameter(parameter);
      if (name && !/^(?:self|cls|this|_.*)$/.test(name.text)) this.variables.set(name.text, name.end);
    }
  }

  /** What a function inside calls its parameters is something else outside. */
  private noteInner(fn: SyntaxNode): void {
    const list = fn.child("parameters") ?? fn.child("parameter");
    for (const node of list ? [list, ...list.descendants()] : [])
      if (node.kind === "identifier" || node.kind === "shorthand_property_identifier_pattern")
        this.inner.add(node.text);
  }
}

function isFunction({ kind }: SyntaxNode): boolean {
  return functionKinds.has(kind) || kind === "function_definition" || kind === "lambda";
}

function nameOfParameter(parameter: SyntaxNode): SyntaxNode | undefined {
  if (parameter.kind === "identifier") return parameter;
  const inner =
    parameter.child("pattern") ?? parameter.child("name") ?? parameter.child("left") ?? parameter.namedChildren[0];
  return inner?.kind === "identifier" ? inner : undefined;
}

/** A variable that is declared at the top of the body, so that all that follows sees it. */
function boundBy(node: SyntaxNode, fn: SyntaxNode): SyntaxNode | undefined {
  const isScript = node.kind === "variable_declarator";
  if (!isScript && node.kind !== "assignment") return undefined;
  const statement = node.parent;
  if (statement?.parent?.parent !== fn) return undefined;
  const name = node.child(isScript ? "name" : "left");
  return name?.kind === "identifier" ? name : undefined;
}

const readIn = new Set([
  ...["argument_list", "arguments", "return_statement", "comparison_operator", "binary_operator", "binary_expression"],
  ...[
    "boolean_operator",
    "subscript",
    "subscript_expression",
    "attribute",
    "member_expression",
    "list",
    "array",
    "tuple",
  ],
  ...["template_substitution", "interpolation", "not_operator", "unary_expression", "keyword_argument", "pair"],
  ...["conditional_expression", "ternary_expression", "for_in_clause", "for_statement", "for_in_statement"],
]);

function isRead({ parent, field }: SyntaxNode): boolean {
  if (!parent || !readIn.has(parent.kind)) return false;
  if (parent.kind === "keyword_argument") return field === "value";
  if (parent.kind === "attribute" || parent.kind === "member_expression") return field === "object";
  return field !== "left" || !/^for_/.test(parent.kind);
}

function memberOf(node: SyntaxNode): { object: string; name: string; node: SyntaxNode } | undefined {
  const name = node.child("attribute") ?? node.child("property");
  const object = node.child("object");
  return name && object && /^(?:attribute|member_expression)$/.test(node.kind)
    ? { object: object.text, name: name.text, node: name }
    : undefined;
}

/** `x.a()`, `x.a.b`, `x.a = 1`: what another member would not stand for. */
function isCalledOrGiven({ parent, field }: SyntaxNode): boolean {
  if (!parent) return false;
  if (/^call/.test(parent.kind)) return field === "function";
  if (/^(?:attribute|member_expression)$/.test(parent.kind)) return field === "object";
  return /assignment/.test(parent.kind) && field === "left";
}

/** Texts in places alike may be mixed up. */
function placeOfText({ kind, text, parent }: SyntaxNode): string | undefined {
  if (kind !== "string" || !parent || text.length > 40) return undefined;
  if (/^(?:return_statement|conditional_expression|ternary_expression)$/.test(parent.kind)) return "result";
  return /^(?:comparison_operator|binary_expression)$/.test(parent.kind) ? "compared" : undefined;
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known) known.add(value);
  else sets.set(key, new Set([value]));
}

function nextOf(values: ReadonlySet<string> | undefined, value: string): string | undefined {
  const all = [...(values ?? [])];
  return all.length < 2 ? undefined : all[(all.indexOf(value) + 1) % all.length];
}

function withoutFirst(language: RunnableLanguage, node: SyntaxNode): Change[] {
  const over = node.child("right");
  if (!over || /^(?:call|call_expression)$/.test(over.kind) || node.child("operator")?.text === "in") return [];
  const rest = language === "python" ? `list(${over.text})[1:]` : `[...${over.text}].slice(1)`;
  return [changed(over, "first one left out", rest)];
}

function changed({ start, end }: SyntaxNode, operator: MutationOperator, text: string): Change {
  return { start, end, operator, text };
}
