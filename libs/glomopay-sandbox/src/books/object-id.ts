import { randomInt } from 'node:crypto';
import type { Clock } from '../time/clock.js';
import { GatewayError } from '../http/gateway-error.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LETTERS = 52;

/**
 * Mints an id as published samples look: prefix, the second of creation in hex, five characters.
 *
 * The first of the five is a letter, so that no id contains a run of digits as long as a card
 * number.
 */
export function newId(prefix: string, clock: Clock): string {
  const seconds = Math.floor(clock.now() / 1000);
  const tail = [LETTERS, ...Array<number>(4).fill(ALPHABET.length)];
  const random = tail.map((limit) => ALPHABET.charAt(randomInt(limit))).join('');
  return `${prefix}_${seconds.toString(16).padStart(8, '0')}${random}`;
}

/** @throws {GatewayError} 400 when an id in a path belongs to another kind of object. */
export function assertIdPrefix(id: string, prefix: string): void {
  if (!hasPrefix(id, prefix)) {
    throw GatewayError.badRequest(`Id must start with '${prefix}_'`);
  }
}

export function hasPrefix(id: string, prefix: string): boolean {
  return id.startsWith(`${prefix}_`);
}
