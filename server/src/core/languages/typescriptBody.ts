import type { Span } from "../base/text";
import type { BranchArm, CatchArm, Step, Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { TypeScriptExpressionLowerer, typeKind } from "./typescriptExpressions";

/** What runs: statements. Declarations are the subclass's. */
export abstract class TypeScriptBodyLowerer extends TypeScriptExpressionLowerer {
  /** False when the node declares nothing. */
  protected abstract declaration(node: SyntaxNode): boolean;
  /** What a variable means outside functions: an import or a constant. */
  protected abstract bindOutside(declaration: SyntaxNode, declarator: SyntaxNode, value: Value | undefined): void;

  protected statements(nodes: readonly SyntaxNode[]): void {
    for (const [i, node] of nodes.entries()) {
      const resource = node.kind === "expression_statement" ? usingOf(node) : undefined;
      if (resource) return this.usingScope(resource, nodes.slice(i + 1));
      this.statement(node);
    }
  }

  /** A `using` variable is held to the end of its block. */
  private usingScope(assignment: SyntaxNode, rest: readonly SyntaxNode[]): void {
    const left = assignment.child("left");
    const right = assignment.child("right");
    const resource = right ? this.expression(right) : this.other(assignment);
    this.declareBindings(left);
    this.emit({
      start: assignment.start,
      end: assignment.end,
      kind: "scope",
      form: "resource",
      resource,
      variable: this.text(left) ? { name: this.text(left) } : undefined,
      body: this.collect(() => this.statements(rest)),
    });
  }

  protected statement(node: SyntaxNode): void {
    if (node.isComment || !node.named) return;
    switch (node.kind) {
      case "statement_block":
      case "ERROR":
        return this.statements(node.children);
      case "expression_statement":
        return this.statements(node.namedChildren);
      case "lexical_declaration":
      case "variable_declaration":
        for (const declarator of node.namedChildren) this.variable(node, declarator);
        return;
      case "labeled_statement": {
        this.declareLocal(this.text(node.child("label")));
        const body = node.child("body");
        if (body) this.labelled(node.child("label"), () => this.statement(body));
        return;
      }
      case "if_statement":
        return this.ifStatement(node);
      case "for_statement":
      case "while_statement":
      case "do_statement":
        return this.loop(node);
      case "for_in_statement":
        return this.forIn(node);
      case "switch_statement":
        return this.switchStatement(node);
      case "try_statement":
        return this.tryStatement(node);
      case "return_statement":
        this.emit({
          start: node.start,
          end: node.end,
          kind: "return",
          values: node.namedChildren.map((child) => this.expression(child)),
        });
        return;
      case "throw_statement": {
        const [thrown] = node.namedChildren;
        this.emit({ start: node.start, end: node.end, kind: "throw", value: thrown && this.expression(thrown) });
        return;
      }
      case "break_statement":
      case "continue_statement":
        return this.jump(node, node.child("label"));
      case "with_statement": {
        const body = node.child("body");
        const object = node.child("object");
        if (object) this.expression(object);
        if (body) this.statement(body);
        return;
      }
      case "else_clause":
      case "finally_clause":
      case "catch_clause":
      case "switch_body":
      case "switch_case":
      case "switch_default":
        return this.statements(node.namedChildren);
      case "function_signature":
      case "empty_statement":
      case "debugger_statement":
      case "hash_bang_line":
      case "import_alias":
        return;
      default:
        if (!this.declaration(node) && !typeKind.test(node.kind)) this.expression(node);
    }
  }

  private variable(declaration: SyntaxNode, declarator: SyntaxNode): void {
    if (declarator.kind !== "variable_declarator") return this.statement(declarator);
    const name = declarator.child("name");
    const value = declarator.child("value");
    if (!this.isInFunction) return this.bindOutside(declaration, declarator, value && this.expression(value));
    this.bindOutside(declaration, declarator, undefined);
    if (!name || declaration.parent?.kind === "ambient_declaration") return;
    const known = this.declaredType(declarator.child("type"));
    if (value) {
      this.assignPattern(name, this.expression(value), declarator, true, known);
    } else if (name.kind === "identifier") {
      this.assignPattern(
        name,
        { start: declarator.start, end: declarator.end, kind: "literal", type: "null", text: "undefined" },
        declarator,
        true,
        known,
      );
    }
  }

  private ifStatement(node: SyntaxNode): void {
    const conditionNode = node.child("condition");
    const condition = conditionNode && this.expression(conditionNode);
    const arms: BranchArm[] = [];
    const consequence = node.child("consequence");
    if (consequence) {
      this.narrow(conditionNode);
      arms.push(this.arm(consequence, () => this.statement(consequence)));
    }
    const alternative = node.child("alternative");
    const otherwise = alternative?.kind === "else_clause" ? alternative.namedChildren[0] : alternative;
    if (otherwise) arms.push(this.arm(otherwise, () => this.statement(otherwise), [], true));
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "if", condition, arms });
  }

  private loop(node: SyntaxNode): void {
    const initializer = node.child("initializer");
    if (initializer) this.statement(initializer);
    const conditionNode = node.child("condition");
    const lowerCondition = () => {
      if (!conditionNode || conditionNode.kind === "empty_statement") return undefined;
      const inner = conditionNode.kind === "expression_statement" ? conditionNode.namedChildren[0] : conditionNode;
      return inner && this.expression(inner);
    };
    const lowerBody = () => {
      const statement = node.child("body");
      const increment = node.child("increment");
      if (statement) this.statement(statement);
      if (increment) this.expression(increment);
    };
    const form = node.kind === "for_statement" ? "for" : "while";
    this.emit(this.testedLoop(node, form, lowerCondition, lowerBody, node.kind !== "do_statement"));
  }

  private forIn(node: SyntaxNode): void {
    const overNode = node.child("right");
    const over = overNode && this.expression(overNode);
    const left = node.child("left");
    const declares = node.child("kind") !== undefined || node.has("using");
    const origin = over && this.valueOrigin(over);
    const isKey = node.child("operator")?.kind === "in";
    const each = origin && this.detach(`${origin}[${isKey ? "key" : "each"}]`);
    const bound: VariableFacts[] = left ? this.boundIn(left, each, isKey) : [];
    if (declares) for (const { name } of bound) this.declareLocal(name);
    const variables: VariableFacts[] = bound.length > 0 ? bound : [{ name: this.shortText(left) }];
    const body = this.collect(() => {
      const statement = node.child("body");
      if (left) this.patternDefaults(left);
      if (left && !declares && !variables.every(({ name }) => this.isLocal(name))) {
        this.assignPattern(left, this.other(node, over && [over]), left, false);
      }
      if (statement) this.statement(statement);
    });
    this.emit(this.eachLoop(node, over, variables, body));
  }

  private switchStatement(node: SyntaxNode): void {
    const valueNode = node.child("value");
    const condition = valueNode && this.expression(valueNode);
    const cases = node.child("body")?.namedChildren ?? [];
    const arms: BranchArm[] = [];
    let labels: Value[] = [];
    let isDefault = false;
    cases.forEach((child, i) => {
      const bodies = child.childrenOf("body");
      const isLast = i === cases.length - 1;
      isDefault ||= child.kind === "switch_default";
      const arm = this.arm(child, () => {
        const value = child.child("value");
        if (value) labels.push(this.expression(value));
        this.statements(bodies);
      });
      if (bodies.length === 0 && !isLast) {
        for (const step of arm.steps) this.emit(step);
        return;
      }
      arms.push({ ...arm, labels, isDefault, steps: endOfCase(arm.steps, child, isLast) });
      labels = [];
      isDefault = false;
    });
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "switch", condition, arms });
  }

  private tryStatement(node: SyntaxNode): void {
    const body = this.collect(() => this.statements(node.child("body")?.children ?? []));
    const catches: CatchArm[] = node.childrenOf("handler").map((handler) => {
      const parameter = handler.child("parameter");
      this.declareBindings(parameter);
      const steps = this.collect(() => this.statements(handler.child("body")?.children ?? []));
      return {
        start: handler.start,
        end: handler.end,
        types: [],
        variable: this.shortText(parameter) || undefined,
        steps,
      };
    });
    const finalizer = node.child("finalizer")?.child("body");
    const last = finalizer ? this.collect(() => this.statements(finalizer.children)) : [];
    this.emit({ start: node.start, end: node.end, kind: "try", body, catches, finally: last });
  }
}

