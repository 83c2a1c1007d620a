/** What the doctor has looked at. */
export type Examination =
  | 'options'
  | 'keys'
  | 'webhook secret'
  | 'gateway'
  | 'callback route'
  | 'webhook route'
  | 'process';

/** One thing that was found, and how to mend it. Never with a value of a key in it. */
export interface Finding {
  readonly examination: Examination;
  /** `fault`: payments, callbacks or webhooks will not work; `advice`: they will, but look at it. */
  readonly level: 'fine' | 'advice' | 'fault';
  readonly says: string;
  /** What to change; none where all is well. */
  readonly fix: string | undefined;
}

/** Makes the findings of one examination. */
export function findingsOf(examination: Examination) {
  return {
    fine: (says: string): Finding => ({ examination, level: 'fine', says, fix: undefined }),
    advice: (says: string, fix: string): Finding => ({ examination, level: 'advice', says, fix }),
    fault: (says: string, fix: string): Finding => ({ examination, level: 'fault', says, fix }),
  };
}

/** A finding in one line. */
export function lineOf({ examination, level, says, fix }: Finding): string {
  return fix === undefined
    ? `${examination}: ${says}`
    : `${examination}: ${level.toUpperCase()} ${says}. Fix: ${fix}`;
}
