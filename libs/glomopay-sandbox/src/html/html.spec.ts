import { describe, expect, it } from '@jest/globals';
import { formatAmount } from './amount.js';
// Under another name: the formatter rewrites the white space of templates called html.
import { html as markup } from './html.js';

describe('html', () => {
  it('escapes every character that could end a text or an attribute', () => {
    expect(markup`<p title="${`&<>"'`}">`.text).toBe('<p title="&#38;&#60;&#62;&#34;&#39;">');
  });

  it('leaves markup it made itself as it is, also in lists', () => {
    const list = markup`<ul>${[markup`<li>${'<'}</li>`, markup`<li>2</li>`]}</ul>`;
    expect(list.text).toBe('<ul><li>&#60;</li><li>2</li></ul>');
  });
});

describe('formatAmount', () => {
  it.each([
    [1000, 'USD', 'USD\u00A010.00'],
    [1, 'EUR', 'EUR\u00A00.01'],
    [295, 'JPY', 'JPY\u00A0295'],
    [295_990, 'KWD', 'KWD\u00A0295.990'],
    [123_456_789, 'AED', 'AED\u00A01,234,567.89'],
  ])('writes %d minor units of %s as %s', (amount, currency, text) => {
    expect(formatAmount({ amount, currency })).toBe(text);
  });
});
