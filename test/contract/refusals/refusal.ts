import type { SandboxAccount } from 'glomopay-sandbox';
import type { PlainAnswer, PlainClient } from '../plain-client.js';

/** A refusal whose words are documented, and how the sandbox is brought to it. */
export interface Refusal {
  readonly when: string;
  readonly status: number;
  /** The whole body. */
  readonly body: object;
  readonly ask: (gateway: PlainClient) => Promise<PlainAnswer>;
}

/** 400 in the usual form. */
export function refusal(when: string, message: string, ask: Refusal['ask']): Refusal {
  return { when, status: 400, body: { error: 'Bad Request', message }, ask };
}

/** 400 for a field, in the form that validations have. */
export function invalid(when: string, problem: string, ask: Refusal['ask']): Refusal {
  return refusal(when, `Validation failed: ${problem}`, ask);
}

/** Another status, or another form. */
export function answered(
  when: string,
  [status, body]: readonly [number, object],
  ask: Refusal['ask'],
): Refusal {
  return { when, status, body, ask };
}

/** Asks while the account is set otherwise. */
export function onAccount(settings: Partial<SandboxAccount>, ask: Refusal['ask']): Refusal['ask'] {
  return async (gateway) => {
    const { account } = gateway.sandbox;
    const before = { ...account };
    Object.assign(account, settings);
    try {
      return await ask(gateway);
    } finally {
      Object.assign(account, before);
    }
  };
}
