/**
 * 13 to 19 digits, and no digit before or behind. Between two there is at most one space, dot, dash or
 * character of no width, as word processors and web pages have them.
 */
const DIGIT_RUN = /(?<!\d)\d(?:[\s.\p{Pd}\p{Cf}]?\d){12,18}(?!\d)/gu;

/** May have as many digits by chance, and is none. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** How the numbers of the card networks begin, by how long they are (ISO/IEC 7812 and the networks' own ranges). */
const NETWORKS: readonly (readonly [start: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 16, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:60|6[45]|81|82|508)/, [16, 19]],
  [/^(?:62|5[06-9]|6[1-9])/, [13, 14, 15, 16, 17, 18, 19]],
];

/**
 * Whether a text holds what looks like a whole card number: the length and the beginning of a network,
 * and a check digit that is right. One in ten other numbers of such a form passes for one.
 */
export function holdsCardNumber(text: string): boolean {
  // Digits of other widths are digits to whoever reads them.
  const plain = text.normalize('NFKC').replace(UUID, '');
  return (plain.match(DIGIT_RUN) ?? []).some((run) => {
    const digits = run.replace(/\D/g, '');
    return isOfNetwork(digits) && hasCheckDigit(digits);
  });
}

function isOfNetwork(digits: string): boolean {
  return NETWORKS.some(([start, lengths]) => lengths.includes(digits.length) && start.test(digits));
}

/** Luhn (ISO/IEC 7812-1, annex B). */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
