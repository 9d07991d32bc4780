import { wordsOf } from "../../base/words";
import { registrationCall, routeOf, type WayFromOutside } from "../../model/graph/wayFromOutside";
import { nameOf } from "../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";

/**
 * Whether a request only looks at things, as a page does that is opened again and again, and changes nothing: by the
 * verb of its name, else by its HTTP method, else by what it does.
 */
export function onlyLooks(model: WorkspaceModel, way: WayFromOutside): boolean {
  if (isToldOfChange(model, way)) return false;
  // `groups.list`
  const procedure = /^\w+\.(\w+)$/.exec(routeOf(model, way) ?? "")?.[1];
  const names = nameOf(way.root.id).split(".");
  if (looks.test(verbOf(procedure ?? names.at(-1) ?? ""))) return true;
  if (alters.test(verbOf(procedure ?? names.at(-1) ?? ""))) return false;
  const method = methodOf(model, way);
  if (method !== undefined) return /^(?:get|head|query)$/i.test(method);
  // A closure goes by the name of what makes it: `listOrders.<anonymous>`.
  if (looks.test(verbOf(names.findLast((name) => !name.startsWith("<")) ?? ""))) return true;
  return !way.root.effects.effects.some(({ kind, detail }) => kind === "database" && changes.test(detail));
}

/** Whether it receives the signals of a model: `@receiver(post_save, sender=Harbour)`, `m2m_changed.connect(noted)`. */
function isToldOfChange(model: WorkspaceModel, { root, reach }: WayFromOutside): boolean {
  const registered = reach.registered && registrationCall(model, reach.registered)?.callee;
  const { decorators = [] } = functionAt(model, root)?.fn ?? {};
  return [registered ?? "", ...decorators].some((said) => signals.test(said));
}

const signals = /\b(?:(?:pre|post)_(?:save|delete)|m2m_changed)\b/;

function verbOf(name: string): string {
  return wordsOf(name).find((word) => !leadIn.test(word)) ?? "";
}

const leadIn = /^(?:handle|handler|route|api|do|on|view|serve|http|perform|async|resolve)$/;
const looks =
  /^(?:get|list|find|fetch|search|query|read|show|index|count|retrieve|export|download|load|view|browse|preview|is|has)$/;
const alters =
  /^(?:put|post|patch|create|add|insert|update|edit|change|set|save|store|delete|remove|upload|import|move)$/;
const changes = /^(?:insert|update|delete|write)\b/;

/** `router.get`, `"GET /cranes"`, `@GetMapping`, `@GET`, `methods=["POST"]`. */
function methodOf(model: WorkspaceModel, { root, reach }: WayFromOutside): string | undefined {
  const registered = reach.registered && registrationCall(model, reach.registered);
  const written = registered ? [registered.callee, ...registered.arguments] : [];
  const { decorators = [], name = "" } = functionAt(model, root)?.fn ?? {};
  return [...written, ...decorators, name].flatMap((text) => httpMethod.exec(text)?.[1] ?? []).at(0);
}

const httpMethod = /(?:^|^http|["'.])(get|head|post|put|patch|delete|query|mutation)(?:mapping)?(?:["' (]|$)/i;
