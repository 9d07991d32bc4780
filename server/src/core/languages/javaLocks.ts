import type { FieldFacts } from "../model/facts";
import { noteBound } from "../model/madeWith";
import type { SyntaxNode } from "../syntax/syntaxNode";

const sideOfLock = /^(?:this\.)?(\w+)\.(read|write)Lock\(\)$/;

/**
 * Notes which fields a class declares or constructs as one side of a lock that another field has, and how many its
 * semaphores and queues let in or hold.
 *
 * @param detach copies a piece of the source, which facts do not hold
 */
export function noteLocks(
  members: readonly SyntaxNode[],
  fields: readonly FieldFacts[],
  detach: (text: string) => string,
): void {
  const note = (name: string | undefined, value: SyntaxNode | undefined) => {
    const field = fields.find((one) => one.name === name?.replace(/^this\./, ""));
    if (field) noteBound(field, value?.text, detach);
    if (!field?.type?.endsWith("Lock")) return;
    const [, lock, side] = sideOfLock.exec(value?.text ?? "") ?? [];
    if (lock !== undefined) field.sideOf = { lock: detach(lock), forReading: side === "read" };
  };
  for (const member of members) {
    if (member.kind === "field_declaration")
      for (const declarator of member.childrenOf("declarator"))
        note(declarator.child("name")?.text, declarator.child("value"));
    if (member.kind !== "constructor_declaration") continue;
    for (const statement of member.child("body")?.namedChildren ?? []) {
      const [assignment] = statement.kind === "expression_statement" ? statement.namedChildren : [];
      if (assignment?.kind === "assignment_expression") note(assignment.child("left")?.text, assignment.child("right"));
    }
  }
}
