// Processes that are started and stopped together.
export class Processes {
  #all;

  constructor(all) {
    this.#all = all;
  }

  get all() {
    return this.#all;
  }

  get starts() {
    return this.#all.reduce((sum, { starts }) => sum + starts, 0);
  }

  get kills() {
    return this.#all.reduce((sum, { kills }) => sum + kills, 0);
  }

  get faults() {
    return this.#all.flatMap(({ faults }) => faults);
  }

  // All at once, so that they also race for the making of the tables.
  async start() {
    for (const one of this.#all) one.spawn();
    const ready = await Promise.all(this.#all.map((one) => one.ready()));
    if (ready.includes(false)) {
      throw new Error(`A process did not start: ${this.faults.join('; ')}`);
    }
  }

  async stop() {
    await Promise.all(this.#all.map((one) => one.stop()));
  }
}
