/** What a route answered. */
export interface Probed {
  readonly status: number;
  readonly body: string;
}

const WITHIN_MS = 5_000;
const MOST_CHARACTERS = 2_000;
/** Where a route is when it is not where it was expected: global prefixes and versions that hosts use. */
const PREFIXES = ['/api', '/v1', '/api/v1'];

/** Asks a route of the host. Redirects are answers, and are not followed. Undefined: no answer. */
export async function probe(url: string, init: RequestInit = {}): Promise<Probed | undefined> {
  try {
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    return { status: answer.status, body: (await answer.text()).slice(0, MOST_CHARACTERS) };
  } catch {
    return undefined;
  }
}

/** Another place that answers something else than 404, for the advice. */
export async function elsewhere(
  origin: string,
  path: string,
  ask: (url: string) => Promise<Probed | undefined>,
): Promise<string | undefined> {
  const shorter = path.replace(/^\/[^/]+(?=\/)/, '');
  for (const candidate of [...PREFIXES.map((prefix) => `${prefix}${path}`), shorter]) {
    if (candidate === path) continue;
    const answer = await ask(`${origin}${candidate}`);
    if (answer !== undefined && answer.status !== 404) return candidate;
  }
  return undefined;
}
