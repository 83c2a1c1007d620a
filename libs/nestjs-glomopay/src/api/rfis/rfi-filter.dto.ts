import { Named } from '../../errors/named.decorator.js';
import { ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';

/** Which requests for information to list. */
export interface RfiFilterInput extends ListFilterInput {}

/** Query of `GET /rfis`. */
@Named('RfiFilterDto')
export class RfiFilterDto extends ListFilterDto implements RfiFilterInput {}
