import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import type { Notice } from "../core/base/notice";
import { resolveSettings } from "../core/base/settings";
import { lineAt, lineStartsOf } from "../core/base/text";
import { type Settings, settingDefinitions } from "../core/engine/settings";
import { unreadable } from "./readSource";

const settingsPath = ".vscode/settings.json";

/** The `fathom.*` settings the team committed, so that the command line and the editor agree. */
export async function readSettingsFile(root: string): Promise<{ settings: Settings; notices: Notice[] }> {
  const notices: Notice[] = [];
  let raw: unknown;
  try {
    raw = parseSettings((await readFile(join(root, settingsPath), "utf8")).replace(/^\uFEFF/, ""), notices);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" && (error as NodeJS.ErrnoException).code !== "ENOTDIR") {
      notices.push(unreadable(settingsPath, error));
    }
  }
  const isObject = typeof raw === "object" && raw !== null && !Array.isArray(raw);
  if (raw !== undefined && !isObject) notices.push(warning("not an object of settings"));
  const object = isObject ? (raw as Record<string, unknown>) : {};
  for (const name of Object.keys(object)) if (isUnknown(name)) notices.push(warning(`there is no setting ${name}`));
  const resolved = resolveSettings(settingDefinitions, (key) => {
    if (settingDefinitions[key]?.scope !== "machine") return object[`fathom.${key}`];
    if (object[`fathom.${key}`] !== undefined)
      notices.push(warning(`fathom.${key} is for the user to set, not for a workspace`));
    return undefined;
  });
  notices.push(...resolved.notices.map((notice) => ({ ...notice, path: settingsPath })));
  return { settings: resolved.values as Settings, notices };
}

function warning(message: string): Notice {
  return { severity: "warning", path: settingsPath, message };
}

/** Settings that the editor alone reads aside. */
function isUnknown(name: string): boolean {
  const key = name.startsWith("fathom.") ? name.slice("fathom.".length) : undefined;
  return key !== undefined && key !== "trace.server" && !Object.hasOwn(settingDefinitions, key);
}

function parseSettings(text: string, notices: Notice[]): unknown {
  // To an editor an empty file has no settings.
  if (text.trim() === "") return undefined;
  const errors: ParseError[] = [];
  const value = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) {
    const line = lineAt(lineStartsOf(text), first.offset) + 1;
    const what = printParseErrorCode(first.error)
      .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
      .toLowerCase();
    notices.push({ ...warning(`not valid JSON (${what}); what could be read is used`), line });
  }
  return value;
}
