import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { RunnableLanguage } from "../program";
import type { Change, MutationOperator } from "./change";
import { patternChanges } from "./patterns";

/** How the languages write what the slips are about. */
interface Words {
  nothing: string;
  isTrue: string;
  isFalse: string;
  skip: string;
}

const python: Words = { nothing: "None", isTrue: "True", isFalse: "False", skip: "pass" };
const script: Words = { nothing: "undefined", isTrue: "true", isFalse: "false", skip: ";" };

/** The slips that can be made at one node. */
export function mutations(language: RunnableLanguage, node: SyntaxNode): Change[] {
  const words = language === "python" ? python : script;
  switch (node.kind) {
    case "comparison_operator":
    case "binary_operator":
    case "binary_expression":
    case "boolean_operator":
      return [...operatorChanges(node), ...clauseChanges(node)];
    case "augmented_assignment":
    case "augmented_assignment_expression":
      return accumulationChanges(node);
    case "not_operator":
    case "unary_expression":
      return negationChanges(node);
    case "integer":
    case "float":
    case "number":
      return numberChanges(node);
    case "true":
    case "false":
      return truthChanges(node, words);
    case "string":
    case "template_string":
      return [...stringChanges(node), ...swappedInsertions(node), ...droppedFragments(node), ...patternChanges(node)];
    case "regex":
      return patternChanges(node);
    case "list":
    case "array":
    case "set":
      return droppedElement(node);
    case "dictionary":
    case "object":
      return swappedValues(node);
    case "optional_chain":
      return [change(node, "dropped clause", node.parent?.kind === "member_expression" ? "." : "")];
    case "if_clause":
      return [change(node, "dropped clause", "")];
    case "regex_flags":
      return [change(node, "constant", "")];
    case "call":
    case "call_expression":
      return callChanges(node, words);
    case "if_statement":
    case "elif_clause":
    case "while_statement":
      return [...branchChanges(node, words), ...conditionChanges(node, words)];
    case "expression_statement":
      return statementChanges(node, words);
    case "tuple":
    case "expression_list":
      return [...swappedParts(node), ...droppedElement(node)];
    case "conditional_expression":
    case "ternary_expression":
      return conditionalChanges(node);
    case "raise_statement":
    case "throw_statement":
      return [change(node, "swallowed error", `return ${words.nothing}`)];
    case "continue_statement":
      return [change(node, "jump", language === "python" ? "break" : "break;")];
    case "break_statement":
      return node.parent?.kind.startsWith("switch_") ? [] : [change(node, "jump", words.skip)];
    default:
      return [];
  }
}

function change(node: Pick<SyntaxNode, "start" | "end">, operator: MutationOperator, text: string): Change {
  return { start: node.start, end: node.end, operator, text };
}

const comparisons: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "===": ["!=="],
  "!==": ["==="],
  in: ["not in"],
  "not in": ["in"],
  is: ["is not"],
  "is not": ["is"],
};

const arithmetic: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["+"],
  "/": ["*"],
  "//": ["/"],
  "%": ["-"],
  "**": ["*"],
  "<<": [">>"],
  ">>": ["<<"],
  "&": ["|"],
  "|": ["&"],
};

const logic: Readonly<Record<string, readonly string[]>> = {
  and: ["or"],
  or: ["and"],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["||"],
};

function operatorChanges(node: SyntaxNode): Change[] {
  const { operator, kind } = { operator: operatorOf(node), kind: node.kind };
  if (!operator) return [];
  const isScript = kind === "binary_expression";
  const of = (table: Readonly<Record<string, readonly string[]>>, name: MutationOperator) =>
    (Object.hasOwn(table, operator.text) ? (table[operator.text] as readonly string[]) : []).map((text) =>
      change(operator, name, text),
    );
  const compared = isScript && operator.text === "in" ? [] : of(comparisons, "comparison");
  return [...compared, ...of(arithmetic, "arithmetic"), ...of(logic, "logic")];
}

function operatorOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.child("operator") ?? node.child("operators") ?? node.children.find(({ named }) => !named);
}

/** One side of `a and b` alone. */
function clauseChanges(node: SyntaxNode): Change[] {
  const [left, right] = [node.child("left"), node.child("right")];
  const operator = operatorOf(node)?.text ?? "";
  if (!left || !right || !Object.hasOwn(logic, operator)) return [];
  return [change(node, "dropped clause", left.text), change(node, "dropped clause", right.text)];
}

