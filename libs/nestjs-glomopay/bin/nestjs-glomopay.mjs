#!/usr/bin/env node
import { runDoctor } from 'nestjs-glomopay/doctor';

process.exitCode = await runDoctor(
  process.argv.slice(2),
  (text) => process.stdout.write(text),
  (text) => process.stderr.write(text),
);
