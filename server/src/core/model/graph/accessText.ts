import { code } from "../../base/markdown";
import { rangeOf, type Span } from "../../base/text";
import type { FunctionSummary } from "../fileSummary";
import type { WitnessStep } from "../finding";
import type { WorkspaceModel } from "../workspaceModel";
import type { FieldAccess } from "./fieldAccesses";
import { stepAt } from "./witness";

/** The text of a path is not kept: the span goes as far as is known without it. */
export function spanOfAccess({ start, path, fn, got }: FieldAccess): Span {
  const rest = /^<[^<>]+>((?:\.[\w$]+)+)/.exec(path)?.[1];
  const root = fn.receiver?.name ?? "this";
  return { start, end: rest === undefined || got ? start + 1 : start + root.length + rest.length };
}

export function rangeOfAccess(access: FieldAccess): WitnessStep["range"] {
  return rangeOf(access.file.lineStarts, spanOfAccess(access));
}

export function accessStep(model: WorkspaceModel, access: FieldAccess, message: string): WitnessStep[] {
  return [stepAt(model, access.linked, spanOfAccess(access), message) ?? []].flat();
}

/** What a function goes by in a sentence that it begins. */
export function functionText({ name, symbol }: FunctionSummary): string {
  return name ? code(name) : `A function in ${code(symbol.replace(/\.<anonymous>.*$/, ""))}`;
}
