import { type Html, html } from '../html.js';

interface CardField {
  readonly id: string;
  readonly label: string;
  readonly autocomplete: string;
  readonly hint?: string;
  readonly maxLength: number;
  readonly isNumeric: boolean;
  readonly placeholder?: string;
}

const holderName: CardField = {
  id: 'holderName',
  label: 'Name on card',
  autocomplete: 'cc-name',
  maxLength: 128,
  isNumeric: false,
};
const number: CardField = {
  id: 'number',
  label: 'Card number',
  autocomplete: 'cc-number',
  maxLength: 23,
  isNumeric: true,
};
const expiryMonth: CardField = {
  id: 'expiryMonth',
  label: 'Expiry month',
  autocomplete: 'cc-exp-month',
  maxLength: 2,
  isNumeric: true,
  placeholder: 'MM',
};
const expiryYear: CardField = {
  id: 'expiryYear',
  label: 'Expiry year',
  autocomplete: 'cc-exp-year',
  maxLength: 4,
  isNumeric: true,
  placeholder: 'YYYY',
};
const cvv: CardField = {
  id: 'cvv',
  label: 'Security code',
  autocomplete: 'cc-csc',
  hint: '3 digits on the back, or 4 on the front of an American Express card.',
  maxLength: 4,
  isNumeric: true,
};

/** The card form. What is typed here leaves the page once, in the body of `POST /checkout`. */
export function cardFields(): Html {
  return html`<fieldset class="panel">
    <legend>Card details</legend>
    ${field(holderName)} ${field(number)}
    <div class="row">${field(expiryMonth)} ${field(expiryYear)} ${field(cvv)}</div>
  </fieldset>`;
}

function field({
  id,
  label,
  autocomplete,
  hint,
  maxLength,
  isNumeric,
  placeholder,
}: CardField): Html {
  return html`<div class="field" data-field="${id}">
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${id}"
      type="text"
      autocomplete="${autocomplete}"
      maxlength="${maxLength}"
      ${isNumeric ? html`inputmode="numeric"` : html`autocapitalize="words"`}
      ${placeholder === undefined ? undefined : html`placeholder="${placeholder}"`}
      spellcheck="false"
      required
      aria-describedby="${hint === undefined ? '' : `${id}-hint `}${id}-error"
    />
    ${hint === undefined ? undefined : html`<p id="${id}-hint" class="hint">${hint}</p>`}
    <p id="${id}-error" class="error" hidden></p>
  </div>`;
}
