/** `node --import ./dev/typescript.mjs file.ts` runs the sources of this workspace without a build. */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
