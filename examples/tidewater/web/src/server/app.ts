import express, { type Request, type Response } from "express";
import { broadcast, handleStream } from "./alertStream.js";
import { ApiError, type Booking, cancelBooking, listBerths, loadBooking, recordView, request } from "./harbourApi.js";
import type { Mail, Notice, Sender } from "./notify.js";

export function bookingMail(notice: Notice): Mail {
  const local = new Date(notice.at * 1000 - notice.utcOffset * 60_000);
  const day = local.toISOString().slice(0, 10);
  const time = local.toISOString().slice(11, 16);
  const place = notice.harbour.charAt(0).toUpperCase() + notice.harbour.slice(1);
  const lines = [`${place}, ${day} at ${time}`, "", notice.text, "", "Tidewater"];
  return { to: notice.email, subject: `Your berth in ${place}`, body: lines.join("\n") };
}

export function createApp(send: Sender): express.Express {
  const app = express();
  app.use(express.json());

  app.get("/berths/:harbour", async (req: Request, res: Response) => {
    const minLength = Number(req.query.minLength);
    const berths = await listBerths(req.params.harbour ?? "", Number.isFinite(minLength) ? { minLength } : {});
    res.json(berths.filter((berth) => !berth.occupied));
  });

  app.get("/bookings/:id", async (req: Request, res: Response) => {
    const booking = await loadBooking(req.params.id ?? "");
    if (booking === null) {
      res.status(404).json({ error: "unknown booking" });
      return;
    }
    recordView(booking.id);
    res.json(booking);
  });

  app.post("/bookings", async (req: Request, res: Response) => {
    const { email, harbour, utcOffset = 0, ...wanted } = req.body;
    let booking: Booking;
    try {
      booking = await request<Booking>("POST", "/v1/bookings", wanted);
    } catch (error) {
      if (error instanceof ApiError && (error.status === 409 || error.status === 422)) {
        res.status(error.status).json({ error: "the berth is not available for these nights" });
        return;
      }
      throw error;
    }
    if (email) {
      const at = Date.parse(booking.arrives) / 1000;
      await send(bookingMail({ email, harbour, at, text: `Berth ${booking.berth_id} is yours.`, utcOffset }));
    }
    res.status(201).json(booking);
  });

  app.delete("/bookings/:id", async (req: Request, res: Response) => {
    const outcome = await cancelBooking(req.params.id ?? "");
    res.status(outcome === "cancelled" ? 204 : 404).end();
  });

  app.get("/stream/:harbour", handleStream);

  app.post("/hooks/alert", (req: Request, res: Response) => {
    res.json({ reached: broadcast(req.body) });
  });

  return app;
}
