import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { FATHOM_VERSION: JSON.stringify("0.0.0-test") },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["examples/**", "node_modules/**", "test/vscode/host/**"],
    testTimeout: 60_000,
    // Browsers and servers share two cores; more at once only makes each slower.
    maxWorkers: 2,
  },
});
