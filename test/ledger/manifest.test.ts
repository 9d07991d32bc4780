import { describe, expect, it } from "vitest";
import { isManifest, readManifest } from "../../server/src/core/dependencies/manifest";

function declared(path: string, text: string): string[] {
  return [...(readManifest(path, text)?.dependencies ?? [])];
}

describe("the dependencies that a manifest declares", () => {
  it("are those of a package.json, whatever they are for", () => {
    const text = JSON.stringify({
      dependencies: { tides: "1" },
      devDependencies: { moons: "1" },
      scripts: { sail: "x" },
    });
    expect(declared("web/package.json", text)).toEqual(["tides", "moons"]);
    expect(declared("package.json", "{")).toEqual([]);
    expect(declared("package.json", '{"dependencies": ["tides"], "devDependencies": null}')).toEqual([]);
  });

  it("are the direct ones of a go.mod", () => {
    const text = `module example.com/quay

require example.com/tides v1.2.0

require (
\texample.com/moons/v2 v2.0.0
\texample.com/inner v0.1.0 // indirect
)

replace example.com/tides => ../tides
`;
    expect(declared("go.mod", text)).toEqual(["example.com/tides", "example.com/moons/v2"]);
  });

  it("are those of a requirements file, by the name the registry knows", () => {
    const text =
      "# charts\n-r base.txt\nPy_Tides[maps]>=1,<2\nmoons ; python_version > '3'\nhttps://quay.example/x.whl\n";
    expect(declared("requirements-dev.txt", text)).toEqual(["py-tides", "moons"]);
    expect(declared("requirements/base.txt", "tides")).toEqual(["tides"]);
  });

  it("are those of a pyproject.toml, in the tables of every tool", () => {
    const text = `[project]
name = "quay"
dependencies = [
  "tides[maps]>=1",
  # "gone",
  'moons',
]
keywords = ["boats"]

[project.optional-dependencies]
charts = ["paper>=2", "ink"]

[dependency-groups]
dev = [
  "knots",
]

[tool.poetry.dependencies]
python = "^3.12"
Sails = { version = "1", extras = ["big"] }

[tool.poetry.group.dev.dependencies]
rope = "1"

[tool.other]
dependencies = ["none"]
`;
    expect(declared("pyproject.toml", text)).toEqual(["tides", "moons", "paper", "ink", "knots", "sails", "rope"]);
  });

  it("are those of a pom.xml and of Gradle's builds, with their group", () => {
    const pom =
      "<dependencies><dependency><groupId>org.quay</groupId>\n<artifactId>tides</artifactId></dependency></dependencies>";
    expect(declared("pom.xml", pom)).toEqual(["org.quay:tides"]);
    const gradle = `dependencies {
    implementation("org.quay:tides:1.0")
    testImplementation 'org.quay:moons:2.0'
    implementation(project(":core"))
}
`;
    expect(declared("app/build.gradle.kts", gradle)).toEqual(["org.quay:tides", "org.quay:moons"]);
  });

  it("are nobody's decision in what others wrote and in examples", () => {
    expect(["node_modules/a/package.json", "vendor/go.mod", "test/fixtures/pom.xml"].filter(isManifest)).toEqual([]);
    expect(["package.json", "a/go.mod", "package-lock.json", "notes.txt"].filter(isManifest)).toEqual([
      "package.json",
      "a/go.mod",
    ]);
  });

  it("take time in proportion to the text, whatever it says", { timeout: 5000 }, () => {
    const long = 300_000;
    for (const [path, text] of [
      ["pyproject.toml", `[project]\ndependencies = [${'"'.repeat(long)}`],
      ["pyproject.toml", "[".repeat(long)],
      ["pom.xml", "<dependency>".repeat(long / 10)],
      ["requirements.txt", "a".repeat(long)],
      ["go.mod", `require ${" ".repeat(long)}x`],
      ["build.gradle", `implementation${"(".repeat(long)}`],
    ] as const)
      expect(declared(path, text).length).toBeLessThan(2);
  });
});
