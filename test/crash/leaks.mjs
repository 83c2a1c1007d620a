import { canaryCvv, canaryNumbers } from './buyer-plan.mjs';

// Places where a card number, the CVV, the key or a 3DS token stands in what the shop has written:
// its tables, the files of its database, its output.
export function findLeaks({ values, files, outputs, secretKey }) {
  const words = [...canaryNumbers.flatMap(spellings), secretKey, 'authToken'];
  const inBytes = (name, bytes) => {
    const text = bytes.toString('latin1');
    const found = words.filter((word) => text.includes(word)).map((word) => shortened(word));
    if (/cv[vc]\W{0,8}8317/i.test(text)) found.push('the CVV');
    return found.map((what) => `${what} in ${name}`);
  };
  return [
    ...values.flatMap(({ place, value }) =>
      leaksOfValue(words, value).map((what) => `${what} in ${place}`),
    ),
    ...files.flatMap(({ name, bytes }) => inBytes(name, bytes)),
    ...outputs.flatMap(({ name, bytes }) => [
      ...inBytes(name, bytes),
      ...(hasCvv(bytes.toString('latin1')) ? [`the CVV in ${name}`] : []),
    ]),
  ];
}

function leaksOfValue(words, value) {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const found = words.filter((word) => text.includes(word)).map((word) => shortened(word));
  if (hasCvv(text)) found.push('the CVV');
  return found;
}

// Four digits may stand in any random id; as a word of their own they are the CVV.
function hasCvv(text) {
  return new RegExp(`(?<![\\w-])${canaryCvv}(?![\\w-])`).test(text);
}

function spellings(number) {
  const bytes = Buffer.from(number);
  const groups = number.match(/.{1,4}/g) ?? [];
  return [
    number,
    groups.join(' '),
    groups.join('-'),
    bytes.toString('hex'),
    [...bytes].join(','),
    // Base64 of the number behind 0, 1 and 2 other bytes, without the ends that they share.
    ...[0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .slice(4, 20),
    ),
  ];
}

function shortened(word) {
  return word.length > 12 ? `${word.slice(0, 6)}…` : word;
}
