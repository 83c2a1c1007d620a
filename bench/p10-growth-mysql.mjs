import 'reflect-metadata';
import { databaseOf } from './databases.mjs';
import { growthByRows } from './p10-rows.mjs';
import { report } from './report.mjs';

report(await growthByRows(await databaseOf('mysql')));
