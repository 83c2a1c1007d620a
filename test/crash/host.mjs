// The shop as it starts in production, with a witness beside it, and with one product at the amount
// that is screened.
import 'reflect-metadata';
import { AppModule } from '../../dist/app.module.js';
import { catalogue } from '../../dist/catalogue/catalogue.js';
import { WitnessModule } from './witness.mjs';

const SCREENED = 6623;

const { prices } = catalogue['brew-kit'];
for (const currency of Object.keys(prices)) prices[currency] = SCREENED;

const shop = AppModule.with;
AppModule.with = (...parts) => {
  const { imports, ...module } = shop(...parts);
  return { ...module, imports: [...imports, WitnessModule] };
};

await import('../../dist/main.js');
