import type { Language } from "web-tree-sitter";
import { internalized, type NodeKind, nodeKind } from "./syntaxNode";

/** What is known of the node types of a grammar, by the numbers its trees use. */
export interface GrammarTables {
  kinds: readonly NodeKind[];
  /** Left out of the copy. */
  isPunctuation: readonly boolean[];
  fieldNames: readonly (string | undefined)[];
}

const punctuation = new Set(["(", ")", "{", "}", "[", "]", ",", ";", ":", ".", "\n", '"', "'", "`", '"""', "${"]);

/** The number of nodes that hold text which did not parse, in every grammar. */
export const errorKindId = 65535;
export const errorKind = nodeKind("ERROR", true);

export function grammarTables(language: Language): GrammarTables {
  const kinds = language.types.map((name, id) => nodeKind(name ?? "", language.nodeTypeIsNamed(id)));
  return {
    kinds,
    isPunctuation: kinds.map(({ name, named }) => !named && punctuation.has(name)),
    fieldNames: language.fields.map((name) => (name === null ? undefined : internalized(name))),
  };
}
