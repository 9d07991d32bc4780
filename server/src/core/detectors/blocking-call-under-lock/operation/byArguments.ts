import type { EffectPlace } from "../../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";

/** Whether a connection is made to a socket of the machine itself: `net.Dial("unix", path)`. */
export function isOnMachine(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return givenAtEnd(model, chain).some((argument) => /^"unix(?:gram|packet)?"$/.test(argument));
}

/** Whether a socket for datagrams is made: nobody answers, and nothing is sent but a question for an address. */
export function isSocketAlone(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return /\bDial\w*$/.test(chain.at(-1)?.effect.detail ?? "") && givenAtEnd(model, chain).some(isOfDatagrams);
}

function isOfDatagrams(argument: string): boolean {
  return /^"(?:udp|ip)[46]?(?::\w+)?"$/.test(argument);
}

/** `conn.WriteMessage(websocket.PingMessage, nil)` */
export function isControlFrame(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return givenAtEnd(model, chain).some((argument) => /\.(?:Ping|Pong|Close)Message$/.test(argument));
}

/** Whether a URL is read in a file where URLs come from the program itself, and none is made: `Reader.class.getResource(name)`. */
export function isOfProgram(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  const { linked, effect } = chain.at(-1) as EffectPlace;
  if (!/\bURL\.open\w+$/.test(effect.detail)) return false;
  const calls = functionAt(model, linked)?.file.functions.flatMap((fn) => fn.calls) ?? [];
  const isCalled = (name: RegExp) => calls.some(({ callee }) => name.test(callee));
  return isCalled(/(?:^|\.)getResource$/) && !isCalled(/(?:^|\.)(?:URL|URI|toURL|create)$/);
}

/** What the operation at the end of a chain is given. */
function givenAtEnd(model: WorkspaceModel, chain: readonly EffectPlace[]): readonly string[] {
  const { linked, effect } = chain.at(-1) as EffectPlace;
  return functionAt(model, linked)?.fn.calls[effect.call]?.arguments ?? [];
}
