import { expect, it } from "vitest";
import { scannedWorkspace, temporaryFolder } from "../support/workspaces";

const settings = JSON.stringify({ "fathom.oracleFunction.topPercent": 100, "fathom.oracleFunction.minimumScore": 20 });
const oracle = `def tides(rows):
    kept = {}
    for r in sorted(rows, key=lambda r: (r.get("at", 0), r.get("id", ""))):
        key = (r.get("who"), r.get("at", 0) // 777)
        if key not in kept or r.get("rank", 0) > kept[key].get("rank", 0):
            kept[key] = r
    return kept
`;

async function toldIn(...paths: string[]): Promise<string[]> {
  const files = Object.fromEntries(paths.map((path) => [path, oracle]));
  const workspace = await scannedWorkspace(temporaryFolder({ ...files, ".vscode/settings.json": settings }));
  return workspace.analysis().findings.map(({ path }) => path);
}

it("tells nothing of packages of others that lie beside one another", async () => {
  const told = await toldIn("app/tides.py", "lib/urllib3/util/wait.py", "lib/six.py", "lib/requests/api.py");
  expect(told).toEqual(["app/tides.py"]);
});

it("tells of what else lies there", async () => {
  const told = await toldIn("lib/harbour/quay.py", "lib/urllib3/wait.py", "lib/six.py", "lib/requests/api.py");
  expect(told).toEqual(["lib/harbour/quay.py"]);
});

it("tells of a package where its own authors write it", async () => {
  const told = await toldIn("lib/sqlalchemy/engine.py", "lib/sqlalchemy/orm.py", "lib/six.py");
  expect(told).toEqual(["lib/six.py", "lib/sqlalchemy/engine.py", "lib/sqlalchemy/orm.py"]);
});

it("tells of names that lie in different folders", async () => {
  const told = await toldIn("a/six.py", "b/requests.py", "c/urllib3.py");
  expect(told).toEqual(["a/six.py", "b/requests.py", "c/urllib3.py"]);
});
