import { expect, it } from "vitest";
import { scannedWorkspace, temporaryFolder } from "../support/workspaces";

it("takes no longer than usual with a function that holds thousands of locks at once", async () => {
  const locks = Array.from({ length: 2_000 }, (_, i) => `mu${i}`);
  const folder = temporaryFolder({
    "go.mod": "module example.com/locks\n",
    "locks.go": [
      'package locks\n\nimport "sync"\n',
      `type S struct {\n${locks.map((lock) => `\t${lock} sync.Mutex`).join("\n")}\n}\n`,
      `func (s *S) all() {\n${locks.map((lock) => `\ts.${lock}.Lock()`).join("\n")}`,
      `${locks.map((lock) => `\ts.${lock}.Unlock()`).join("\n")}\n}\n`,
    ].join("\n"),
  });
  expect((await scannedWorkspace(folder)).analysis().findings).toEqual([]);
});