function usingOf(statement: SyntaxNode): SyntaxNode | undefined {
  const [child] = statement.namedChildren;
  const assignment = child?.kind === "await_expression" ? child.namedChildren[0] : child;
  return assignment?.kind === "assignment_expression" && assignment.has("using") ? assignment : undefined;
}

/** Without the `break` that only ends the arm; an arm that runs on into the next one says so. */
function endOfCase(steps: Step[], arm: Span, isLast: boolean): Step[] {
  const last = steps.at(-1);
  if (last?.kind === "jump" && last.form === "break" && last.label === undefined) return steps.slice(0, -1);
  if (isLast || leaves(last)) return steps;
  return [...steps, { start: arm.start, end: arm.end, kind: "jump", form: "fallthrough", label: undefined }];
}

function leaves(step: Step | undefined): boolean {
  switch (step?.kind) {
    case "return":
    case "throw":
    case "jump":
      return true;
    case "branch":
      return step.arms.some((arm) => arm.isDefault) && step.arms.every((arm) => leaves(arm.steps.at(-1)));
    case "try":
      return (
        leaves(step.finally.at(-1)) ||
        [step.body, ...step.catches.map((arm) => arm.steps)].every((steps) => leaves(steps.at(-1)))
      );
    case "scope":
      return leaves(step.body.at(-1));
    case "loop":
      return step.condition === undefined && step.form !== "each";
    default:
      return false;
  }
}
