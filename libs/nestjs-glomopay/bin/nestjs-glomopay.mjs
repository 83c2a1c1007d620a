#!/usr/bin/env node
import { runDoctor } from 'nestjs-glomopay/doctor';

/** For what is still to be written. */
const LEAVE_WITHIN_MS = 2_000;

process.exitCode = await runDoctor(
  process.argv.slice(2),
  (text) => process.stdout.write(text),
  (text) => process.stderr.write(text),
);

// An application that `reconcile` has started and closed may keep a pool or a socket open, which would
// keep this process for ever. Unreferenced: what has nothing open ends at once.
setTimeout(() => process.exit(), LEAVE_WITHIN_MS).unref();
