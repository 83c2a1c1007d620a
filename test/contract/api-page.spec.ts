import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { apiPage } from './api-page.js';
import { endpoints } from './facts.js';

describe('docs/api.md', () => {
  it('is what npm run docs:api prints', () => {
    const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
    expect(page).toBe(apiPage());
  });

  it('has every operation, and a row for each call that asks for it', () => {
    const rows = [...apiPage().matchAll(/^\| `(\w+ \/api\S+)` +\| ([^|]+)/gm)];
    expect(new Set(rows.map(([row]) => row)).size).toBe(rows.length);
    expect([...new Set(rows.map(([, place]) => place))].toSorted()).toEqual(
      endpoints.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
  });
});
