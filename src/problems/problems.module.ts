import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { StorefrontModule } from '../storefront/storefront.module.js';
import { ProblemFilter } from './problem.filter.js';

/** Answers whatever goes wrong. */
@Module({
  imports: [StorefrontModule],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
export class ProblemsModule {}
