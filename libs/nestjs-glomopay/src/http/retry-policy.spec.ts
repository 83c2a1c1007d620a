import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Operation } from './operation.js';
import { callKind, retryPolicy, type CallKind, type NextStep } from './retry-policy.js';

const words: Readonly<Record<NextStep, string>> = {
  return: 'return it',
  retry: 'try again',
  stop: 'stop',
  look_up: 'look it up',
  look_once: 'look once',
  read_if_unknown: 'read after an `unknown`, else stop',
};

/** The policy as the table that the package's README shows. */
function asTable(): readonly string[][] {
  return Object.keys(retryPolicy.harmless).map((attempt) => [
    `\`${attempt}\``,
    ...(['harmless', 'guarded', 'converging', 'repeating'] as const).map(
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
    expect(retryPolicy.repeating.unknown).toBe('stop');
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
  const post = { method: 'POST', path: '/x' } as const;
  const guarded = { ...post, duplicate: [400, 'X already exists'] } as const;
  const natural = { ...guarded, guard: 'nature' } as const;

  it.each<[string, Operation, string | undefined, CallKind]>([
    ['a GET', { method: 'GET', path: '/x' }, 'id', 'harmless'],
    [
      'a write of which a second one does no harm',
      { ...post, repeat: 'nothing' },
      undefined,
      'harmless',
    ],
    ['a guarded create with a request_id', guarded, 'id', 'guarded'],
    ['a guarded create without one', guarded, undefined, 'repeating'],
    ['a create that is recognised by its nature', natural, undefined, 'guarded'],
    ['a create that the gateway does not guard', post, 'id', 'repeating'],
    ['a change that says nothing', { method: 'PATCH', path: '/x' }, undefined, 'repeating'],
    [
      'a change that converges',
      { method: 'PATCH', path: '/x', repeat: 'converges' },
      undefined,
      'converging',
    ],
    ['a DELETE', { method: 'DELETE', path: '/x' }, undefined, 'repeating'],
  ])('takes %s for what it is', (_, operation, requestId, kind) => {
    expect(callKind(operation, requestId)).toBe(kind);
  });
});
