/** The boundaries of docs/ARCHITECTURE.md, one rule each. */
const core = "^server/src/core/";
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    rule("no-cycles", "A cycle means two modules are one that nobody has named.", {}, { circular: true }),
    rule(
      "core-is-pure",
      "The core takes contents and returns plain data, so that it can run in a worker, a browser or a test. node:crypto's hashes are pure.",
      { path: core },
      { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    ),
    rule(
      "core-knows-no-world",
      "Imports run protocol <- core <- host <- {lsp, cli, mcp}.",
      { path: core },
      { path: "^(server/src/(host|lsp|cli|mcp)/|client/|media/)" },
    ),
    rule(
      "host-serves-fronts",
      "The host knows files and git, not who asks.",
      { path: "^server/src/host/" },
      { path: "^(server/src/(lsp|cli|mcp)/|client/)" },
    ),
    rule(
      "fronts-are-separate",
      "An editor, a terminal and an agent share the host and nothing else. `fathom lsp` alone starts the server.",
      { path: "^server/src/(lsp|cli|mcp)/", pathNot: "^server/src/cli/main\\.ts$" },
      { path: "^server/src/(lsp|cli|mcp)/", pathNot: "^server/src/$1/" },
    ),
    rule(
      "protocol-is-a-leaf",
      "The client bundles it: it must not draw in the server.",
      { path: "^server/src/protocol/" },
      { pathNot: "^server/src/protocol/" },
    ),
    rule(
      "client-sees-protocol-only",
      "The extension host stays light; the work is in the server.",
      { path: "^(client|media)/" },
      { path: "^server/src/", pathNot: "^server/src/protocol/" },
    ),
    rule(
      "vscode-in-client-only",
      "Other editors use the same server.",
      { pathNot: "^(client/|test/vscode/)" },
      { path: "^vscode$" },
    ),
    rule(
      "lsp-in-lsp-only",
      "Plain data becomes LSP in one place.",
      { path: "^server/src/", pathNot: "^server/src/lsp/" },
      { path: "vscode-languageserver" },
    ),
    rule(
      "tree-sitter-in-syntax-only",
      "One owner of parsers and trees: a tree that is not freed is never freed.",
      { path: "^server/src/", pathNot: "^server/src/core/syntax/" },
      { path: "web-tree-sitter" },
    ),
    rule(
      "syntax-feeds-languages-only",
      "Everything after lowering works on facts, so that it works in every language. A quiz cuts and changes text.",
      { path: core, pathNot: "^server/src/core/(syntax|languages|engine|quiz/(isolate|mutants))/" },
      { path: "^server/src/core/syntax/" },
    ),
    rule(
      "detectors-see-facts",
      "A detector that looked at syntax would work in one language only.",
      { path: "^server/src/core/detectors/" },
      { path: "^server/src/core/", pathNot: "^server/src/core/(base|model|detectors|catalog)/" },
    ),
    rule(
      "detectors-are-strangers",
      "Adding or removing a detector touches its folder and nothing else.",
      { path: "^server/src/core/detectors/([^/]+)/" },
      { path: "^server/src/core/detectors/[^/]+/", pathNot: "^server/src/core/detectors/$1/" },
    ),
    rule(
      "model-is-below",
      "Facts and the model are what everything else is about.",
      { path: "^server/src/core/(base|model)/" },
      { path: "^server/src/core/(syntax|languages|detectors|rules|ledger|quiz|report|engine)/" },
    ),
    rule("no-unresolvable", "An import that leads nowhere.", {}, { couldNotResolve: true, pathNot: "^vscode$" }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
