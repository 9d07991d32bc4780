import { containsMarker } from "../base/commentMarkers";
import type { ConstructFacts, FlagFacts, LanguageId, LayoutFacts, SyntaxConstruct } from "../model/facts";
import { KindTable, type SyntaxNode } from "../syntax/syntaxNode";

type Judge = (node: SyntaxNode) => SyntaxConstruct | readonly SyntaxConstruct[] | undefined;
type Judges = Readonly<Record<string, Judge>>;

/** Notes constructs that rules forbid and that have no name to be found by, node by node. */
export class ConstructCollector {
  readonly constructs: ConstructFacts[] = [];
  readonly flags: FlagFacts[] = [];
  /** How strings and statements are written, where a language leaves that open. */
  readonly written: Pick<LayoutFacts, "quotes" | "semicolons"> = {};
  private readonly judges: KindTable<Judge | undefined>;

  constructor(
    language: LanguageId,
    private readonly detach: (text: string) => string,
  ) {
    this.judges = tables[language];
  }

  visit(node: SyntaxNode): void {
    const judge = this.judges.get(node.type);
    if (!judge) return;
    if (judge === stringLiteral) this.noteQuotes(node);
    else if (judge === statement) this.noteSemicolon(node);
    const found = judge(node);
    if (typeof found === "string") this.constructs.push({ kind: found, start: node.start, end: node.end });
    else if (found) for (const kind of found) this.constructs.push({ kind, start: node.start, end: node.end });
    else if (node.kind === "true" || node.kind === "false") this.noteFlag(node);
  }

