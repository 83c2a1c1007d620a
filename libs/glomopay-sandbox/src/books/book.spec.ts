import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../test/manual-clock.js';
import { SandboxClock } from '../time/sandbox-clock.js';
import { Book } from './book.js';
import { lifecycle } from './lifecycle.js';
import type { Stored } from './book.js';

interface Voucher extends Stored {
  readonly status: 'open' | 'used' | 'expired';
  readonly requestId: string | null;
}

const HOUR_MS = 3_600_000;

const STATUS = lifecycle<Voucher, Voucher['status']>({
  statusOf: ({ status }) => status,
  moves: { open: ['used', 'expired'], used: ['open'], expired: [] },
});

function aBook() {
  const clock = new SandboxClock(new ManualClock());
  const told: string[] = [];
  const book = new Book<Voucher>(
    {
      kind: 'Voucher',
      idPrefix: 'vouch',
      requestIdOf: ({ requestId }) => requestId,
      expiry: {
        dueAt: (voucher) =>
          voucher.status === 'open' ? Date.parse(voucher.created_at) + HOUR_MS : undefined,
        change: () => ({ status: 'expired' }),
      },
      lifecycles: [{ ...STATUS, tell: ({ id }, before) => void (before && told.push(id)) }],
    },
    clock,
  );
  const voucher = (id: string, requestId: string | null = null): Voucher => ({
    id,
    requestId,
    status: 'open',
    created_at: new Date(clock.now()).toISOString(),
  });
  return { book, clock, told, voucher };
}

describe('Book', () => {
  it('lists the newest first, also after an old one has changed', () => {
    const { book, voucher } = aBook();
    book.open(voucher('vouch_1'));
    book.open(voucher('vouch_2'));
    expect(book.move('vouch_1', { status: 'used' })).toMatchObject({ status: 'used' });
    expect(book.list().map(({ id }) => id)).toEqual(['vouch_2', 'vouch_1']);
    expect(book.move('vouch_3', { status: 'used' })).toBeUndefined();
    expect(book.list()).toHaveLength(2);
  });

  it('takes a request_id once, and any number of objects without', () => {
    const { book, voucher } = aBook();
    book.open(voucher('vouch_1', 'request-1'));
    expect(() => book.assertNew('request-1')).toThrow('Voucher already exists for this request_id');
    expect(() => book.open(voucher('vouch_2', 'request-1'))).toThrow('already exists');
    expect(book.get('vouch_2')).toBeUndefined();
    book.open(voucher('vouch_3'));
    book.open(voucher('vouch_4'));
    expect(book.list()).toHaveLength(3);
  });

  it('finds by id, and says what is wrong with one', () => {
    const { book, voucher } = aBook();
    book.open(voucher('vouch_1'));
    expect(book.find('vouch_1').id).toBe('vouch_1');
    expect(() => book.find('vouch_2')).toThrow(expect.objectContaining({ status: 404 }));
    expect(() => book.find('order_1')).toThrow("Id must start with 'vouch_'");
  });

  it('lets time change an object once, whether somebody looks or not', async () => {
    const { book, clock, told, voucher } = aBook();
    book.open(voucher('vouch_1'));
    book.open(voucher('vouch_2'));
    book.move('vouch_2', { status: 'used' });
    await clock.advance(HOUR_MS);
    expect(told).toEqual(['vouch_2', 'vouch_1']);
    expect(book.list().map(({ status }) => status)).toEqual(['used', 'expired']);
    await clock.advance(HOUR_MS);
    expect(told).toEqual(['vouch_2', 'vouch_1']);
    await clock.stop();
  });

  it('refuses a move off the table, and leaves the object as it was', () => {
    const { book, told, voucher } = aBook();
    book.open(voucher('vouch_1'));
    book.move('vouch_1', { status: 'used' });
    expect(() => book.move('vouch_1', { status: 'expired', requestId: 'changed' })).toThrow(
      'State change not allowed',
    );
    expect(book.get('vouch_1')).toMatchObject({ status: 'used', requestId: null });
    expect(told).toEqual(['vouch_1']);
  });

  it('does what is planned once, when its time has come', async () => {
    const { book, clock, told, voucher } = aBook();
    book.open(voucher('vouch_1'));
    book.moveLater('vouch_1', 5000, ({ id }) => ({ status: 'used', requestId: `of ${id}` }));
    await clock.advance(4999);
    expect(book.get('vouch_1')?.status).toBe('open');
    await clock.advance(HOUR_MS);
    expect(book.get('vouch_1')).toMatchObject({ status: 'used', requestId: 'of vouch_1' });
    expect(told).toEqual(['vouch_1']);
    await clock.stop();
  });

  it('drops a plan when the status changes, also if it comes back', async () => {
    const { book, clock, voucher } = aBook();
    book.open(voucher('vouch_1'));
    book.move('vouch_1', { status: 'used' });
    book.moveLater('vouch_1', 5000, () => ({ requestId: 'late' }));
    book.move('vouch_1', { status: 'open' });
    book.move('vouch_1', { status: 'used' });
    await clock.advance(10_000);
    expect(book.get('vouch_1')?.requestId).toBeNull();
    await clock.stop();
  });

  it('keeps a plan when something else changes, and one plan for an object', async () => {
    const { book, clock, voucher } = aBook();
    book.open(voucher('vouch_1'));
    book.moveLater('vouch_1', 1000, () => ({ requestId: 'first' }));
    book.moveLater('vouch_1', 2000, ({ requestId }) => ({
      requestId: `second after ${requestId}`,
    }));
    book.move('vouch_1', { requestId: 'touched' });
    await clock.advance(1500);
    expect(book.get('vouch_1')?.requestId).toBe('touched');
    await clock.advance(1000);
    expect(book.get('vouch_1')?.requestId).toBe('second after touched');
    await clock.stop();
  });

  it('lets an object that is open again expire', async () => {
    const { book, clock, told, voucher } = aBook();
    book.open({ ...voucher('vouch_1'), status: 'used' });
    book.move('vouch_1', { status: 'open' });
    await clock.advance(HOUR_MS);
    expect(told).toEqual(['vouch_1', 'vouch_1']);
    await clock.stop();
  });
});
