import type { MovementResolution, TrackedRecord } from 'nestjs-glomopay';
import { type Html, html } from '../storefront/html.js';
import { addressOf } from './movement-case.js';

const fields = new Set(['as', 'note']);
/** Whatever its letters are, the form stays within what a form of the shop may have. */
const MOST_OF_NOTE = 300;

const ways: Readonly<Record<MovementResolution['as'], string>> = {
  acknowledged: 'Seen, and left as it is',
  refunded: 'The money went back',
  succeeded: 'It succeeded: the purchase is paid',
  failed: 'It failed: the purchase is not paid',
};

/** Reads the form; nothing when it is not one. What a note must not hold is the library's to say. */
export function readResolution(
  form: ReadonlyMap<string, string>,
): Pick<MovementResolution, 'as' | 'note'> | undefined {
  const as = waysOf().find((known) => known === form.get('as'));
  const note = form.get('note');
  const isOurs = [...form.keys()].every((name) => fields.has(name));
  return as === undefined || note === undefined || !isOurs ? undefined : { as, note: note.trim() };
}

/** The form that closes a movement by hand. What may not be chosen is not offered. */
export function resolutionForm(record: TrackedRecord): Html {
  const isTold = record.state === 'succeeded' || record.state === 'failed';
  const isUnasked = record.requestId.startsWith('stray:');
  const offered = waysOf().filter(
    (as) => !(isTold || isUnasked) || as === 'acknowledged' || as === 'refunded',
  );
  return html`<form method="post" action="${addressOf(record)}/resolution">
    <div class="field">
      <label for="as">Close it as</label>
      <select id="as" name="as" required>
        <option value="">Choose</option>
        ${offered.map((as) => html`<option value="${as}">${ways[as]}</option>`)}
      </select>
    </div>
    <div class="field">
      <label for="note">Why</label>
      <textarea
        id="note"
        name="note"
        rows="3"
        maxlength="${MOST_OF_NOTE}"
        autocomplete="off"
        required
      ></textarea>
    </div>
    <button class="button" type="submit">Close</button>
  </form>`;
}

function waysOf(): readonly MovementResolution['as'][] {
  return ['acknowledged', 'refunded', 'succeeded', 'failed'];
}
