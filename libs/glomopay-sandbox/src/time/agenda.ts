/** Something to do at a moment. It handles its own failures. */
export interface Appointment {
  /** Milliseconds since the Unix epoch. */
  readonly dueAt: number;
  readonly run: () => Promise<void>;
}

/** What is to be done and when; two things of one moment in the order they were added. */
export class Agenda {
  // Latest first, so that the next one is taken off the end.
  readonly #appointments: Appointment[] = [];

  add(appointment: Appointment): void {
    let low = 0;
    let high = this.#appointments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const isLater = (this.#appointments[middle]?.dueAt ?? 0) > appointment.dueAt;
      if (isLater) low = middle + 1;
      else high = middle;
    }
    this.#appointments.splice(low, 0, appointment);
  }

  /** The moment of the next appointment, if there is one. */
  get nextAt(): number | undefined {
    return this.#appointments.at(-1)?.dueAt;
  }

  /** The next appointment, taken off the agenda, if its moment has come. */
  takeDue(now: number): Appointment | undefined {
    const { nextAt } = this;
    return nextAt !== undefined && nextAt <= now ? this.#appointments.pop() : undefined;
  }

  clear(): void {
    this.#appointments.length = 0;
  }
}
