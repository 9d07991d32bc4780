import type { Modifier, SyntaxConstruct, TypeParameterFacts } from "./facts";
import type { CallSummary, FileSummary, FunctionSummary } from "./fileSummary";

const noTypeParameters: TypeParameterFacts[] = [];

/**
 * Shares what repeats between the summaries of a workspace: names above all, and lists that are empty. Summaries come
 * from records, each with copies of its own, and a server keeps all of them. Only for summaries nobody else holds yet.
 */
export class SummaryInterner {
  private readonly texts = new Map<string, string>();
  private readonly lists = new Map<string, string[]>();

  intern(file: FileSummary): FileSummary {
    for (const fn of file.functions) this.internFunction(fn);
    this.internCalls(file.calls);
    for (const imported of file.imports) {
      imported.module = this.text(imported.module);
      imported.localName = this.text(imported.localName);
    }
    for (const construct of file.constructs ?? []) construct.kind = this.text(construct.kind) as SyntaxConstruct;
    for (const flag of file.flags ?? []) {
      flag.name = this.text(flag.name);
      flag.value = this.text(flag.value);
    }
    for (const type of file.types) {
      for (const field of type.fields) {
        field.name = this.text(field.name);
        if (field.type !== undefined) field.type = this.text(field.type);
      }
    }
    return file;
  }

  private internFunction(fn: FunctionSummary): void {
    this.internCalls(fn.calls);
    fn.name = this.text(fn.name);
    if (fn.typeName !== undefined) fn.typeName = this.text(fn.typeName);
    if (fn.typeParameters.length === 0) fn.typeParameters = noTypeParameters;
    fn.modifiers = this.list(fn.modifiers) as Modifier[];
    fn.results = this.list(fn.results);
    fn.decorators = this.list(fn.decorators);
    fn.returns = this.list(fn.returns);
    fn.writes = this.list(fn.writes);
    fn.reads = this.list(fn.reads);
    fn.failures.throws = this.list(fn.failures.throws);
    for (const parameter of fn.parameters) {
      parameter.name = this.text(parameter.name);
      if (parameter.type !== undefined) parameter.type = this.text(parameter.type);
    }
  }

  private internCalls(calls: readonly CallSummary[]): void {
    for (const call of calls) {
      call.callee = this.text(call.callee);
      if (call.origin !== undefined) call.origin = this.text(call.origin);
      call.arguments = this.list(call.arguments);
    }
  }

  private text(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  }

  private list(list: readonly string[]): string[] {
    const key = list.length === 1 ? `=${list[0]}` : JSON.stringify(list);
    const known = this.lists.get(key);
    if (known) return known;
    const shared = list.map((text) => this.text(text));
    this.lists.set(key, shared);
    return shared;
  }
}
