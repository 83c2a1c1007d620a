import { NestFactory } from '@nestjs/core';
import { ShopModule } from './shop.module.js';

async function bootstrap() {
  const app = await NestFactory.create(ShopModule);
  await app.listen(process.env['PORT'] ?? 3000, '127.0.0.1');
}
void bootstrap();
