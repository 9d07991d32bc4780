import { neverCancelled } from "../../server/src/core/base/cancellation";
import { resolveSettings } from "../../server/src/core/base/settings";
import { lineAt } from "../../server/src/core/base/text";
import { type Settings, settingDefinitions } from "../../server/src/core/engine/settings";
import { functionIds } from "../../server/src/core/model/link/links";
import { functionAt } from "../../server/src/core/model/workspaceModel";
import { Workspace } from "../../server/src/host/workspace";

/** One call as Fathom understands it; lines and columns are 1-based. */
export interface ResolvedCall {
  path: string;
  line: number;
  column: number;
  callee: string;
  /** As understood without the function around it. */
  origin: string;
  targets: { path: string; line: number; symbol: string }[];
  /** Which target runs is decided at run time. */
  dynamic: boolean;
  external?: string;
}

/** Every call in the source files of a folder, and what it reaches. */
export async function resolveCalls(root: string): Promise<ResolvedCall[]> {
  const { values } = resolveSettings(settingDefinitions, () => undefined);
  const workspace = await Workspace.open(root, values as Settings);
  await workspace.scan({ cancellation: neverCancelled });
  const { model } = workspace.analysis();
  const resolved: ResolvedCall[] = [];
  for (const file of model.files.values()) {
    const ids = functionIds(file);
    file.functions.forEach((fn, index) => {
      const links = model.functions.get(ids[index] as string)?.links;
      fn.calls.forEach((call, i) => {
        // The judges are asked about calls only.
        if (call.accesses) return;
        const line = lineAt(file.lineStarts, call.start);
        const target = links?.calls[i];
        resolved.push({
          path: file.path,
          line: line + 1,
          column: call.start - (file.lineStarts[line] as number) + 1,
          callee: call.callee,
          origin: call.origin ?? call.callee,
          targets: (target?.functions ?? []).flatMap((id) => {
            const linked = model.functions.get(id);
            const found = linked && functionAt(model, linked);
            if (!found) return [];
            const start = lineAt(found.file.lineStarts, found.fn.nameSpan.start);
            return [{ path: found.file.path, line: start + 1, symbol: found.fn.symbol }];
          }),
          dynamic: target?.dynamic ?? false,
          ...(target?.external && { external: `${target.external.module}.${target.external.symbol}` }),
        });
      });
    });
  }
  return resolved;
}
