/** Markup that is safe to send: every value in it was escaped, or was itself `Html`. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What may stand in a template; what is absent or false stands for nothing. */
export type HtmlValue = string | number | Html | readonly Html[] | undefined | null | false;

/** Builds markup from a template. Whatever is put into it becomes text, also inside attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.map((part, at) => part + markupOf(values[at])).join(''));
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === null || value === false) return '';
  if (value instanceof Html) return value.markup;
  return typeof value === 'object' ? value.map(markupOf).join('') : escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
