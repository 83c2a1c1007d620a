import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** `jest` of one file: those of its methods that our tests use. */
export class JestObject {
  #mocks = new ModuleMocker(globalThis);
  #timers;

  constructor(config) {
    this.#timers = new ModernFakeTimers({ config, global: globalThis });
  }

  fn = (implementation) => this.#mocks.fn(implementation);
  spyOn = (object, member) => this.#mocks.spyOn(object, member);
  restoreAllMocks = () => this.#mocks.restoreAllMocks();
  useFakeTimers = (settings) => this.#timers.useFakeTimers(settings);
  useRealTimers = () => this.#timers.useRealTimers();
  advanceTimersByTime = (ms) => this.#timers.advanceTimersByTime(ms);
  advanceTimersByTimeAsync = (ms) => this.#timers.advanceTimersByTimeAsync(ms);
  getTimerCount = () => this.#timers.getTimerCount();

  giveBack() {
    this.#mocks.restoreAllMocks();
    this.#timers.dispose();
  }
}
