import { describe, expect, it } from "vitest";
import { Catalog, type CatalogData } from "../../server/src/core/catalog/catalog";
import data from "../../server/src/core/catalog/java.json";

const catalog = new Catalog(data as unknown as CatalogData);

describe("the catalog of Java", () => {
  it.each([
    ["java.util.concurrent.locks", "ReentrantReadWriteLock.ReadLock.lock", { role: "acquire", mode: "read" }],
    ["java.util.concurrent.locks", "ReentrantReadWriteLock.WriteLock.tryLock", { role: "acquire", mode: "try" }],
    ["java.util.concurrent.locks", "ReentrantLock", { lock: "exclusive", reentrant: true }],
    ["java.util.concurrent.locks", "StampedLock.tryReadLock", { role: "acquire", mode: "try-read" }],
    ["java.util.concurrent.locks", "Condition.await", { role: "wait" }],
    ["java.util.concurrent", "Semaphore.release", { role: "release" }],
    ["java.util.concurrent", "ScheduledExecutorService.scheduleAtFixedRate", { role: "timer", callback: 0 }],
    ["java.util.concurrent", "CompletableFuture.supplyAsync", { role: "spawn", callback: 0 }],
    ["java.util", "Map.merge", { callback: 2, callbackParameters: ["V", "V"], returns: "V" }],
    ["java.util.stream", "Stream.filter", { callback: 0, callbackParameters: ["T"], returns: "Stream<T>" }],
    ["java.sql", "Statement.executeUpdate", { role: "database", access: "write", query: 0 }],
    ["java.sql", "Connection.prepareStatement", { role: "database", query: 0, blocks: false }],
    ["org.springframework.jdbc.core", "JdbcTemplate.queryForObject", { role: "database", access: "read", query: 0 }],
    ["org.springframework.web.bind.annotation", "PostMapping", { role: "handler", route: 0 }],
    ["jakarta.persistence", "TypedQuery.getResultList", { role: "database", returns: "java.util.List<X>" }],
  ])("knows %s %s", (module, symbol, expected) => {
    expect(catalog.entry(module, symbol)).toMatchObject(expected);
  });

  it("names no handler or timer as a function that is handed over and as an annotation at once", () => {
    for (const { symbol, entry } of catalog.entries())
      if (/^[A-Z]\w*$/.test(symbol) && entry.role === "handler")
        expect([symbol, entry.callback]).toEqual([symbol, undefined]);
  });

  it("says what every functional interface is called with", () => {
    const functional = ["Function", "BiFunction", "Supplier", "Consumer", "IntPredicate", "UnaryOperator"];
    for (const name of functional)
      expect([name, catalog.entry("java.util.function", name)?.callbackParameters !== undefined]).toEqual([name, true]);
    expect(catalog.entry("java.lang", "Runnable")?.callbackParameters).toEqual([]);
  });
});
