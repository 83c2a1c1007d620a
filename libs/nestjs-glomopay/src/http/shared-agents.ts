import type { Agent } from 'node:http';
import { keepAliveAgent } from './keep-alive-agent.js';

/**
 * The connections of all accounts that are made at run time. An agent keeps them apart by address, and
 * the key goes with each request, so accounts of one gateway can share them; thousands of accounts would
 * otherwise have thousands of idle connections.
 */
export class SharedAgents {
  readonly #agents = new Map<boolean, Agent>();

  /** @param secure Whether for `https:`. */
  of(secure: boolean): Agent {
    const agent = this.#agents.get(secure) ?? keepAliveAgent(secure);
    this.#agents.set(secure, agent);
    return agent;
  }

  /** Closes every connection, so that the process can end. */
  end(): void {
    for (const agent of this.#agents.values()) agent.destroy();
  }
}
