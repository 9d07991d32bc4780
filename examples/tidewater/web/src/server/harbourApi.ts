import qs from "qs";

export interface Berth {
  id: string;
  pontoon: number;
  length_cm: number;
  berth_class: string;
  occupied: boolean;
}

export interface Booking {
  id: string;
  berth_id: string;
  call_sign: string;
  arrives: string;
  departs: string;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const baseUrl = process.env.TIDEWATER_API ?? "http://localhost:8080";

/**
 * Sends a request to the harbour API.
 *
 * @throws ApiError with the API's status for every answer outside 2xx. A failed
 * connection rejects with what `fetch` rejects with.
 */
export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(baseUrl + path, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) {
    throw new ApiError(response.status, `${method} ${path}: ${response.status}`);
  }
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

export async function loadBooking(id: string): Promise<Booking | null> {
  try {
    return await request<Booking>("GET", `/v1/bookings/${encodeURIComponent(id)}`);
  } catch (error) {
    console.error("could not load booking", id, error);
    return null;
  }
}

export function listBerths(harbour: string, filter: { minLength?: number } = {}): Promise<Berth[]> {
  const query = qs.stringify({ min_length_cm: filter.minLength });
  return request<Berth[]>("GET", `/v1/harbours/${encodeURIComponent(harbour)}/berths?${query}`);
}

export async function cancelBooking(id: string): Promise<"cancelled" | "unknown"> {
  try {
    await request<void>("DELETE", `/v1/bookings/${encodeURIComponent(id)}`);
    return "cancelled";
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return "unknown";
    }
    throw error;
  }
}

export function recordView(bookingId: string): void {
  request("POST", "/v1/views", { booking_id: bookingId }).catch(() => {});
}
