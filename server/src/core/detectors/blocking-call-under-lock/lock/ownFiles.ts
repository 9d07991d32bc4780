import type { FieldFacts } from "../../../model/facts";
import type { EffectPlace } from "../../../model/graph/witness";
import type { FunctionId } from "../../../model/link/links";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";
import type { LockUse } from "./lockUses";

const openFile =
  /\b(?:os\.File|RandomAccessFile|FileChannel|FileDescriptor|FileHandle|BufferedWriter|FileOutputStream|TextIO\w*|BinaryIO|IO\[|FileIO)\b/;

/** Whether at least half of what takes a lock comes to files. */
function isMostlyForFiles(model: WorkspaceModel, { takers }: LockUse): boolean {
  const worksOnFiles = (id: FunctionId) =>
    model.functions.get(id)?.effects.effects.some(({ kind, distance }) => kind === "file" && distance <= maxCalls);
  return 2 * [...takers].filter(worksOnFiles).length >= takers.size;
}

const maxCalls = 4;

/**
 * Whether a lock belongs to a type that keeps a file open, or one whose parts do, and a function beside that type works
 * on its files. With parts, a wait until the disk has written is up to them: each has a lock of its own for that.
 */
export function guardsItsFiles(
  model: WorkspaceModel,
  use: LockUse,
  waitsForDisk: boolean,
  chain: readonly EffectPlace[],
): boolean {
  const last = chain.at(-1)?.linked;
  const { file, facts } = use.owner ?? {};
  if (!last || !file || !facts || last.path !== file.path || !isMostlyForFiles(model, use)) return false;
  if (facts.fields.some(keepsFileOpen)) return true;
  const parts = new Set(file.types.flatMap(({ name, fields }) => (fields.some(keepsFileOpen) ? name : [])));
  const isPart = ({ type = "" }: FieldFacts) => type.split(/\W+/).some((name) => parts.has(name));
  const isOfPart = parts.has(functionAt(model, last)?.fn.typeName ?? "");
  return (isOfPart || !waitsForDisk) && facts.fields.some(isPart);
}

function keepsFileOpen({ type = "", origin = "" }: FieldFacts): boolean {
  return openFile.test(type) || openFile.test(origin);
}
