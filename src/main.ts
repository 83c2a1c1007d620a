import { runShop } from './bootstrap.js';

await runShop();
