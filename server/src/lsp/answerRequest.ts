import {
  type CancellationToken,
  type createConnection,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver/node";
import { CancelledError } from "../core/base/cancellation";
import { InputError } from "../core/base/errors";

/** Answers a request of Fathom's own. What the user can put right is told as it is, and not logged as a failure. */
export function answerRequest<P, R>(
  connection: ReturnType<typeof createConnection>,
  method: string,
  work: (params: P, token: CancellationToken) => Promise<R>,
): void {
  connection.onRequest(method, async (params: P, token) => {
    try {
      return await work(params, token);
    } catch (error) {
      if (error instanceof CancelledError) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      if (error instanceof InputError) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
      throw error;
    }
  });
}