function accumulationChanges(node: SyntaxNode): Change[] {
  const operator = operatorOf(node);
  if (!operator) return [];
  if (operator.text === "+=") return [change(operator, "accumulation", "="), change(operator, "arithmetic", "-=")];
  return operator.text === "-=" ? [change(operator, "arithmetic", "+=")] : [];
}

function negationChanges(node: SyntaxNode): Change[] {
  const argument = node.child("argument");
  const operator = node.kind === "not_operator" ? "not" : node.child("operator")?.text;
  if (!argument || (operator !== "not" && operator !== "!")) return [];
  return [change(node, "negation", argument.text)];
}

function numberChanges(node: SyntaxNode): Change[] {
  const name: MutationOperator = isDefault(node) ? "default" : "constant";
  const value = Number(node.text.replaceAll("_", ""));
  if (!Number.isFinite(value)) return [];
  if (!Number.isInteger(value)) return [change(node, name, `${value * 2}`)];
  const others = [value + 1, ...(value === 0 ? [] : [value - 1])];
  // Units are mixed up: hours and minutes, kilobytes and bytes, percents and parts.
  if (value >= 60)
    others.unshift(
      ...[60, 100, 10]
        .filter((unit) => value % unit === 0)
        .slice(0, 1)
        .map((unit) => value / unit),
    );
  return others.map((other) => change(node, name, `${other}`));
}

/** What stands in for a value that is missing: the last argument of `.get("priority", 0)`, the right of `?? 0`. */
function isDefault(node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (parent.kind === "argument_list") return parent.namedChildren.length === 2 && parent.namedChildren[1] === node;
  return (
    parent.kind === "binary_expression" &&
    node.field === "right" &&
    /^(?:\?\?|\|\|)$/.test(operatorOf(parent)?.text ?? "")
  );
}

function stringChanges(node: SyntaxNode): Change[] {
  const { parent, text } = node;
  if (parent?.kind === "expression_statement" || !/^(?:"[^"]*"|'[^']*')$/.test(text)) return [];
  const quote = text[0] as string;
  // Keys and names stay: another one is no slip but nonsense.
  if (isDefault(node)) return [change(node, "default", text.length === 2 ? `${quote}x${quote}` : `${quote}${quote}`)];
  const isSeparator = /^\W{1,2}$/.test(text.slice(1, -1));
  return isSeparator ? [change(node, "constant", `${quote}${quote}`)] : [];
}

function truthChanges(node: SyntaxNode, words: Words): Change[] {
  const other = node.kind === "true" ? words.isFalse : words.isTrue;
  if (isDefault(node)) return [change(node, "default", other)];
  return saidOf.has(node.parent?.kind ?? "") ? [change(node, "constant", other)] : [];
}

/** What a truth value is the whole of. */
const saidOf = new Set([
  "return_statement",
  "keyword_argument",
  "pair",
  "assignment",
  "variable_declarator",
  "arguments",
]);

const literalKinds = /^(?:string|integer|float|number|true|false|none|null)$/;

const maxDropped = 8;

/** One of those that a value is looked for among, forgotten. */
function droppedElement(node: SyntaxNode): Change[] {
  const elements = node.namedChildren;
  const [last, before] = [elements.at(-1), elements.at(-2)];
  if (!last || !before || !elements.every(({ kind }) => literalKinds.test(kind))) return [];
  // A tuple with one element has a comma.
  const isPair = node.kind === "tuple" && elements.length === 2 && !/,\s*\)$/.test(node.text);
  if (isPair) return [change({ start: before.end, end: last.end }, "dropped clause", ",")];
  const each = elements.slice(0, Math.min(maxDropped, elements.length - 1)).map((element, i) => {
    const comma = node.source.indexOf(",", element.end);
    const next = (elements[i + 1] as SyntaxNode).start;
    const end = node.source.slice(comma, next).includes("\n") ? comma + 1 : next;
    return change({ start: element.start, end }, "dropped clause", "");
  });
  return [change({ start: before.end, end: last.end }, "dropped clause", ""), ...each];
}

/** `${line}-${berth}` without what stands between. */
function droppedFragments(node: SyntaxNode): Change[] {
  const fragments = node.namedChildren.filter(({ kind }) => kind === "string_fragment" || kind === "string_content");
  const isPlainText = fragments.length === node.namedChildren.length;
  if (isPlainText) return [];
  return fragments.filter(({ text }) => /^\W{1,3}$/.test(text)).map((each) => change(each, "constant", ""));
}

