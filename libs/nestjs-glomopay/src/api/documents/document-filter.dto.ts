import { Named } from '../../errors/named.decorator.js';
import { ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';

/** Which documents to list: by page and time only. */
export interface DocumentFilterInput extends ListFilterInput {}

/** Query of `GET /document`. */
@Named('DocumentFilterDto')
export class DocumentFilterDto extends ListFilterDto implements DocumentFilterInput {}
