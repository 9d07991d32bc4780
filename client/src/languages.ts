/** VS Code's ids of the languages the server understands. */
export const languageIds = [
  "go",
  "python",
  "typescript",
  "typescriptreact",
  "javascript",
  "javascriptreact",
  "java",
] as const;
