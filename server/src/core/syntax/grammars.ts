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
