import type { Request, Response } from "express";

export interface StreamAlert {
  id: string;
  kind: string;
  harbour: string;
  text: string;
}

/** What the board shows for each kind of alert. Unlisted kinds are not shown. */
export const alertKinds: Record<string, { title: string; tone: "info" | "warning" | "danger" }> = {
  "tide.high": { title: "High water", tone: "info" },
  "tide.low": { title: "Low water", tone: "info" },
  "tide.slack": { title: "Slack water", tone: "info" },
  surge: { title: "Storm surge", tone: "danger" },
  "berth.freed": { title: "Berth free", tone: "info" },
  "berth.swap": { title: "Swap offered", tone: "info" },
};

const maxClients = 1_000;
const clients = new Map<string, Set<Response>>();
const delivered = new Set<string>();

/** GET /stream/:harbour: server-sent events until the browser leaves. */
export function handleStream(req: Request, res: Response): void {
  const harbour = req.params.harbour ?? "";
  const listeners = clients.get(harbour) ?? new Set<Response>();
  if (listeners.size >= maxClients) {
    res.status(503).json({ error: "too many listeners" });
    return;
  }
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  listeners.add(res);
  clients.set(harbour, listeners);
  req.on("close", () => {
    listeners.delete(res);
    if (listeners.size === 0) {
      clients.delete(harbour);
    }
  });
}

/** Sends an alert to everybody who watches its harbour, once per alert id. */
export function broadcast(alert: StreamAlert): number {
  if (delivered.has(alert.id)) {
    return 0;
  }
  delivered.add(alert.id);
  const listeners = clients.get(alert.harbour);
  if (listeners === undefined || !(alert.kind in alertKinds)) {
    return 0;
  }
  for (const listener of listeners) {
    listener.write(`event: ${alert.kind}\ndata: ${JSON.stringify(alert)}\n\n`);
  }
  return listeners.size;
}
