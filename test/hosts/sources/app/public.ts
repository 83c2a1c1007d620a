import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'isPublic';

/** Lets a route be reached without a session. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
