// What the TypeScript checker says every call in a folder reaches. On its own it prints JSON lines:
// `node test/judge/typescript/ask.mjs FOLDER`.
import { realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const sources = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
const leftOut = ["**/node_modules/**", "**/dist/**", "**/*.d.ts", "**/*.min.js"];

/**
 * @param {string} folder
 * @returns {{ path: string, line: number, column: number, callee: string, end: number, isOutside: boolean,
 *   targetPath: string, targetLine: number, hasBody: boolean, others: string[] }[]}
 *   `targetPath` is empty for a declaration outside the folder; `others` are what may run in place of a target
 *   without a body, as `path:line`
 */
export function ask(folder) {
  const root = realpathSync(resolve(folder));
  const files = ts.sys.readDirectory(root, sources, leftOut);
  const program = ts.createProgram(files, optionsOf(root));
  const checker = program.getTypeChecker();
  const judge = new Judge(root, program, checker);
  return files.flatMap((name) => {
    const source = program.getSourceFile(name);
    return source ? judge.callsIn(source) : [];
  });
}

function optionsOf(root) {
  const path = ts.findConfigFile(root, ts.sys.fileExists);
  const json = path?.startsWith(root) ? ts.readConfigFile(path, ts.sys.readFile).config : {};
  const { options } = ts.parseJsonConfigFileContent({ ...json, files: [] }, ts.sys, path ? dirname(path) : root);
  return {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    experimentalDecorators: true,
    strictNullChecks: true,
    ...options,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.Preserve,
    allowJs: true,
    checkJs: false,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
}

class Judge {
  implementers = new Map();

  constructor(root, program, checker) {
    this.root = root;
    this.program = program;
    this.checker = checker;
  }

  callsIn(source) {
    const calls = [];
    const visit = (node) => {
      if (isCall(node)) {
        const call = this.call(node, source);
        if (call) calls.push(call);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return calls;
  }

  call(node, source) {
    const callee = node.expression ?? node.tagName ?? node.tag;
    if (ts.isJsxOpeningLikeElement(node) && /^[a-z]/.test(callee.getText(source))) return undefined;
    const start = source.getLineAndCharacterOfPosition(node.getStart(source));
    const declaration = this.bodyOf(this.declarationOf(node, callee));
    const place = declaration && this.placeOf(declaration);
    return {
      path: relative(this.root, source.fileName),
      line: start.line + 1,
      column: start.character + 1,
      callee: nameOf(callee),
      end: node.getEnd(),
      isOutside: isOutsideFunctions(node),
      targetPath: place?.path ?? "",
      targetLine: place?.line ?? 0,
      hasBody: Boolean(place && declaration.body),
      others: place && !declaration.body ? this.implementations(declaration) : [],
    };
  }

  declarationOf(node, callee) {
    try {
      const declaration = this.checker.getResolvedSignature(node)?.declaration;
      if (declaration && !ts.isJSDocSignature(declaration)) return declaration;
    } catch {
      // The checker gives up on some damaged files.
    }
    const symbol = this.checker.getSymbolAtLocation(ts.isPropertyAccessExpression(callee) ? callee.name : callee);
    return symbol?.declarations?.find((found) => ts.isFunctionLike(found));
  }

  /** An overload stands for the implementation. */
  bodyOf(declaration) {
    if (!declaration || declaration.body) return declaration;
    const all = declaration.symbol?.declarations ?? [];
    return all.find((other) => other.body && other.getSourceFile() === declaration.getSourceFile()) ?? declaration;
  }

  placeOf(declaration) {
    const source = declaration.getSourceFile();
    const path = relative(this.root, source.fileName);
    if (path.startsWith("..") || path.includes("node_modules/") || source.isDeclarationFile) return undefined;
    const { line } = source.getLineAndCharacterOfPosition(nameNodeOf(declaration).getStart(source));
    return { path, line: line + 1 };
  }

  /** Methods of the folder's classes that may run where a method without a body is called. */
  implementations(declaration) {
    const owner = declaration.parent;
    const name = declaration.name?.getText();
    if (!name || !(ts.isInterfaceDeclaration(owner) || ts.isClassLike(owner))) return [];
    const known = this.implementers.get(declaration);
    if (known) return known;
    const wanted = this.checker.getTypeAtLocation(owner);
    const found = [];
    for (const type of this.classes()) {
      const method = (type.getProperty(name)?.declarations ?? []).map(functionOf).find(Boolean);
      const place = method && this.placeOf(method);
      if (place && this.derives(type, wanted)) found.push(`${place.path}:${place.line}`);
    }
    this.implementers.set(declaration, found);
    return found;
  }

  derives(type, wanted) {
    if (type.symbol === wanted.symbol) return true;
    const named = (type.symbol?.declarations ?? []).flatMap((declaration) =>
      (declaration.heritageClauses ?? []).flatMap((clause) => clause.types),
    );
    return named.some((base) => {
      const parent = this.checker.getTypeAtLocation(base);
      return parent !== type && this.derives(parent, wanted);
    });
  }

  classes() {
    if (this.known) return this.known;
    this.known = [];
    for (const source of this.program.getSourceFiles()) {
      if (source.isDeclarationFile || !source.fileName.startsWith(this.root)) continue;
      const visit = (node) => {
        if (ts.isClassLike(node) && node.symbol) this.known.push(this.checker.getDeclaredTypeOfSymbol(node.symbol));
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
    return this.known;
  }
}

function isCall(node) {
  return (
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    ts.isJsxOpeningElement(node) ||
    ts.isJsxSelfClosingElement(node)
  );
}

/** What runs when a file or a class is loaded, and what a field starts with, belongs to no function. */
function isOutsideFunctions(node) {
  for (let child = node, outer = node.parent; outer; child = outer, outer = outer.parent) {
    if (ts.isPropertyDeclaration(outer) || ts.isDecorator(outer) || ts.isClassStaticBlockDeclaration(outer))
      return true;
    if (ts.isFunctionLike(outer) && outer.body && !(ts.isDecorator(child) || child === outer.name)) return false;
  }
  return true;
}

/** A method, or the function that a field starts with. */
function functionOf(member) {
  if (member.body) return member;
  const value = ts.isPropertyDeclaration(member) ? member.initializer : undefined;
  return value && ts.isFunctionLike(value) ? value : undefined;
}

function nameNodeOf(declaration) {
  if (ts.isConstructorDeclaration(declaration))
    return declaration.getChildren().find((child) => child.kind === ts.SyntaxKind.ConstructorKeyword) ?? declaration;
  const own = ts.isFunctionExpression(declaration) || ts.isArrowFunction(declaration) ? undefined : declaration.name;
  if (own) return own;
  let holder = declaration;
  while (
    ts.isParenthesizedExpression(holder.parent) ||
    ts.isAsExpression(holder.parent) ||
    ts.isSatisfiesExpression(holder.parent)
  )
    holder = holder.parent;
  const { parent } = holder;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent))
    return parent.name;
  if (ts.isBinaryExpression(parent) && parent.right === holder) return parent.left.name ?? parent.left;
  return declaration.name ?? declaration;
}

/** The last name of a callee, as the end of Fathom's path. */
function nameOf(callee) {
  switch (callee.kind) {
    case ts.SyntaxKind.Identifier:
      return callee.text;
    case ts.SyntaxKind.PropertyAccessExpression:
      return callee.name.text;
    case ts.SyntaxKind.ElementAccessExpression:
      return `${nameOf(callee.expression)}[]`;
    case ts.SyntaxKind.CallExpression:
    case ts.SyntaxKind.NewExpression:
      return `${nameOf(callee.expression)}()`;
    case ts.SyntaxKind.ParenthesizedExpression:
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.SatisfiesExpression:
    case ts.SyntaxKind.NonNullExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
    case ts.SyntaxKind.AwaitExpression:
    case ts.SyntaxKind.ExpressionWithTypeArguments:
      return nameOf(callee.expression);
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.ArrowFunction:
      return "<func>";
    case ts.SyntaxKind.SuperKeyword:
      return "super";
    case ts.SyntaxKind.ThisKeyword:
      return "this";
    case ts.SyntaxKind.ImportKeyword:
      return "import";
    default:
      return "?";
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const call of ask(process.argv[2] ?? join(".", "server/src"))) process.stdout.write(`${JSON.stringify(call)}\n`);
}
