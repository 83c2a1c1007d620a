/** Where a program writes: what was asked for, and what is told beside it. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly note: (text: string) => void;
}
