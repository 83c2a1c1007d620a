import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { HealthController } from './health.controller.js';

/** The route monitors call. */
@Module({ imports: [DatabaseModule], controllers: [HealthController] })
export class HealthModule {}
