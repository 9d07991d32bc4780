import { expect, it } from "vitest";
import { engineOf } from "../../server/src/core/catalog/engines";

it("knows where databases run, and leaves it open where drivers decide", () => {
  expect(engineOf("go", "modernc.org/sqlite")).toBe("embedded");
  expect(engineOf("go", "github.com/jackc/pgx/v5")).toBe("server");
  expect(engineOf("go", "database/sql")).toBeUndefined();
  expect(engineOf("python", "sqlite3")).toBe("embedded");
  expect(engineOf("python", "sqlalchemy")).toBeUndefined();
  expect(engineOf("typescript", "better-sqlite3")).toBe("embedded");
  expect(engineOf("java", "java.sql")).toBeUndefined();
});
