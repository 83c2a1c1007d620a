import type { KeyRing, Secrets } from '../config/key-ring.js';
import type { CallSecret } from '../logging/scrub.js';
import { reveal, type Secret } from '../values/secret.js';
import { TimeLimit } from '../values/time-limit.js';
import { VERSION } from '../version.js';
import type { Deadline } from './deadline.js';
import type { RefusedVerdict, Verdict } from './verdict.js';

type Headers = Readonly<Record<string, string>>;

/** The keys as calls use them: one signs each attempt, and none of them may be seen in an answer. */
export class CallKeys {
  readonly #ring: KeyRing;
  /** By what they are made of, and gone with it. */
  readonly #headers = new WeakMap<Secret, Headers>();
  readonly #hidden = new WeakMap<Secrets, readonly CallSecret[]>();

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  /** Those that count as an attempt begins. */
  now(): Secrets {
    return this.#ring.active();
  }

  /** What an attempt says of itself, and of the body that it brings. */
  headers([key]: Secrets, body: Buffer | Blob | undefined): Headers {
    const common = this.#headers.get(key) ?? this.#made(key);
    if (body === undefined) return common;
    const [type, size] =
      body instanceof Blob ? [body.type, body.size] : ['application/json', body.length];
    return { ...common, 'content-type': type, 'content-length': String(size) };
  }

  /**
   * What nothing may show that comes back or goes out as data: what the call names, the keys of now,
   * and those with which an attempt began, which may have gone since.
   */
  hidden(
    { secrets }: { readonly secrets?: readonly CallSecret[] | undefined },
    began?: Secrets,
  ): readonly CallSecret[] {
    const active = this.#ring.active();
    const keys = this.#hiddenOf(active);
    if (secrets === undefined && (began === undefined || began === active)) return keys;
    const gone = began === undefined || began === active ? [] : this.#hiddenOf(began);
    return [...(secrets ?? []), ...keys, ...gone];
  }

  /**
   * Whether an attempt is worth making again, for the gateway has refused its key and now there is
   * another. Waits no longer than the call may take.
   *
   * Any call may be sent again then, one that moves money too: a key that is not accepted says for no
   * merchant what to do, so the gateway has refused before it did anything (docs/gateway.md, Errors: a
   * 401 is a refusal). What came before it in the same call does not count here: a write that would be
   * carried out twice is never sent again after an attempt that may have arrived, so it comes here only
   * when nothing has.
   */
  async renewed(
    [refused]: Secrets,
    deadline: Deadline,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const isOver = () => signal?.aborted === true || deadline.left() === 0;
    if (isOver()) return false;
    if (this.#ring.active()[0] === refused) {
      const news = this.#ring.news('refused');
      if (news === undefined) return false;
      await settledOr(news, deadline.left(), signal);
    }
    return this.#ring.active()[0] !== refused && !isOver();
  }

  #made(key: Secret): Headers {
    const made = {
      accept: 'application/json',
      authorization: `Bearer ${reveal(key)}`,
      'user-agent': `nestjs-glomopay/${VERSION} node/${process.versions.node}`,
    };
    this.#headers.set(key, made);
    return made;
  }

  #hiddenOf(keys: Secrets): readonly CallSecret[] {
    const known = this.#hidden.get(keys);
    if (known !== undefined) return known;
    const made = keys.map((key): CallSecret => ({ text: reveal(key), kind: 'text' }));
    this.#hidden.set(keys, made);
    return made;
  }
}

/** The gateway does not accept the key of an attempt. */
export function isKeyRefused(verdict: Verdict<unknown>): verdict is RefusedVerdict {
  return verdict.kind === 'denied' && verdict.details.status === 401;
}

/** Waits for a promise that never rejects; not longer than the time, and not once the caller gives up. */
async function settledOr(
  promise: Promise<unknown>,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const limit = new TimeLimit(ms, signal);
  const over = new Promise<void>((resolve) => {
    limit.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([promise, over]);
  limit.clear();
}