/** `${line}-${berth}` the other way round. */
function swappedInsertions(node: SyntaxNode): Change[] {
  const insertions = node.namedChildren.filter(
    ({ kind }) => kind === "interpolation" || kind === "template_substitution",
  );
  const [first, second] = insertions;
  if (!first || !second || first.text === second.text) return [];
  const between = node.source.slice(first.end, second.start);
  return [
    change({ start: first.start, end: second.end }, "swapped arguments", `${second.text}${between}${first.text}`),
  ];
}

/** Values of two neighbours mixed up in a table that is written out. */
function swappedValues(node: SyntaxNode): Change[] {
  const pairs = node.namedChildren.filter(({ kind }) => kind !== "comment");
  return pairs.slice(1, maxSwaps + 1).flatMap((pair, i) => {
    const [first, second] = [pairs[i] as SyntaxNode, pair];
    const [a, b] =
      isSpread(first) && isSpread(second) ? [first, second] : [first.child("value"), second.child("value")];
    if (!a || !b || a.text === b.text || !(isSwappable(a) && isSwappable(b))) return [];
    const between = node.source.slice(a.end, b.start);
    return [change({ start: a.start, end: b.end }, "swapped arguments", `${b.text}${between}${a.text}`)];
  });
}

const maxSwaps = 6;

function isSpread({ kind }: SyntaxNode): boolean {
  return kind === "spread_element" || kind === "dictionary_splat";
}

function isSwappable(node: SyntaxNode): boolean {
  return isSpread(node) || isPlain(node) || literalKinds.test(node.kind);
}

const opposites: Readonly<Record<string, string>> = {
  min: "max",
  max: "min",
  any: "all",
  all: "any",
  floor: "ceil",
  ceil: "floor",
  some: "every",
  every: "some",
  startswith: "endswith",
  endswith: "startswith",
  startsWith: "endsWith",
  endsWith: "startsWith",
  indexOf: "lastIndexOf",
  lastIndexOf: "indexOf",
  find: "rfind",
  rfind: "find",
  append: "extend",
  shift: "pop",
  pop: "shift",
  push: "unshift",
  unshift: "push",
  bisect_left: "bisect_right",
  bisect_right: "bisect_left",
  lower: "upper",
  upper: "lower",
  toLowerCase: "toUpperCase",
  toUpperCase: "toLowerCase",
  lstrip: "rstrip",
  rstrip: "lstrip",
  trimStart: "trimEnd",
  trimEnd: "trimStart",
};

/** Calls that give back what they were called on, but for what they do to it. */
const refinements = new Set([
  ...["strip", "lstrip", "rstrip", "lower", "upper", "casefold", "copy", "replace", "title", "capitalize", "zfill"],
  ...["removeprefix", "removesuffix", "replaceAll", "normalize", "padStart", "padEnd", "concat"],
  ...["trim", "trimStart", "trimEnd", "toLowerCase", "toUpperCase", "reverse", "sort", "slice", "filter", "flat"],
]);
const wrappers = new Set(["sorted", "reversed", "set", "abs", "round", "list", "int", "str", "float", "bool"]);

function callChanges(node: SyntaxNode, words: Words): Change[] {
  const callee = node.child("function");
  const list = node.child("arguments");
  if (!callee || !list) return [];
  const parts = list.namedChildren;
  const member = callee.child("attribute") ?? callee.child("property");
  const nameNode = member ?? (callee.kind === "identifier" ? callee : undefined);
  const name = nameNode?.text ?? "";
  const changes: Change[] = [];
  if (nameNode && Object.hasOwn(opposites, name) && isOppositeAt(name, words, member))
    changes.push(change(nameNode, "opposite call", opposites[name] as string));
  const object = callee.child("object");
  if (object && refinements.has(name)) changes.push(change(node, "dropped call", object.text));
  if (callee.kind === "identifier" && wrappers.has(name) && parts[0] && parts[0].kind !== "keyword_argument")
    changes.push(change(node, "dropped call", parenthesized(parts[0])));
  changes.push(...orderChanges(name, list));
  const [first, second] = parts;
  if (
    parts.length === 2 &&
    first &&
    second &&
    !/keyword|splat|spread/.test(first.kind + second.kind) &&
    isPlain(first) &&
    isPlain(second)
  )
    changes.push(change({ start: first.start, end: second.end }, "swapped arguments", `${second.text}, ${first.text}`));
  return changes;
}

