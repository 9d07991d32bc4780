/** Polled by every loop over user data. The LSP `CancellationToken` has this shape. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
}

export const neverCancelled: Cancellation = { isCancellationRequested: false };

export class CancelledError extends Error {
  constructor() {
    super("Cancelled");
    this.name = "CancelledError";
  }
}

export function throwIfCancelled(cancellation: Cancellation): void {
  if (cancellation.isCancellationRequested) throw new CancelledError();
}
