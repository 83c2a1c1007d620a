import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsInstant } from './rules.js';
import { Wire } from './wire.decorator.js';

/** Items that a page has at most (docs/gateway.md, Lists and filters). */
export const LARGEST_PAGE = 100;

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

/** The query of every list. A host can have it as `@Query()`, where numbers are texts. */
export class ListFilterDto implements ListFilterInput {
  @NumberInQuery()
  @Wire('page')
  @IsOptional()
  @IsInt()
  @Min(1)
  page?: number;

  @NumberInQuery()
  @Wire('per_page')
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
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

/** In whatever order it and the transformation of `@Wire` come, which differs in subclasses. */
function NumberInQuery(): PropertyDecorator {
  return (target, property) => {
    Transform(
      ({ value, obj }: { value: unknown; obj: object }) => {
        const text: unknown =
          value === undefined && Object.hasOwn(obj, property) ? Reflect.get(obj, property) : value;
        return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : text;
      },
      { toClassOnly: true },
    )(target, property);
  };
}