  private noteQuotes({ source, start, end, parent }: SyntaxNode): void {
    const mark = source[start];
    if ((mark !== "'" && mark !== '"') || parent?.kind === "jsx_attribute") return;
    const kind = mark === "'" ? "single" : "double";
    const { quotes = {} } = this.written;
    // Three begin a text, and what holds the other kind has a reason.
    if (quotes[kind] !== undefined || source.startsWith(mark.repeat(3), start)) return;
    // So has what stands in a text of the other kind, as f-strings do.
    if (parent !== undefined && isInterpolated(parent)) return;
    if (/["'\\]/.test(source.slice(start + 1, end - 1))) return;
    this.written.quotes = { ...quotes, [kind]: start };
  }

  private noteSemicolon({ source, start, end, parent, namedChildren: [first] }: SyntaxNode): void {
    // `namespace` is parsed as an expression, and is a block.
    if (first?.kind === "internal_module" || first?.kind === "module") return;
    // What stands in the header of a loop cannot do without.
    if (parent?.kind === "for_statement" && parent.namedChildren.at(-1)?.start !== start) return;
    const kind = source[end - 1] === ";" ? "with" : "without";
    const { semicolons = {} } = this.written;
    if (semicolons[kind] === undefined) this.written.semicolons = { ...semicolons, [kind]: start };
  }

  private noteFlag(value: SyntaxNode): void {
    const name = nameOfFlag(value);
    const text = name && /[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(name.text)?.[0];
    if (name && text) this.flags.push({ name: this.detach(text), value: value.kind, start: name.start, end: name.end });
  }
}

/** Whether Python's `{...}` of a text lies around. */
function isInterpolated(node: SyntaxNode): boolean {
  for (let around: SyntaxNode | undefined = node; around; around = around.parent)
    if (around.kind === "interpolation") return true;
  return false;
}

const maxFlagName = 200;

/** What is given the value: the key, variable or field that stands beside it. */
function nameOfFlag(value: SyntaxNode): SyntaxNode | undefined {
  let node = value;
  while (node.parent && (node.parent.kind === "literal_element" || node.parent.kind === "expression_list")) {
    if (node.parent.namedChildren.length > 1) return undefined;
    node = node.parent;
  }
  const { parent } = node;
  if (!parent || !givesValue.has(parent.kind)) return undefined;
  const name = parent.child("key") ?? parent.child("name") ?? parent.child("left") ?? parent.namedChildren[0];
  return name && name !== node && name.end - name.start <= maxFlagName ? name : undefined;
}

const givesValue: ReadonlySet<string> = new Set([
  "keyed_element",
  "short_var_declaration",
  "assignment_statement",
  "var_spec",
  "const_spec",
  "pair",
  "assignment_expression",
  "variable_declarator",
  "public_field_definition",
  "field_definition",
  "assignment",
  "keyword_argument",
  "default_parameter",
  "typed_default_parameter",
]);

/** Letters of no alphabet that English is written in; Greek ones stand in formulas. */
const foreign = /[^\P{L}\p{Script=Latin}\p{Script=Greek}\p{Script=Common}]/u;

function comment(suppresses: RegExp | undefined, code: RegExp): Judge {
  return ({ source, start, text }) => {
    const found: SyntaxConstruct[] = [];
    if (suppresses?.test(text)) found.push("type-suppression");
    else if (containsMarker.test(text)) found.push("todo-comment");
    if (foreign.test(text)) found.push("foreign-comment");
    if (
      text.length < longestStatement &&
      code.test(text) &&
      !isSyntax(source, start, text) &&
      !isShown(source, start, code)
    )
      found.push("commented-code");
    return found;
  };
}

/** An import within a block: no code was there, but what the block is about. */
function isSyntax(source: string, start: number, text: string): boolean {
  const isIndented = /^[ \t]+$/.test(source.slice(source.lastIndexOf("\n", start - 1) + 1, start));
  return isIndented && /^\/\/\s*(?:import\b.*\bfrom\s+["']|export\s+(?:\*|\{).*\bfrom\b)/.test(text);
}

const maxLinesAbove = 20;
const announces =
  /\b(?:e\.g|i\.e|usage|examples?|instance|such as|could|would|might|like (?:this|so)|sample)\b|(?::|=>|->)$/i;
/** Code that ran once, or will again, is commented out whatever else is said. */
const retires =
  /\b(?:old|was|were|previous(?:ly)?|disabled?|removed?|legacy|before|deprecated|re-?enabled?|todo|fixme|temporar\w*|debug\w*|(?:un)?comment(?:ed)?)\b/i;

/** An example: the lines of the comment above it announce it, or it is indented under them. */
function isShown(source: string, start: number, code: RegExp): boolean {
  let line = lineAbove(source, start);
  let indent = indentOfComment(source.slice(start, start + longestStatement));
  let isAnnounced = false;
  for (let i = 0; i < maxLinesAbove && line && /^(?:\/\/|#)/.test(line.text); i++) {
    const { text } = line;
    if (code.test(text) || !isProse(text)) indent = Math.min(indent, indentOfComment(text));
    else {
      if (retires.test(text)) return false;
      isAnnounced ||= announces.test(text) || indent >= indentOfComment(text) + 2;
    }
    line = lineAbove(source, line.start);
  }
  return isAnnounced;
}

/** The line before that of an offset, cut; nothing where the offset does not begin its line. */
function lineAbove(source: string, offset: number): { text: string; start: number } | undefined {
  let end = offset - 1;
  while (source[end] === " " || source[end] === "\t") end--;
  if (source[end] !== "\n") return undefined;
  const first = source.lastIndexOf("\n", end - 1) + 1;
  const whole = source.slice(first, Math.min(end, first + 2 * longestStatement));
  return { text: whole.trim(), start: first + whole.length - whole.trimStart().length };
}

function indentOfComment(text: string): number {
  const space = /^(?:\/\/|#)([ \t]*)\S/.exec(text)?.[1];
  return space === undefined || space.includes("\t") ? maxIndent : space.length;
}

const maxIndent = 8;

/** Words, and not the rest of a statement. */
function isProse(text: string): boolean {
  return /\p{L}{2,}(?:[,.]? +\p{L}|:$)/u.test(text) && !/[;{}([]$/.test(text);
}

const longestStatement = 200;
/** A line that is a whole statement, as nobody would write a sentence. */
const ecmaScriptCode =
  /^\/\/\s*(?:(?:const|let|var)\s+[\w{[].*[;{(]|return\b.*;|(?:await\s+)?[\w$.]+\([^()]*\);|import\s.*from\s+["'].*|(?:if|for|while)\s*\(.*\)\s*\{)\s*$/;
const javaCode =
  /^\/\/\s*(?:[\w$.]+\([^()]*\);|return\b.*;|(?:final\s+)?[A-Z][\w<>]*\s+\w+\s*=.*;|(?:if|for|while)\s*\(.*\)\s*\{|import\s[\w.]+;)\s*$/;
const pythonCode =
  /^#\s*(?:(?:def|class)\s+\w+.*:|(?:if|for|while)\s+\w.*\w.*:|return\s+\w+\(.*\)|from\s+[\w.]+\s+import\s+\w+|[a-z_][\w.]*\s=\s[\w.]+\(.*\)|[a-z_][\w.]*\.[\w.]+\([^()]*\)|print\(.*\))\s*$/;
const goCode =
  /^\/\/\s*(?:\w+(?:,\s*\w+)*\s*:=\s.*|(?:if|for)\s.*\{|[\w.]+\.\w+\([^()]*\)|defer\s[\w.]+\(.*\)|func\s.*\{)\s*$/;

const always =
  (kind: SyntaxConstruct): Judge =>
  () =>
    kind;

/** The outer conditional of two: the branch of one is the other. */
const nestedTernary: Judge = ({ parent, kind }) => {
  const around = parent?.kind === "parenthesized_expression" ? parent.parent : parent;
  return around?.kind === kind ? "nested-ternary" : undefined;
};

const emptyCatch: Judge = (node) => {
  const body = node.child("body") ?? node.ofKind("block", "statement_block");
  // A comment says why.
  return body && body.children.length === 0 ? "empty-catch" : undefined;
};

/** Who is told to stop, or that nothing has come yet and asks again, has no failure to tell of. */
function isControlFlow(caught: string, node: SyntaxNode): boolean {
  const types = caught
    .slice(0, maxCaught)
    .replace(/\bas\s+\w+\s*$/, "")
    .match(/[\w.]+/g);
  if (!types) return false;
  const isAll = (pattern: RegExp) => types.every((type) => pattern.test(type.slice(type.lastIndexOf(".") + 1)));
  return isAll(stops) || (isAll(stopsOrWaits) && isInLoop(node));
}

const maxCaught = 200;
const stops =
  /^(?:CancelledError|CancellationException|GeneratorExit|StopIteration|StopAsyncIteration|KeyboardInterrupt)$/;
const stopsOrWaits =
  /^(?:CancelledError|CancellationException|GeneratorExit|Stop(?:Async)?Iteration|KeyboardInterrupt|TimeoutError|TimeoutException|SocketTimeoutException|timeout|Empty|QueueEmpty|WouldBlock|EndOfStream)$/;

function isInLoop(node: SyntaxNode): boolean {
  for (let around = node.parent; around; around = around.parent) {
    if (/^(?:while|for|do|enhanced_for)_statement$/.test(around.kind)) return true;
    if (/^(?:function_definition|method_declaration|lambda_expression|lambda)$/.test(around.kind)) return false;
  }
  return false;
}

const isElseAfterReturn = (node: SyntaxNode): boolean => {
  const consequence = node.child("consequence");
  const isChain = node.parent?.kind === "if_statement" || node.parent?.kind === "else_clause";
  return !isChain && node.child("alternative") !== undefined && consequence !== undefined && leaves(consequence);
};

const elseAfterReturn: Judge = (node) => (isElseAfterReturn(node) ? "else-after-return" : undefined);

/** Where a block may go without braces. */
const bracedIf: Judge = (node) => {
  const body = node.child("consequence");
  const isBare = body !== undefined && body.kind !== "statement_block" && body.kind !== "block";
  const found: SyntaxConstruct[] = [];
  if (isElseAfterReturn(node)) found.push("else-after-return");
  if (isBare) found.push("braceless-if");
  return found;
};

function isInFunction(node: SyntaxNode): boolean {
  for (let around = node.parent; around; around = around.parent) if (around.kind === "function_definition") return true;
  return false;
}

const localImport: Judge = (node) => (isInFunction(node) && !isFallback(node) ? "local-import" : undefined);

/** Beside `except ImportError`, where an import may fail. */
function isFallback({ parent, source }: SyntaxNode): boolean {
  const owner = parent?.parent;
  const attempt = owner?.kind === "except_clause" ? owner.parent : owner;
  return (
    attempt?.kind === "try_statement" &&
    /\bexcept \(?(?:\w+, ?)*(?:ImportError|ModuleNotFoundError)\b/.test(source.slice(attempt.start, attempt.end))
  );
}

const mutableDefault: Judge = (node) =>
  /^(?:list|dictionary|set)$/.test(node.child("value")?.kind ?? "") ? "mutable-default" : undefined;

/** Keys whose form nobody else uses. Whoever writes one has published it. */
const secret =
  /^["'`](?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40,90}|sk_live_[A-Za-z0-9]{16,120}|sk-(?:ant-|proj-)?[\w-]{32,160}|xox[abprs]-[\w-]{10,80}|AIza[\w-]{35}|glpat-[\w-]{20}|npm_[A-Za-z0-9]{36}|-----BEGIN (?:[A-Z]{1,10} )?PRIVATE KEY-----)/;
const minSecret = 20;

const stringLiteral: Judge = ({ source, start, end }) => {
  if (end - start > minSecret && isSecret(source, start, end)) return "hardcoded-secret";
  return end - start >= minStatement && sql.test(source.slice(start, Math.min(end, start + 200)))
    ? "raw-sql"
    : undefined;
};

/** A statement as programs write it: in small letters it could be a sentence, but for those no sentence begins with. */
const sql =
  /^\w{0,2}["'`]{1,3}\s*(?:SELECT\s[^;]{0,150}\sFROM\s|select\s(?:\*|[\w.]+(?:\s*,\s*[\w.]+)+)\sfrom\s|(?:INSERT\s+INTO|insert\s+into|DELETE\s+FROM|delete\s+from|ALTER\s+TABLE|DROP\s+TABLE|TRUNCATE\s+TABLE)\s|(?:UPDATE|update)\s+[\w."]+\s+(?:SET|set)\s|CREATE\s+(?:TABLE|(?:UNIQUE\s+)?INDEX|VIEW)\s|WITH\s+\w+\s+AS\s*\()/;
const minStatement = 12;

/** What stands for a key in an example: `sk-xxxxxxxx`, `ghp_your_token_here`. */
const placeholder = /\.{3}|(\w)\1{4}|your|example|placeholder|dummy|sample|change-?me|redacted|fake|insert/i;
/** Somewhere after its header, over the ends of strings that are put together. */
const keyBody = /^(?:\\[nr]|[\s"'`+])*[A-Za-z0-9+/=]{32}/;

function isSecret(source: string, start: number, end: number): boolean {
  const [key] = secret.exec(source.slice(start, Math.min(end, start + 200))) ?? [];
  if (key === undefined) return false;
  if (!key.includes("-----BEGIN")) return !placeholder.test(key);
  const body = start + key.length;
  return keyBody.test(source.slice(body, body + 200));
}

function leaves(block: SyntaxNode): boolean {
  const list = block.kind === "block" ? (block.ofKind("statement_list") ?? block) : block;
  const last = list.kind === "return_statement" ? list : list.namedChildren.at(-1);
  return last !== undefined && /^(?:return|throw|raise)_statement$/.test(last.kind);
}

/** `as const` asserts nothing. */
const typeAssertion: Judge = (node) => (node.namedChildren.length > 1 ? "type-assertion" : undefined);

const flag: Judge = () => undefined;
/** Told apart by itself: only how it ends is noted. */
const statement: Judge = () => undefined;

const ecmaScript: Judges = {
  comment: comment(/@ts-(?:ignore|nocheck|expect-error)\b/, ecmaScriptCode),
  expression_statement: statement,
  lexical_declaration: statement,
  import_statement: statement,
  predefined_type: ({ text }) => (text === "any" ? "any-type" : undefined),
  non_null_expression: always("non-null-assertion"),
  namespace_import: always("wildcard-import"),
  as_expression: typeAssertion,
  type_assertion: typeAssertion,
  export_statement: (node) => (node.has("default") ? "default-export" : undefined),
  catch_clause: emptyCatch,
  variable_declaration: (node) => (node.has("var") ? "var-declaration" : undefined),
  ternary_expression: nestedTernary,
  if_statement: bracedIf,
  call_expression: (node) => {
    const callee = node.child("function");
    return callee?.kind === "identifier" && callee.text === "require" ? "commonjs" : undefined;
  },
  identifier: ({ text }) => (/^__(?:dir|file)name$/.test(text) ? "commonjs" : undefined),
  assignment_expression: (node) => {
    const left = node.child("left");
    return left?.kind === "member_expression" && /^(?:module\.)?exports\b/.test(left.text) ? "commonjs" : undefined;
  },
  jsx_attribute: (node) => {
    const [name, value] = node.namedChildren;
    return name?.text === "style" && value?.namedChildren[0]?.kind === "object" ? "inline-style" : undefined;
  },
  binary_expression: (node) => {
    if (!node.has("==") && !node.has("!=")) return undefined;
    const isAbsent = node.namedChildren.some(({ kind }) => kind === "null" || kind === "undefined");
    return isAbsent ? undefined : "loose-equality";
  },
  enum_declaration: (node) => (node.has("const") ? "const-enum" : undefined),
  for_in_statement: (node) => (node.has("in") ? "for-in-loop" : undefined),
  type_alias_declaration: (node) => (node.child("value")?.kind === "object_type" ? "object-type-alias" : undefined),
  string: stringLiteral,
  template_string: stringLiteral,
  true: flag,
  false: flag,
};

const python: Judges = {
  comment: comment(/#\s*(?:type:\s*ignore|pyright:\s*ignore)\b/, pythonCode),
  type: (node) =>
    /\bAny\b/.test(node.text) && node.parent?.kind !== "type_parameter" && node.parent?.kind !== "type"
      ? "any-type"
      : undefined,
  except_clause: (node) => {
    const children = node.namedChildren;
    if (children.length === 1) return "bare-except";
    const body = children.at(-1);
    const [only, ...rest] = body?.children ?? [];
    const found: SyntaxConstruct[] = [];
    const isEmpty = only?.kind === "pass_statement" && rest.length === 0;
    if (isEmpty && !isControlFlow(children[0]?.text ?? "", node)) found.push("empty-catch");
    // What is thrown on is not taken for something else.
    const isBroad = /^(?:Base)?Exception\b/.test(children[0]?.text ?? "");
    if (isBroad && body?.children.at(-1)?.kind !== "raise_statement") found.push("broad-catch");
    return found;
  },
  import_statement: localImport,
  import_from_statement: localImport,
  default_parameter: mutableDefault,
  typed_default_parameter: mutableDefault,
  binary_operator: (node) => (node.has("%") && node.child("left")?.kind === "string" ? "string-formatting" : undefined),
  attribute: (node) =>
    node.child("object")?.kind === "string" && node.child("attribute")?.text === "format"
      ? "string-formatting"
      : undefined,
  string: stringLiteral,
  global_statement: always("global-variable"),
  conditional_expression: nestedTernary,
  if_statement: elseAfterReturn,
  true: flag,
  false: flag,
};

const java: Judges = {
  line_comment: comment(undefined, javaCode),
  block_comment: comment(undefined, javaCode),
  catch_clause: (node) => {
    const caught = node.ofKind("catch_formal_parameter")?.ofKind("catch_type")?.text ?? "";
    const empty = isControlFlow(caught, node) ? undefined : emptyCatch(node);
    const found: SyntaxConstruct[] = empty === "empty-catch" ? ["empty-catch"] : [];
    if (/^(?:Exception|Throwable)$/.test(caught)) found.push("broad-catch");
    return found;
  },
  local_variable_declaration: (node) => (node.child("type")?.text === "var" ? "var-declaration" : undefined),
  field_declaration: (node) =>
    /@(?:Autowired|Inject|Resource)\b/.test(node.ofKind("modifiers")?.text ?? "") ? "field-injection" : undefined,
  ternary_expression: nestedTernary,
  if_statement: bracedIf,
  string_literal: stringLiteral,
  true: flag,
  false: flag,
};

const go: Judges = {
  comment: comment(undefined, goCode),
  type_identifier: ({ text, parent }) => (text === "any" && !isConstraint(parent) ? "any-type" : undefined),
  interface_type: ({ namedChildren, parent }) =>
    namedChildren.length === 0 && parent?.kind !== "type_spec" && !isConstraint(parent) ? "any-type" : undefined,
  return_statement: (node) => (node.children.length === 1 && resultsAreNamed(node) ? "naked-return" : undefined),
  call_expression: (node) => (isUnwrapped(node) ? "unwrapped-error" : undefined),
  binary_expression: (node) => (comparesErrors(node) ? "error-comparison" : undefined),
  assignment_statement: (node) =>
    /^_(?:\s*,\s*_)*$/.test(node.child("left")?.text ?? "") &&
    node.child("right")?.namedChildren[0]?.kind === "call_expression"
      ? "discarded-error"
      : undefined,
  interpreted_string_literal: stringLiteral,
  raw_string_literal: stringLiteral,
  if_statement: elseAfterReturn,
  true: flag,
  false: flag,
};

/** `fmt.Errorf("...: %v", err)`: the error is told and no longer there to be asked for. */
function isUnwrapped(call: SyntaxNode): boolean {
  const callee = call.child("function");
  if (callee?.kind !== "selector_expression" || callee.text !== "fmt.Errorf") return false;
  const [format, ...values] = call.child("arguments")?.namedChildren ?? [];
  if (format?.kind !== "interpreted_string_literal" || format.text.includes("%w")) return false;
  return values.some((value) => value.kind === "identifier" && /^err$|Err$/.test(value.text) && !isRecovered(value));
}

/** What a panic was called with need be no error. */
function isRecovered(value: SyntaxNode): boolean {
  let around: SyntaxNode | undefined = value;
  while (around && !/^(?:function_declaration|method_declaration|func_literal)$/.test(around.kind))
    around = around.parent;
  return new RegExp(`\\b${value.text}\\s*:?=\\s*recover\\(\\)`).test(around?.text ?? "");
}

/** `err == io.EOF`: one error with another, which may be wrapped. */
function comparesErrors(node: SyntaxNode): boolean {
  if (!node.has("==") && !node.has("!=")) return false;
  const [left, right] = node.namedChildren;
  if (!left || !right || left.kind === "nil" || right.kind === "nil") return false;
  const isError = (side: SyntaxNode) => side.kind === "identifier" && /^err$|Err$/.test(side.text);
  const isKnown = ({ kind, text }: SyntaxNode) =>
    /^(?:identifier|selector_expression)$/.test(kind) && /(?:^|\.)(?:[eE]rr|EOF$)/.test(text);
  return (isError(left) && isKnown(right)) || (isError(right) && isKnown(left));
}

function isConstraint(parent: SyntaxNode | undefined): boolean {
  return parent?.kind === "type_constraint" || parent?.kind === "type_parameter_declaration";
}

function resultsAreNamed(node: SyntaxNode): boolean {
  let around = node.parent;
  while (around && !/^(?:function_declaration|method_declaration|func_literal)$/.test(around.kind))
    around = around.parent;
  const [first] = around?.child("result")?.namedChildren ?? [];
  return first?.kind === "parameter_declaration" && first.child("name") !== undefined;
}

function table(judges: Judges): KindTable<Judge | undefined> {
  return new KindTable(({ name, named }) => (named && Object.hasOwn(judges, name) ? judges[name] : undefined));
}

const forEcmaScript = table(ecmaScript);

const tables: Readonly<Record<LanguageId, KindTable<Judge | undefined>>> = {
  go: table(go),
  java: table(java),
  javascript: forEcmaScript,
  python: table(python),
  typescript: forEcmaScript,
};
