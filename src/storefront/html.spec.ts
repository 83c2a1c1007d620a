import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';

describe('html', () => {
  it('turns whatever is put in into text, in attributes too', () => {
    const hostile = `"><script>alert('1')</script>&`;
    expect(html`<a title="${hostile}">${hostile}</a>`.markup).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</a>',
    );
  });

  it('keeps markup made by itself, alone and in lists', () => {
    const words = ['a', '<b>'].map((text) => html`<i>${text}</i>`);
    expect(html`<p>${words}</p>`.markup).toBe('<p><i>a</i><i>&lt;b&gt;</i></p>');
  });

  it('leaves nothing for what is absent', () => {
    expect(html`<p>${undefined}${0}</p>`.markup).toBe('<p>0</p>');
  });
});
