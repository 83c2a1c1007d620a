import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsInstant } from './rules.js';
import { Wire } from './wire.decorator.js';

/** Which page of a list, and of which time (docs/gateway.md, Lists and filters). */
export interface ListFilterInput {
  /** From 1. @defaultValue 1 */
  readonly page?: number | undefined;
  /** Page size, 1 to 100. @defaultValue 20 at the gateway */
  readonly perPage?: number | undefined;
  /** Created at or before: ISO 8601, UTC unless it says otherwise; a bare date is its end. */
  readonly before?: string | undefined;
  /** Created at or after; a bare date is its start. */
  readonly after?: string | undefined;
}

/** The query of every list. */
export class ListFilterDto implements ListFilterInput {
  @Wire('page')
  @IsOptional()
  @IsInt()
  @Min(1)
  page?: number;

  @Wire('per_page')
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  perPage?: number;

  @Wire('before')
  @IsOptional()
  @IsInstant()
  before?: string;

  @Wire('after')
  @IsOptional()
  @IsInstant()
  after?: string;
}
