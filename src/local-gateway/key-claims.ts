/** What a secret key says about itself; unverified, so good for display and grouping only. */
export interface KeyClaims {
  readonly environment?: 'sandbox' | 'production';
  readonly subject?: string;
}

/** Reads the claims of the first key. A key that cannot be read claims nothing. */
export function readKeyClaims(secretKeys: readonly string[]): KeyClaims {
  const payload = secretKeys
    .map((key) => key.trim())
    .find(Boolean)
    ?.split('.')[1];
  const claims = payload === undefined ? undefined : parseObject(payload);
  if (!claims) {
    return {};
  }
  const { env, sub } = claims;
  return {
    ...((env === 'sandbox' || env === 'production') && { environment: env }),
    ...(typeof sub === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(sub) && { subject: sub }),
  };
}

function parseObject(payload: string): { env?: unknown; sub?: unknown } | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}
