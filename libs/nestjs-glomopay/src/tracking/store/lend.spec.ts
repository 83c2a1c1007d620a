import { describe, expect, it } from '@jest/globals';
import { lend } from './lend.js';

class Connection {
  readonly #written: string[] = [];
  open = true;

  write(text: string): number {
    return this.#written.push(text);
  }
}

describe('lend', () => {
  it('lends the real thing: private members, type and assignments work', async () => {
    const connection = new Connection();
    await lend(connection, async (tx) => {
      expect(tx).toBeInstanceOf(Connection);
      expect(tx.constructor).toBe(Connection);
      expect(tx.write('one')).toBe(1);
      tx.open = false;
    });
    expect(connection.open).toBe(false);
    expect(connection.write('two')).toBe(2);
  });

  it('takes it back when the work has ended, also by failing', async () => {
    const kept: Connection[] = [];
    const connection = new Connection();
    await lend(connection, async (tx) => void kept.push(tx));
    const failing = lend(connection, async (tx) => {
      kept.push(tx);
      throw new Error('handler failed');
    });
    await expect(failing).rejects.toThrow('handler failed');
    for (const tx of kept) expect(() => tx.write('late')).toThrow(TypeError);
    expect(connection.write('one')).toBe(1);
  });

  it('shows constant members as they are', async () => {
    const frozen = Object.freeze({ query: () => 1 });
    await lend(frozen, async (tx) => expect(tx.query()).toBe(1));
  });

  it('lends a function with methods, as Knex and postgres.js have, until the work has ended', async () => {
    const ran: string[] = [];
    const sql = Object.assign(
      (parts: readonly string[]) => {
        ran.push(parts.join());
        return Promise.resolve([]);
      },
      {
        unsafe: (text: string) => void ran.push(text),
        savepoint: async (work: (nested: { unsafe(text: string): void }) => Promise<void>) =>
          work(sql),
      },
    );
    const kept: (typeof sql)[] = [];
    await lend(sql, async (tx) => {
      kept.push(tx);
      await tx`called`;
      tx.unsafe('method');
      await tx.savepoint(async (nested) => nested.unsafe('nested'));
    });
    expect(ran).toEqual(['called', 'method', 'nested']);
    for (const tx of kept) {
      expect(() => tx`late`).toThrow(TypeError);
      expect(() => tx.unsafe('late')).toThrow(TypeError);
      expect(() => tx.savepoint).toThrow(TypeError);
    }
  });
});
