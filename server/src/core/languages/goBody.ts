import type { BranchArm, Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { GoExpressionLowerer } from "./goExpressions";
import { listOf, specsOf } from "./goNodes";
import { unknownPath } from "./stepLowerer";

/** What runs: statements. Declarations are the subclass's. */
export abstract class GoBodyLowerer extends GoExpressionLowerer {
  protected abstract typeDeclaration(node: SyntaxNode): void;

  protected block(node: SyntaxNode | undefined): void {
    for (const child of node?.namedChildren ?? []) {
      if (child.kind === "statement_list") this.block(child);
      else this.statement(child);
    }
  }

  private statement(node: SyntaxNode): void {
    switch (node.kind) {
      case "block":
      case "statement_list":
      case "ERROR":
        return this.block(node);
      case "expression_statement":
        for (const child of node.namedChildren) this.expression(child);
        return;
      case "labeled_statement":
        this.declareLocal(this.text(node.child("label")));
        this.labelled(node.child("label"), () => {
          for (const child of node.namedChildren) if (child.field !== "label") this.statement(child);
        });
        return;
      case "short_var_declaration":
      case "assignment_statement":
        return this.assignment(node);
      case "inc_statement":
      case "dec_statement": {
        const [operand] = node.namedChildren;
        if (!operand) return;
        const one: Value = { start: node.start, end: node.end, kind: "literal", type: "number", text: "1" };
        this.store(node, this.expression(operand), node.kind === "inc_statement" ? "+" : "-", one, false);
        return;
      }
      case "var_declaration":
      case "const_declaration":
        for (const spec of specsOf(node)) this.localVariables(spec);
        return;
      case "type_declaration":
        return this.typeDeclaration(node);
      case "if_statement":
        return this.ifStatement(node);
      case "for_statement":
        return this.forStatement(node);
      case "expression_switch_statement":
      case "type_switch_statement":
      case "select_statement":
        return this.switchStatement(node);
      case "return_statement":
        this.emit({ start: node.start, end: node.end, kind: "return", values: this.expressions(node.namedChildren) });
        return;
      case "go_statement":
        return this.outermostCall(node, "spawn");
      case "defer_statement":
        return this.outermostCall(node, "defer");
      case "send_statement": {
        const value = node.child("value");
        if (value) this.expression(value);
        const channel = node.child("channel");
        if (channel)
          this.emit({
            start: node.start,
            end: node.end,
            kind: "channel",
            form: "send",
            path: this.pathThrough(this.expression(channel)),
          });
        return;
      }
      case "receive_statement":
        return this.assignment(node);
      case "break_statement":
      case "continue_statement":
      case "goto_statement":
      case "fallthrough_statement":
        return this.jump(node, node.ofKind("label_name"));
      default:
        if (node.named) this.expression(node);
    }
  }

  /** Of a call that runs later or beside, what it is called on and what it is given are found at once. */
  private outermostCall(node: SyntaxNode, kind: "defer" | "spawn"): void {
    const steps = this.collect(() => this.expressions(node.namedChildren));
    const last = steps.at(-1);
    const isNested = last?.kind === "call" && steps.slice(0, -1).some((step) => step.kind === "call");
    if (isNested) for (const step of steps.splice(0, steps.length - 1)) this.emit(step);
    this.emit({ start: node.start, end: node.end, kind, steps });
  }

  private assignment(node: SyntaxNode): void {
    const operator = (node.child("operator")?.text ?? "=").replace(/(.)=$/, "$1");
    const declares = node.kind === "short_var_declaration" || (node.kind === "receive_statement" && node.has(":="));
    const right = this.given(listOf(node.child("right")));
    const left = listOf(node.child("left"));
    left.forEach((targetNode, i) => {
      const target = declares
        ? this.target(targetNode)
        : operator === "="
          ? this.target(targetNode)
          : this.expression(targetNode);
      const value = right.length === left.length ? right[i] : right[0] && this.other(node, [right[0]]);
      this.store(node, target, operator, value ?? this.other(node), declares, this.known(right, i, left.length));
    });
  }

  /** What a variable is given: where a field is, `&s.items`, is known without looking at it. */
  private given(nodes: readonly SyntaxNode[]): Value[] {
    return nodes.map((node) => {
      const operand = node.kind === "unary_expression" && node.child("operator")?.kind === "&" && node.child("operand");
      return operand && operand.kind === "selector_expression" ? this.target(node) : this.expression(node);
    });
  }

  private localVariables(spec: SyntaxNode): void {
    const values = this.given(listOf(spec.child("value")));
    const names = spec.childrenOf("name");
    const typeNode = spec.child("type");
    const declared = typeNode && { type: this.declaredType(typeNode, `struct:${typeNode.start}`) };
    names.forEach((name, i) => {
      const value = values.length === names.length ? values[i] : values[0] && this.other(spec, [values[0]]);
      const target: Value = { start: name.start, end: name.end, kind: "path", path: this.text(name) };
      const known = declared ?? this.known(values, i, names.length);
      this.store(spec, target, "=", value ?? this.other(spec), true, known);
    });
  }

  // Branches and loops

  private ifStatement(node: SyntaxNode): void {
    const initializer = node.child("initializer");
    if (initializer) this.statement(initializer);
    const condition = node.child("condition");
    const conditionValue = condition && this.expression(condition);
    const arms = [];
    const consequence = node.child("consequence");
    if (consequence) arms.push(this.arm(consequence, () => this.statement(consequence)));
    const alternative = node.child("alternative");
    if (alternative) arms.push(this.arm(alternative, () => this.statement(alternative), [], true));
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "if", condition: conditionValue, arms });
  }

  private forStatement(node: SyntaxNode): void {
    const body = node.child("body");
    const range = node.ofKind("range_clause");
    const clause = node.ofKind("for_clause");
    if (range) {
      const overNode = range.child("right");
      const over = overNode && this.expression(overNode);
      const through = over ? this.pathThrough(over) : unknownPath;
      const variables = listOf(range.child("left")).map((variable, i): VariableFacts => {
        const name = this.text(variable);
        if (through === unknownPath || name === "_") return { name };
        return { name, origin: this.detach(`${through}${i === 0 ? "[key]" : "[]"}`) };
      });
      for (const { name } of variables) this.declareLocal(name);
      this.emit(
        this.eachLoop(
          node,
          over,
          variables,
          this.collect(() => this.block(body)),
        ),
      );
      return;
    }
    const initializer = clause?.child("initializer");
    if (initializer) this.statement(initializer);
    const condition = clause ? clause.child("condition") : node.namedChildren.find((child) => child !== body);
    const update = clause?.child("update");
    const lowerBody = () => {
      this.block(body);
      if (update) this.statement(update);
    };
    const form = clause ? "for" : "while";
    this.emit(this.testedLoop(node, form, () => condition && this.expression(condition), lowerBody));
  }

  private switchStatement(node: SyntaxNode): void {
    const initializer = node.child("initializer");
    if (initializer) this.statement(initializer);
    const valueNode = node.child("value");
    const condition = valueNode && this.expression(valueNode);
    const aliases = listOf(node.child("alias"));
    for (const alias of aliases) {
      const known = condition && this.known([condition], 0, 1);
      this.store(alias, this.target(alias), "=", condition ?? this.other(node), true, known);
    }
    const arms = node.namedChildren
      .filter((child) => child.kind.endsWith("_case"))
      .map((child): BranchArm => {
        const labels: Value[] = [];
        const arm = this.arm(child, () => {
          for (const value of listOf(child.child("value"))) labels.push(this.expression(value));
          for (const type of child.childrenOf("type"))
            labels.push({ start: type.start, end: type.end, kind: "path", path: this.shortText(type) });
          const communication = child.child("communication");
          if (communication) this.statement(communication);
          for (const part of child.namedChildren) if (part.field === undefined) this.statement(part);
        });
        const [label] = labels;
        const type = label?.kind === "path" && labels.length === 1 && label.path !== "nil" ? label.path : undefined;
        const variables = type === undefined ? [] : aliases.map((alias) => ({ name: this.text(alias), type }));
        const isDefault = child.kind === "default_case";
        return { ...arm, labels, isDefault, ...(variables.length > 0 && { variables }) };
      });
    this.emit({
      start: node.start,
      end: node.end,
      kind: "branch",
      form: node.kind === "select_statement" ? "select" : "switch",
      condition,
      arms,
    });
  }
}
