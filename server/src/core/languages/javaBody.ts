import type { BranchArm, CatchArm, Step, Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { JavaExpressionLowerer, typed } from "./javaExpressions";
import { type CaseGroup, caseGroups, isDefaultLabel } from "./javaNodes";
import { unknownPath } from "./stepLowerer";

/** What runs: statements. Declarations are the subclass's. */
export abstract class JavaBodyLowerer extends JavaExpressionLowerer {
  /** False when the node declares nothing. */
  protected abstract declaration(node: SyntaxNode): boolean;

  protected block(node: SyntaxNode | undefined): void {
    this.scopes.withLocals(() => {
      for (const child of node?.namedChildren ?? []) this.statement(child);
    });
  }

  protected statement(node: SyntaxNode): void {
    switch (node.kind) {
      case "block":
      case "constructor_body":
        return this.block(node);
      case "ERROR":
        for (const child of node.namedChildren) this.statement(child);
        return;
      case "static_initializer":
        return this.block(node);
      case "expression_statement":
        for (const child of node.namedChildren) this.expressionStatement(child);
        return;
      case "labeled_statement":
        this.declareLabel(this.text(node.ofKind("identifier")));
        this.labelled(node.ofKind("identifier"), () => {
          for (const child of node.namedChildren) if (child.kind !== "identifier") this.statement(child);
        });
        return;
      case "local_variable_declaration":
      case "field_declaration":
        for (const declarator of node.childrenOf("declarator")) this.localVariable(node, declarator);
        return;
      case "if_statement":
        return this.ifStatement(node);
      case "for_statement":
        return this.scopes.withLocals(() => this.forStatement(node));
      case "enhanced_for_statement":
        return this.scopes.withLocals(() => this.eachStatement(node));
      case "while_statement":
      case "do_statement":
        return this.whileStatement(node);
      case "switch_expression":
        this.switchExpression(node, false);
        return;
      case "return_statement":
        this.emit({
          start: node.start,
          end: node.end,
          kind: "return",
          values: node.namedChildren.map((child) => this.expression(child)),
        });
        return;
      case "throw_statement":
      case "yield_statement": {
        const [operand] = node.namedChildren;
        const value = operand && this.expression(operand);
        this.emit({
          start: node.start,
          end: node.end,
          kind: node.kind === "throw_statement" ? "throw" : "yield",
          value,
        });
        return;
      }
      case "break_statement":
      case "continue_statement":
        return this.jump(node, node.ofKind("identifier"));
      case "assert_statement":
        for (const child of node.namedChildren) this.expression(child);
        return;
      case "synchronized_statement":
        return this.synchronizedStatement(node);
      case "try_statement":
      case "try_with_resources_statement":
        return this.tryStatement(node);
      case "explicit_constructor_invocation":
        this.constructorCall(node);
        return;
      default:
        if (node.named && !this.declaration(node)) this.expression(node);
    }
  }

  /** The value of an assignment or an increment that nothing uses is not read. */
  private expressionStatement(node: SyntaxNode): void {
    if (node.kind === "switch_expression") this.switchExpression(node, false);
    else this.target(node);
  }

  private localVariable(declaration: SyntaxNode, declarator: SyntaxNode): void {
    const name = declarator.child("name");
    if (!name) return;
    const valueNode = declarator.child("value");
    const typeName = this.declaredType(declaration, declarator);
    const value = !valueNode
      ? this.other(declarator)
      : valueNode.kind === "array_initializer"
        ? this.arrayInitializer(valueNode, typeName)
        : this.expression(valueNode);
    const origin = typeName === "var" && valueNode ? this.typedOrigin(valueNode, value) : undefined;
    this.declare(declarator, { name: this.text(name), ...(origin ? { origin } : typed(typeName)) }, value);
  }

  // Branches, loops and handlers

  private ifStatement(node: SyntaxNode): void {
    const conditionNode = node.child("condition");
    const condition = conditionNode && this.expression(conditionNode);
    const consequence = node.child("consequence");
    const end = conditionNode?.end ?? node.end;
    const arms = [this.arm(consequence ?? { start: end, end }, () => consequence && this.statement(consequence))];
    const alternative = node.child("alternative");
    if (alternative) arms.push(this.arm(alternative, () => this.statement(alternative), [], true));
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "if", condition, arms });
  }

  private forStatement(node: SyntaxNode): void {
    for (const init of node.childrenOf("init")) {
      if (init.kind === "local_variable_declaration") this.statement(init);
      else this.expressionStatement(init);
    }
    const condition = node.child("condition");
    const lowerBody = () => {
      const body = node.child("body");
      if (body) this.statement(body);
      for (const update of node.childrenOf("update")) this.expressionStatement(update);
    };
    this.emit(this.testedLoop(node, "for", () => condition && this.expression(condition), lowerBody));
  }

  private eachStatement(node: SyntaxNode): void {
    const overNode = node.child("value");
    const over = overNode && this.expression(overNode);
    const name = this.text(node.child("name"));
    const type = typed(this.declaredType(node));
    const through =
      type || !over || !overNode ? unknownPath : (this.typedOrigin(overNode, over) ?? this.pathThrough(over));
    const origin = through === unknownPath ? undefined : { origin: this.detach(`${through}[each]`) };
    this.declareLocal(name);
    const body = node.child("body");
    const steps = this.collect(() => body && this.statement(body));
    this.emit(this.eachLoop(node, over, [{ name, ...(type ?? origin) }], steps));
  }

  private whileStatement(node: SyntaxNode): void {
    const condition = node.child("condition");
    const body = node.child("body");
    const lowerCondition = () => condition && this.expression(condition);
    const lowerBody = () => body && this.statement(body);
    this.emit(this.testedLoop(node, "while", lowerCondition, lowerBody, node.kind === "while_statement"));
  }

  private synchronizedStatement(node: SyntaxNode): void {
    const lock = node.namedChildren.find((child) => child.field !== "body");
    const body = node.child("body");
    const resource = lock ? this.expression(lock) : this.other(node);
    this.emit({
      start: node.start,
      end: node.end,
      kind: "scope",
      form: "synchronized",
      resource,
      variable: undefined,
      body: this.collect(() => this.block(body)),
    });
  }

  private tryStatement(node: SyntaxNode): void {
    const resources = (node.child("resources")?.namedChildren ?? []).filter((child) => child.kind === "resource");
    const lowerBody = () => this.scopes.withLocals(() => this.resourcesThenBody(resources, node.child("body")));
    const catchNodes = node.namedChildren.filter((child) => child.kind === "catch_clause");
    const finallyClause = node.ofKind("finally_clause");
    if (catchNodes.length === 0 && !finallyClause) return lowerBody();
    const body = this.collect(lowerBody);
    const catches = catchNodes.map((clause) => this.catchArm(clause));
    const last = this.collect(() => this.block(finallyClause?.ofKind("block")));
    this.emit({ start: node.start, end: node.end, kind: "try", body, catches, finally: last });
  }

  /** Resources are closed in reverse order: each one is held while the next is opened. */
  private resourcesThenBody(resources: SyntaxNode[], body: SyntaxNode | undefined): void {
    const [first, ...rest] = resources;
    if (!first) return this.block(body);
    const valueNode =
      first.child("value") ??
      first.namedChildren.find((child) => child.field === undefined && child.kind !== "modifiers");
    const resource = valueNode ? this.expression(valueNode) : this.other(first);
    const name = this.text(first.child("name"));
    let variable: VariableFacts | undefined;
    if (name) {
      const type = typed(this.declaredType(first));
      const origin = valueNode ? (this.typedOrigin(valueNode, resource) ?? this.pathThrough(resource)) : unknownPath;
      variable = { name, ...(type ?? (origin === unknownPath ? undefined : { origin })) };
      this.declareLocal(name);
    }
    this.emit({
      start: first.start,
      end: body?.end ?? first.end,
      kind: "scope",
      form: "resource",
      resource,
      variable,
      body: this.collect(() => this.resourcesThenBody(rest, body)),
    });
  }

  private catchArm(clause: SyntaxNode): CatchArm {
    const parameter = clause.ofKind("catch_formal_parameter");
    const variable = this.text(parameter?.child("name")) || undefined;
    let steps: Step[] = [];
    this.scopes.withLocals(() => {
      if (variable) this.declareLocal(variable);
      steps = this.collect(() => this.block(clause.child("body")));
    });
    const types = (parameter?.ofKind("catch_type")?.namedChildren ?? []).map((type) => this.shortText(type));
    return { start: clause.start, end: clause.end, types, variable, steps };
  }

  protected switchExpression(node: SyntaxNode, isUsed: boolean): Value {
    const conditionNode = node.child("condition");
    const condition = conditionNode ? this.expression(conditionNode) : this.other(node);
    const groups = caseGroups(node.child("body"));
    let arms: BranchArm[] = [];
    this.scopes.withLocals(() => {
      arms = groups.map((group, i) => {
        const arm = this.switchArm(group, condition, isUsed);
        const isLast = i === groups.length - 1;
        if (group.isRule || isLast || leaves(arm.steps)) return arm;
        return {
          ...arm,
          steps: [...arm.steps, { start: arm.end, end: arm.end, kind: "jump", form: "fallthrough", label: undefined }],
        };
      });
    });
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "switch", condition, arms });
    return this.other(node, isUsed ? arms.flatMap((arm) => yielded(arm.steps)) : []);
  }

  private switchArm(group: CaseGroup, subject: Value, isUsed: boolean): BranchArm {
    const labels: Value[] = [];
    const arm = this.arm(group, () => {
      const lower = () => {
        for (const label of group.labels) labels.push(...this.switchLabels(label, subject));
        for (const part of group.body) this.switchPart(part, group.isRule && isUsed);
      };
      if (group.isRule) this.scopes.withLocals(lower);
      else lower();
    });
    return {
      ...arm,
      labels,
      isDefault: group.labels.some(
        (label) => label.namedChildren.every(isDefaultLabel) || label.namedChildren.some(isDefaultLabel),
      ),
    };
  }

  private switchPart(part: SyntaxNode, isResult: boolean): void {
    const expression = isResult && part.kind === "expression_statement" ? part.namedChildren[0] : undefined;
    if (expression) this.emit({ start: part.start, end: part.end, kind: "yield", value: this.expression(expression) });
    else this.statement(part);
  }

  private switchLabels(label: SyntaxNode, subject: Value): Value[] {
    const parts = label.namedChildren.filter((part) => !isDefaultLabel(part));
    const guard = parts.find((part) => part.kind === "guard");
    const labels = parts
      .filter((part) => part !== guard)
      .map((part) => (part.kind === "pattern" ? this.pattern(part, subject) : this.target(part)));
    const condition = guard?.namedChildren[0];
    if (!guard || !condition) return labels;
    return [this.operation(label, "when", [...labels, this.expression(condition)])];
  }
}

/** Whether control never runs past the end of these steps. */
function leaves(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  switch (last?.kind) {
    case "return":
    case "throw":
    case "yield":
    case "jump":
      return true;
    case "scope":
      return leaves(last.body);
    case "try":
      return leaves(last.finally) || (leaves(last.body) && last.catches.every((arm) => leaves(arm.steps)));
    case "branch":
      return last.form === "if" && last.arms.length === 2 && last.arms.every((arm) => leaves(arm.steps));
    default:
      return false;
  }
}

/** What a switch arm ends with. */
function yielded(steps: readonly Step[]): Value[] {
  const last = steps.at(-1);
  if (last?.kind === "yield") return last.value ? [last.value] : [];
  if (last?.kind === "branch") return last.arms.flatMap((arm) => yielded(arm.steps));
  return last?.kind === "scope" ? yielded(last.body) : [];
}
