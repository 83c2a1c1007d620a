import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { callKind, retryPolicy, type CallKind, type NextStep } from './retry-policy.js';

const words: Readonly<Record<NextStep, string>> = {
  return: 'return it',
  retry: 'try again',
  stop: 'stop',
  look_up: 'look it up',
  look_once: 'look once',
};

/** The policy as the table that the package's README shows. */
function asTable(): readonly string[][] {
  return Object.keys(retryPolicy.read).map((attempt) => [
    `\`${attempt}\``,
    ...(['read', 'guarded', 'unguarded'] as const).map(
      (kind) => words[retryPolicy[kind][attempt as keyof (typeof retryPolicy)[CallKind]]],
    ),
  ]);
}

describe('retryPolicy', () => {
  it('is what the README says', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const rows = readme
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .slice(1, -1),
      );
    for (const row of asTable())
      expect(rows).toContainEqual([row[0], expect.any(String), ...row.slice(1)]);
  });

  it('never sends a write again that may have arrived and that the gateway would not recognise', () => {
    expect(retryPolicy.unguarded.unknown).toBe('stop');
  });

  it('tries nothing again that the gateway has refused', () => {
    for (const { rejected, denied } of Object.values(retryPolicy)) {
      expect([rejected, denied]).not.toContain('retry');
    }
  });

  it('believes a refusal of a guarded create after a look only', () => {
    expect(retryPolicy.guarded.rejected).toBe('look_once');
  });
});

describe('callKind', () => {
  const guarded = { method: 'POST', path: '/x', duplicate: 'X already exists' } as const;

  it.each([
    ['a GET', { method: 'GET', path: '/x' } as const, 'id', 'read'],
    ['a guarded create with a request_id', guarded, 'id', 'guarded'],
    ['a guarded create without one', guarded, undefined, 'unguarded'],
    [
      'a create that the gateway does not guard',
      { method: 'POST', path: '/x' } as const,
      'id',
      'unguarded',
    ],
    ['a PATCH', { method: 'PATCH', path: '/x' } as const, undefined, 'unguarded'],
  ])('takes %s for what it is', (_, operation, requestId, kind) => {
    expect(callKind(operation, requestId)).toBe(kind);
  });
});
