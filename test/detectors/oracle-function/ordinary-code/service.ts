export class BookingService {
  constructor(
    private readonly bookings: Map<string, Booking>,
    private readonly clock: () => Date,
  ) {}

  async confirm(id: string, client: Client): Promise<Booking> {
    const booking = this.bookings.get(id);
    if (!booking) {
      throw new NotFoundError(`booking ${id}`);
    }
    if (booking.cancelled) {
      throw new ConflictError(`booking ${id} was cancelled`);
    }
    const receipt = await client.charge(booking.customer, booking.price);
    const confirmed = { ...booking, receipt, confirmedAt: this.clock() };
    this.bookings.set(id, confirmed);
    return confirmed;
  }

  list(page: number, size: number): Booking[] {
    const start = page * size;
    return [...this.bookings.values()].slice(start, start + size);
  }
}
