/** The text as it is searched, so that a search needs no pattern: separators and escapes taken out. */
export const views = {
  exact: (text: string) => text,
  lower: (text: string) => text.toLowerCase(),
  bytes: (text: string) => text.toLowerCase().replace(/0x|[\s,:]/g, ''),
  escapes: (text: string) => text.toLowerCase().replace(/\\{1,2}(?:u00|x)/g, ''),
  codes: (text: string) => text.replace(/[\s,]+/g, ','),
  joined: (text: string) => text.replace(/[^0-9A-Za-z]/g, ''),
} as const;

/** A way to look at a text. */
export type View = keyof typeof views;

/** What to look for, in which view, and what it means when it is there. */
export interface Needle {
  readonly encoding: string;
  readonly view: View;
  readonly text: string;
}

/** Every way in which a text may have been written that hides it from a plain search. */
export function needles(text: string): readonly Needle[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  return [
    { encoding: 'verbatim', view: 'lower', text: text.toLowerCase() },
    { encoding: 'hex', view: 'bytes', text: hex },
    { encoding: 'escaped', view: 'escapes', text: hex },
    { encoding: 'percent', view: 'lower', text: hex.replace(/../g, '%$&') },
    ...inAddress(text).map((spelt): Needle => ({
      encoding: 'percent',
      view: 'lower',
      text: spelt,
    })),
    { encoding: 'decimal codes', view: 'codes', text: bytes.join(',') },
    { encoding: 'UTF-16', view: 'exact', text: [...text].join('\0') },
    ...base64(text).map((encoded): Needle => ({
      encoding: 'base64',
      view: 'exact',
      text: encoded,
    })),
  ];
}

/** As an address has it, where only some characters are encoded; the same as the text for most. */
function inAddress(text: string): string[] {
  const encoded = encodeURIComponent(text).toLowerCase();
  return encoded === text.toLowerCase() ? [] : [encoded, encoded.replaceAll('%20', '+')];
}

/** Base64 of a text that begins at any of the three places inside a group; the edges are cut off. */
function base64(text: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.from(`${' '.repeat(offset)}${text}`).toString('base64');
    const begin = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + Buffer.byteLength(text)) * 8) / 6);
    const inner = encoded.slice(begin, end);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
