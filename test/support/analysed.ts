import { resolveSettings } from "../../server/src/core/base/settings";
import { Engine } from "../../server/src/core/engine/engine";
import { FileExtractor } from "../../server/src/core/engine/extractor";
import { type Settings, settingDefinitions } from "../../server/src/core/engine/settings";
import { languageOfPath } from "../../server/src/core/languages/languages";
import type { LinkedFunction, WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { syntaxHost } from "./workspaces";

let extractor: Promise<FileExtractor> | undefined;

/** An engine with the settings a user starts with, and those given here. */
export function newEngine(settings: Readonly<Record<string, unknown>> = {}): Engine {
  const { values } = resolveSettings(settingDefinitions, (key) => settings[key]);
  return new Engine(async () => {
    extractor ??= FileExtractor.create(syntaxHost);
    return extractor;
  }, values as Settings);
}

/** Sources are analysed, everything else is a build file. */
export async function setFiles(engine: Engine, files: Readonly<Record<string, string>>): Promise<void> {
  const sources = Object.entries(files).filter(([path]) => languageOfPath(path));
  engine.setConfigurations(new Map(Object.entries(files).filter(([path]) => !languageOfPath(path))));
  for (const [path, text] of sources) await engine.setFile(path, text);
}

/** The linked model of a few files. */
export async function modelOf(files: Readonly<Record<string, string>>): Promise<WorkspaceModel> {
  const engine = newEngine();
  await setFiles(engine, files);
  return engine.analysis().model;
}

/** The function with this id, or the only one with this symbol. */
export function linkedNamed(model: WorkspaceModel, name: string): LinkedFunction {
  const found = [...model.functions.values()].filter(({ id }) => id === name || id.endsWith(`#${name}`));
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} functions are called ${name}`);
  return found[0];
}
