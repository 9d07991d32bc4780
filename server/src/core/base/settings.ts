import type { Notice } from "./notice";

/** One setting below `fathom.`; `package.json` is generated from these. */
export type SettingDefinition = {
  description: string;
  /** `machine`: only the user decides; what a workspace says of it does not count. */
  scope?: "resource" | "window" | "machine";
} & (
  | { type: "boolean"; default: boolean }
  | { type: "integer" | "number"; default: number; minimum: number; maximum: number }
  | { type: "string"; default: string; enum: readonly string[]; enumDescriptions?: readonly string[] }
  | { type: "strings"; default: readonly string[] }
  | {
      type: "object";
      default: Readonly<Record<string, never>>;
      schema: object;
      problem(raw: unknown): string | undefined;
    }
);

export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>;

export type SettingValues<D extends SettingDefinitions> = {
  readonly [K in keyof D]: D[K] extends { type: "boolean" }
    ? boolean
    : D[K] extends { type: "integer" | "number" }
      ? number
      : D[K] extends { type: "strings" }
        ? readonly string[]
        : D[K] extends { type: "object" }
          ? Readonly<Record<string, unknown>>
          : string;
};

/**
 * Checks values from outside against the definitions. A missing value takes its default; a wrong one does too, with
 * a notice that names the setting.
 *
 * @param read gives the raw value of a key, without the leading `fathom.`
 */
export function resolveSettings<D extends SettingDefinitions>(
  definitions: D,
  read: (key: string) => unknown,
): { values: SettingValues<D>; notices: Notice[] } {
  const notices: Notice[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, definition] of Object.entries(definitions)) {
    const raw = read(key);
    const problem = raw === undefined || raw === null ? undefined : problemWith(raw, definition);
    if (problem) {
      const used = JSON.stringify(definition.default);
      notices.push({ severity: "warning", message: `Setting fathom.${key} ${problem}; ${used} is used instead` });
    }
    values[key] = raw === undefined || raw === null || problem ? definition.default : raw;
  }
  return { values: values as SettingValues<D>, notices };
}

function problemWith(raw: unknown, definition: SettingDefinition): string | undefined {
  switch (definition.type) {
    case "boolean":
      return typeof raw === "boolean" ? undefined : "must be true or false";
    case "integer":
    case "number": {
      const isNumber = typeof raw === "number" && (definition.type === "number" || Number.isInteger(raw));
      const isInside = isNumber && raw >= definition.minimum && raw <= definition.maximum;
      const kind = definition.type === "integer" ? "a whole number" : "a number";
      return isInside ? undefined : `must be ${kind} from ${definition.minimum} to ${definition.maximum}`;
    }
    case "string":
      return definition.enum.includes(raw as string) ? undefined : `must be one of ${definition.enum.join(", ")}`;
    case "strings":
      return Array.isArray(raw) && raw.every((item) => typeof item === "string")
        ? undefined
        : "must be a list of texts";
    case "object":
      return definition.problem(raw);
  }
}