/** `find` is another method in JavaScript, `pop` and `append` in Python take something else. */
function isOppositeAt(name: string, words: Words, member: SyntaxNode | undefined): boolean {
  const isPython = words === python;
  if (/^(?:find|rfind)$/.test(name)) return isPython;
  if (/^(?:shift|pop|append)$/.test(name)) return !isPython && name !== "append";
  if (/^(?:some|every|floor|ceil)$/.test(name)) return member !== undefined;
  return true;
}

function isPlain({ kind }: SyntaxNode): boolean {
  return kind === "identifier" || kind === "attribute" || kind === "member_expression" || kind === "subscript";
}

function parenthesized(node: SyntaxNode): string {
  return node.kind === "identifier" || node.kind === "attribute" || node.kind === "call" ? node.text : `(${node.text})`;
}

/** A sort without its key, or the other way round; a minimum or maximum without its key. */
function orderChanges(name: string, list: SyntaxNode): Change[] {
  if (!/^(?:sorted|sort|min|max|toSorted)$/.test(name)) return [];
  const parts = list.namedChildren;
  const isKeyword = (part: SyntaxNode) => part.kind === "keyword_argument";
  const changes = parts.flatMap((part, i): Change[] => {
    if (!isKeyword(part)) return [];
    const before = parts[i - 1];
    const start = before ? before.end : part.start;
    const end = before ? part.end : (parts[i + 1]?.start ?? part.end);
    return [change({ start, end }, "sort order", "")];
  });
  const [comparator] = parts;
  if (/^(?:sort|toSorted)$/.test(name) && comparator && !isKeyword(comparator) && parts.length === 1)
    changes.push(change(comparator, "sort order", ""));
  return [...changes, ...keyChanges(list)];
}

/** The last part of a key that is a tuple. */
function keyChanges(list: SyntaxNode): Change[] {
  const tuples = [...list.descendants()].filter(({ kind }) => kind === "tuple");
  return tuples.flatMap((tuple) => {
    const parts = tuple.namedChildren;
    const last = parts.at(-1);
    const before = parts.at(-2);
    return last && before
      ? [change({ start: before.end, end: last.end }, "sort order", parts.length === 2 ? "," : "")]
      : [];
  });
}

/** A branch that leaves early, never taken. */
function branchChanges(node: SyntaxNode, words: Words): Change[] {
  const condition = node.child("condition");
  const consequence = node.child("consequence");
  if (!condition || !consequence || node.child("alternative")) return [];
  const last =
    consequence.kind === "statement_block" || consequence.kind === "block"
      ? consequence.namedChildren.at(-1)
      : consequence;
  if (!/^(?:return|raise|throw|continue)_statement$/.test(last?.kind ?? "")) return [];
  const never = condition.kind === "parenthesized_expression" ? `(${words.isFalse})` : words.isFalse;
  return [change(condition, "early return", never)];
}

function conditionalChanges(node: SyntaxNode): Change[] {
  const parts = node.namedChildren;
  const [first, second, third] = parts;
  if (!first || !second || !third) return [];
  // Python has the condition in the middle.
  const [then, condition, otherwise] =
    node.kind === "conditional_expression" ? [first, second, third] : [second, first, third];
  const text =
    node.kind === "conditional_expression"
      ? `${otherwise.text} if ${condition.text} else ${then.text}`
      : `${condition.text} ? ${otherwise.text} : ${then.text}`;
  return [change(node, "negation", text)];
}

/** A condition that is no comparison, the other way round. */
function conditionChanges(node: SyntaxNode, words: Words): Change[] {
  const condition = node.child("condition");
  const inner = condition?.kind === "parenthesized_expression" ? condition.namedChildren[0] : condition;
  if (!inner || node.kind === "while_statement" || /comparison|binary|boolean|not_operator|unary/.test(inner.kind))
    return [];
  return [change(inner, "negation", words === python ? `not ${parenthesized(inner)}` : `!(${inner.text})`)];
}

/** A call whose result nobody wants, left out. */
function statementChanges(node: SyntaxNode, words: Words): Change[] {
  const [expression] = node.namedChildren;
  if (expression?.kind !== "call" && expression?.kind !== "call_expression") return [];
  return [change(node, "left out", words.skip)];
}

function swappedParts(node: SyntaxNode): Change[] {
  const [first, second] = node.namedChildren;
  if (!first || !second || node.namedChildren.length !== 2 || node.parent?.kind !== "return_statement") return [];
  return [change({ start: first.start, end: second.end }, "swapped arguments", `${second.text}, ${first.text}`)];
}
