import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detectorFolders, generatedFiles, registrySource } from "../scripts/generatedFiles";
import { settingsSectionOf } from "../server/src/core/detectors/detector";
import { detectors } from "../server/src/core/detectors/registry.generated";
import { root } from "./support/workspaces";

const stale = "run `npm run generate`";

describe("generated files are fresh", () => {
  it.each([...generatedFiles(root)].filter(([path]) => path !== "package.json"))("%s", (path, text) => {
    const written = readFileSync(join(root, path), "utf8");
    // The formatter has its own way with JSON.
    if (path.endsWith(".json")) expect(JSON.parse(written), stale).toEqual(JSON.parse(text));
    else expect(written, stale).toBe(text);
  });

  it("package.json", () => {
    const expected = JSON.parse(generatedFiles(root).get("package.json") as string);
    expect(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).contributes, stale).toEqual(
      expected.contributes,
    );
  });

  it("has no page of a detector that is gone", () => {
    const pages = readdirSync(join(root, "docs/detectors")).map((name) => `docs/detectors/${name}`);
    expect(
      pages.filter((path) => !generatedFiles(root).has(path)),
      stale,
    ).toEqual([]);
  });

  it("lists every detector folder in the registry", () => {
    const inSource = /import \{ (\w+) \}/g;
    const names = [
      ...readFileSync(join(root, "server/src/core/detectors/registry.generated.ts"), "utf8").matchAll(inSource),
    ].map(([, name]) => name);
    expect(names, stale).toEqual([...registrySource(detectorFolders(root)).matchAll(inSource)].map(([, name]) => name));
  });
});

describe("the manifest", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

  it("describes every setting and gives it a default", () => {
    for (const [key, property] of Object.entries<Record<string, unknown>>(
      manifest.contributes.configuration.properties,
    )) {
      expect(property.default, key).toBeDefined();
      expect(property.markdownDescription ?? property.description, key).toMatch(/\.$/);
    }
  });

  it("offers a severity for every detector", () => {
    for (const { id } of detectors) {
      expect(manifest.contributes.configuration.properties).toHaveProperty([
        `fathom.${settingsSectionOf(id)}.severity`,
      ]);
    }
  });

  it("declares exactly the commands the extension registers", () => {
    const source =
      readFileSync(join(root, "client/src/extension.ts"), "utf8") +
      readFileSync(join(root, "server/src/protocol/messages.ts"), "utf8");
    const registered = new Set([...source.matchAll(/"(fathom\.\w+)"/g)].map(([, id]) => id));
    registered.delete("fathom.openDetectorPage");
    expect(manifest.contributes.commands.map(({ command }: { command: string }) => command).sort()).toEqual(
      [...registered].sort(),
    );
  });
});
