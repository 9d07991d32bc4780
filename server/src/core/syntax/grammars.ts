/** The grammars Fathom ships, by the name of their wasm file. */
export const grammarNames = [
  "tree-sitter-go",
  "tree-sitter-python",
  "tree-sitter-javascript",
  "tree-sitter-typescript",
  "tree-sitter-tsx",
  "tree-sitter-java",
] as const;

export type GrammarName = (typeof grammarNames)[number];

/**
 * Where lines end statements, a comment after one belongs to it or not depending on what was parsed before: a text
 * parsed from an earlier one then gives another tree than the text by itself.
 */
export const grammarsThatGuessSemicolons: ReadonlySet<GrammarName> = new Set<GrammarName>([
  "tree-sitter-javascript",
  "tree-sitter-typescript",
  "tree-sitter-tsx",
]);
