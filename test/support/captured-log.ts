import { inspect } from 'node:util';
import type { LoggerService } from '@nestjs/common';

/** A logger that keeps what it is given, as deep as any sink would print it. */
export class CapturedLog implements LoggerService {
  readonly lines: string[] = [];

  log(...values: unknown[]): void {
    this.keep(values);
  }
  error(...values: unknown[]): void {
    this.keep(values);
  }
  warn(...values: unknown[]): void {
    this.keep(values);
  }
  debug(...values: unknown[]): void {
    this.keep(values);
  }
  verbose(...values: unknown[]): void {
    this.keep(values);
  }

  get text(): string {
    return this.lines.join('\n');
  }

  private keep(values: readonly unknown[]): void {
    this.lines.push(
      values.map((value) => inspect(value, { depth: 10, showHidden: true })).join(' '),
    );
  }
}
