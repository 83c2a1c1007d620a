/** A row holds what only a newer version of this library can read; rows that can be read go on. */
export class UnreadableRowError extends Error {
  constructor(readonly column: string) {
    super(
      `The column ${column} holds what this version of nestjs-glomopay cannot read; a newer version has written it`,
    );
    this.name = 'UnreadableRowError';
  }
}
