import type { FileFacts } from "../../model/facts";
import type { TypeFiles } from "./foreignTypes";

const maxConstants = 40;
const maxFiles = 10;
/** Files that only hand a name on. */
const maxHops = 4;

/**
 * Constants of other files that a text mentions, `LIMIT` or `limits.LIMIT`, with their values as written there.
 *
 * @param text some of the file
 */
export async function foreignConstants(
  facts: FileFacts,
  text: string,
  files: TypeFiles,
): Promise<ReadonlyMap<string, string>> {
  const reader = new ConstantReader(files);
  const mentioned = new Set(
    text.match(/(?<![\p{L}\p{N}_$.])[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)?/gu),
  );
  const found = new Map<string, string>();
  for (const name of mentioned) {
    if (found.size >= maxConstants) break;
    const [root = "", member] = name.split(".");
    const imported = facts.imports.find(({ localName }) => localName === root);
    if (!imported) continue;
    const [local, value] =
      imported.member === undefined
        ? [name, member && (await reader.valueOf(facts.path, { module: imported.module, member }, maxHops))]
        : [root, await reader.valueOf(facts.path, imported, maxHops)];
    if (value !== undefined) found.set(local, value);
  }
  return found;
}

class ConstantReader {
  private readonly loaded = new Map<string, FileFacts | undefined>();

  constructor(private readonly files: TypeFiles) {}

  async valueOf(
    from: string,
    imported: { module: string; member?: string },
    hops: number,
  ): Promise<string | undefined> {
    const target = hops > 0 ? this.files.imported(from, imported) : undefined;
    const member = target?.member;
    const facts = target && member !== undefined ? await this.factsOf(target.path) : undefined;
    if (!facts) return undefined;
    const constant = facts.constants.find(({ name }) => name === member);
    if (constant) return constant.value;
    const handedOn = facts.imports.find(({ localName }) => localName === member);
    return handedOn && this.valueOf(facts.path, handedOn, hops - 1);
  }

  private async factsOf(path: string): Promise<FileFacts | undefined> {
    if (!this.loaded.has(path) && this.loaded.size < maxFiles)
      this.loaded.set(path, (await this.files.load(path))?.facts);
    return this.loaded.get(path);
  }
}
