import { generateKeyPair, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { SignJWT } from 'jose';

/** What the `env` claim of a key says. */
export type Environment = 'sandbox' | 'production';

/** Whose key it is. */
export interface KeyOwner {
  readonly merchantId: string;
  readonly environment: Environment;
}

// One pair per process: making one takes longer than the rest of a start.
let signingKey: Promise<KeyObject> | undefined;

/**
 * Mints a secret key that looks like the gateway's: an RS256 JWT with `sub` and `env`.
 *
 * The audience's real value is not known (INFERRED). Each key is unique by its `jti`.
 */
export async function mintSecretKey(owner: KeyOwner, issuedAtMs: number): Promise<string> {
  signingKey ??= newSigningKey();
  return new SignJWT({ env: owner.environment })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setSubject(owner.merchantId)
    .setAudience('glomopay')
    .setIssuedAt(Math.floor(issuedAtMs / 1000))
    .setJti(randomUUID())
    .sign(await signingKey);
}

async function newSigningKey(): Promise<KeyObject> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return pair.privateKey;
}
