import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { FATHOM_VERSION: JSON.stringify("0.0.0-test") },
  test: {
    // What tests keep must not mix with what a developer's own scans keep.
    env: { XDG_CACHE_HOME: join(tmpdir(), "fathom-test-cache") },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/vscode/**"],
          testTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "vscode",
          include: ["test/vscode/*.test.ts"],
          testTimeout: 120_000,
          // A browser and a server already keep two cores busy; side by side the workbench misses keys and clicks.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
