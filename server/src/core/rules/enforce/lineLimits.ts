import { parse } from "smol-toml";
import { folderOf } from "../../base/paths";
import type { FileSummary } from "../../model/fileSummary";
import type { ScriptFile } from "./scriptFiles";

/** The longest line that the linter of a file lets pass, where its configuration says so. */
export type LineLimitOf = (file: FileSummary) => number | undefined;

const maxConfig = 400_000;

/** What the nearest `pyproject.toml` or `ruff.toml` above a Python file says. */
export function lineLimitsIn(files: readonly ScriptFile[]): LineLimitOf {
  const limits = new Map<string, number>();
  for (const { path, text } of files) {
    if (!/(?:^|\/)(?:pyproject|\.?ruff)\.toml$/.test(path) || text.length > maxConfig) continue;
    const limit = limitIn(path, text);
    if (limit !== undefined) limits.set(folderOf(path), limit);
  }
  return ({ path, language }) => {
    if (language !== "python" || limits.size === 0) return undefined;
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const limit = limits.get(folder);
      if (limit !== undefined || folder === "") return limit;
    }
  };
}

function limitIn(path: string, text: string): number | undefined {
  const config = tableOf(text);
  const tools = path.endsWith("ruff.toml") ? { ruff: config } : value(config, "tool");
  const ruff = value(tools, "ruff");
  const lint = value(ruff, "lint");
  const ignored = [ruff, lint].flatMap((table) => [listOf(table, "ignore"), listOf(table, "extend-ignore")]).flat();
  if (ignored.some((rule) => rule === "E501" || rule === "E5" || rule === "E")) return Number.POSITIVE_INFINITY;
  const lengths = [ruff, value(tools, "black")].map((table) => value(table, "line-length"));
  return lengths.find((length) => typeof length === "number");
}

function tableOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    // A file that the tools cannot read limits nothing.
    return undefined;
  }
}

function value(table: unknown, key: string): unknown {
  return typeof table === "object" && table !== null && Object.hasOwn(table, key)
    ? (table as Record<string, unknown>)[key]
    : undefined;
}

function listOf(table: unknown, key: string): unknown[] {
  const list = value(table, key);
  return Array.isArray(list) ? list : [];
}
