import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';

const types = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

/** The files a browser may fetch, one by one: what is not listed is not served. */
const files = [
  { name: 'shop.css', type: types.css },
  { name: 'checkout.js', type: types.js },
  { name: 'status.js', type: types.js },
  { name: 'mark.svg', type: types.svg },
  { name: 'house-blend.svg', type: types.svg },
  { name: 'tasting-box.svg', type: types.svg },
  { name: 'brew-kit.svg', type: types.svg },
] as const;

export type AssetName = (typeof files)[number]['name'];

/** A file of `public/`, read once when the shop starts. */
export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  /** As it stands in an `integrity` attribute and, quoted, in a content security policy. */
  readonly integrity: string;
  /** Changes with the content, so that browsers may keep it for ever. */
  readonly url: string;
}

/** The shop's own style sheet, scripts and pictures. */
@Injectable()
export class Assets {
  readonly #assets = new Map<string, Asset>(files.map(load));

  find(name: string): Asset | undefined {
    return this.#assets.get(name);
  }

  get(name: AssetName): Asset {
    const asset = this.find(name);
    if (!asset) {
      throw new Error(`The asset ${name} is not loaded`);
    }
    return asset;
  }
}

function load({ name, type }: (typeof files)[number]): [string, Asset] {
  const bytes = readFileSync(new URL(`../../public/${name}`, import.meta.url));
  const digest = createHash('sha256').update(bytes).digest();
  const version = digest.toString('hex').slice(0, 12);
  const integrity = `sha256-${digest.toString('base64')}`;
  return [name, { type, bytes, integrity, url: `/assets/${name}?v=${version}` }];
}
