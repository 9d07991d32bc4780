import type { ParameterFacts, TypeFacts, TypeParameterFacts, Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { TypeScriptModuleLowerer } from "./typescriptModules";
import { anonymous, functionKinds, memberPlace, type Place, placeOf } from "./typescriptNames";
import {
  boundVariables,
  decoratorsOf,
  documentedNode,
  functionModifiers,
  isParameterProperty,
  isTestCallback,
  ownPlace,
  parameterParts,
  parametersOf,
} from "./typescriptNodes";

/** Functions of every form: their signatures and bodies. */
export abstract class TypeScriptFunctionLowerer extends TypeScriptModuleLowerer {
  /** Names of the namespaces around, with a dot after each. */
  protected namespace = "";
  /** The class whose method is being lowered, while `this` is an instance of it. */
  protected ownType: TypeFacts | undefined;

  protected functionDeclaration(node: SyntaxNode): void {
    const nameNode = node.child("name");
    if (!nameNode) return this.statements(node.child("body")?.children ?? []);
    const name = this.text(nameNode);
    const owner = this.isInFunction ? undefined : this.namespace.slice(0, -1);
    // Inside a namespace its functions go by their own names.
    if (owner) this.exports.push({ name, localName: this.detach(`${owner}.${name}`) });
    const isExported = !this.isInFunction && (node.parent?.kind === "export_statement" || this.exportedNames.has(name));
    const index = this.addFunction(
      node,
      {
        name,
        nameNode,
        form: "function",
        owner,
        typeParameters: this.typeParameters(node),
        parameters: this.parameters(node),
        results: this.results(node),
        modifiers: [...functionModifiers(node), ...(isExported ? (["exported"] as const) : [])],
        doc: this.docAbove(documentedNode(node)),
      },
      () => this.innerBody(node),
    );
    if (this.isInFunction) this.lambda(node, index);
  }

  protected functionExpression(node: SyntaxNode): Value {
    const bound =
      node.kind === "method_definition" ? memberPlace(node, node.child("name")) : (placeOf(node) ?? ownPlace(node));
    const path = bound?.path.map((part) => this.detach(part)) ?? [];
    const name = path.at(-1) ?? "";
    const owner = this.detach(this.qualified(path.slice(0, -1).join(".")).replace(/\.$/, ""));
    const isMember = path.length > 1;
    const hasOwnThis = node.kind !== "arrow_function";
    const isTyped =
      isMember && hasOwnThis && !owner.startsWith(anonymous) && (bound?.isPrototype || !this.isInFunction);
    const index = this.addFunction(
      node,
      {
        name,
        nameNode: bound?.nameNode ?? node.children[0] ?? node,
        form: isMember && hasOwnThis ? "method" : name && !this.isInFunction ? "function" : "closure",
        typeName: isTyped ? owner : undefined,
        owner,
        typeParameters: this.typeParameters(node),
        parameters: this.parameters(node),
        results: this.results(node),
        declaredAs: this.declaredAs(node),
        modifiers: [...functionModifiers(node), ...(this.isExported(bound) ? (["exported"] as const) : [])],
        doc: name ? this.docAbove(documentedNode(node)) : undefined,
        isTest: this.isTestFile() && isTestCallback(node),
      },
      () => this.innerBody(node),
    );
    return this.lambda(node, index);
  }

  /** The type of the variable that is set to a function where it is declared. */
  private declaredAs({ parent }: SyntaxNode): string | undefined {
    const type = parent?.kind === "variable_declarator" ? parent.child("type") : undefined;
    return type && this.typeText(type);
  }

  private isExported(bound: Place | undefined): boolean {
    if (!bound || this.isInFunction) return false;
    if (bound.isExported) return true;
    const declaration = bound.nameNode.parent?.kind === "variable_declarator" && bound.nameNode.parent.parent;
    if (!declaration || bound.path.length !== 1) return false;
    return declaration.parent?.kind === "export_statement" || this.exportedNames.has(bound.path[0] as string);
  }

  protected parameters(node: SyntaxNode): ParameterFacts[] {
    return parametersOf(node).map((parameter) => {
      const { pattern, fallback, isRest } = parameterParts(parameter);
      const type = parameter.child("type");
      const isPattern = pattern.kind === "object_pattern" || pattern.kind === "array_pattern";
      return {
        name: this.shortText(pattern, 60),
        ...(type && { type: this.typeText(type) }),
        ...(fallback && { default: this.shortText(fallback) }),
        ...(isRest && { rest: true }),
        ...(isPattern && { parts: this.partsOf(pattern, type?.namedChildren[0]) }),
      };
    });
  }

  private partsOf(pattern: SyntaxNode, type: SyntaxNode | undefined): VariableFacts[] {
    return boundVariables(pattern, "", type, this.input.text).map((bound) => ({
      name: this.text(bound.name),
      ...(bound.type ? { type: this.shortText(bound.type) } : { origin: this.detach(bound.origin ?? "") }),
    }));
  }

  protected results(node: SyntaxNode): string[] {
    const type = node.child("return_type");
    return type ? [this.typeText(type)] : [];
  }

  /** What a function inside a method captures, and often its `this`, is not the method's. */
  private innerBody(node: SyntaxNode): void {
    const outerType = this.ownType;
    this.ownType = undefined;
    this.functionBody(node);
    this.ownType = outerType;
  }

  protected functionBody(node: SyntaxNode): void {
    if (node.kind === "function_expression" || node.kind === "generator_function") {
      const ownName = node.child("name");
      if (ownName) this.declareLocal(this.text(ownName));
    }
    const parameters = parametersOf(node);
    for (const parameter of parameters) this.declareBindings(parameterParts(parameter).pattern);
    const body = node.child("body");
    if (body) this.hoist(body);
    for (const parameter of parameters) {
      const { pattern, fallback } = parameterParts(parameter);
      for (const decorator of decoratorsOf(parameter)) this.collect(() => this.decorator(decorator));
      if (fallback) this.expression(fallback);
      this.patternDefaults(pattern);
      if (!isParameterProperty(parameter)) continue;
      const value: Value = { start: pattern.start, end: pattern.end, kind: "path", path: this.text(pattern) };
      this.emit({
        start: parameter.start,
        end: parameter.end,
        kind: "write",
        path: this.detach(`this.${value.path}`),
        operator: "=",
        value,
        keys: [],
      });
    }
    if (body?.kind === "statement_block") this.statements(body.children);
    else if (body) this.emit({ start: body.start, end: body.end, kind: "return", values: [this.expression(body)] });
  }

  /** Every name that the body binds is a local from its first line on, wherever the declaration stands. */
  private hoist(body: SyntaxNode): void {
    const stack = [body];
    for (let node = stack.pop(); node; node = stack.pop()) {
      switch (node.kind) {
        case "variable_declarator":
          this.declareBindings(node.child("name"));
          break;
        case "catch_clause":
          this.declareBindings(node.child("parameter"));
          break;
        case "for_in_statement":
          if (node.child("kind")) this.declareBindings(node.child("left"));
          break;
        case "assignment_expression":
          if (node.has("using")) this.declareBindings(node.child("left"));
          break;
        case "class_declaration":
        case "abstract_class_declaration":
        case "function_declaration":
        case "generator_function_declaration":
        case "enum_declaration":
          this.declareBindings(node.child("name"));
          break;
      }
      if (node !== body && (functionKinds.has(node.kind) || node.kind === "class_body")) continue;
      for (const child of node.children) if (child.children.length > 0) stack.push(child);
    }
  }

  protected typeParameters(node: SyntaxNode): TypeParameterFacts[] {
    const list = node.child("type_parameters");
    if (!list) return [];
    return list.namedChildren.map((parameter) => {
      const bound = parameter.child("constraint")?.namedChildren[0];
      return { name: this.text(parameter.child("name")), ...(bound && { bound: this.shortText(bound) }) };
    });
  }

  protected qualified(path: string): string {
    return this.isInFunction ? path : `${this.namespace}${path}`;
  }

  protected decorator(node: SyntaxNode): void {
    for (const child of node.namedChildren) this.expression(child);
  }
}
