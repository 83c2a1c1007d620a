/** A Nest application that starts, says what that took, and ends: `p9-app.mjs with|without`. */
import 'reflect-metadata';
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { HttpModule } from '@nestjs/axios';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { IsString } from 'class-validator';
import { decorate } from './decorate.mjs';

const imports = [ConfigModule.forRoot({ ignoreEnvFile: true, isGlobal: true }), HttpModule];
if (process.argv[2] === 'with') {
  const { GlomopayModule } = await import('nestjs-glomopay');
  imports.push(
    GlomopayModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config) => ({ secretKey: config.getOrThrow('GLOMOPAY_SECRET_KEY') }),
    }),
  );
}

class OpenCartDto {}
IsString()(OpenCartDto.prototype, 'item');

class ShopController {
  open(cart) {
    return cart.item;
  }
}
decorate(ShopController, [Controller()], { open: { decorators: [Post()], parameters: [Body()] } });

class AppModule {}
decorate(AppModule, [Module({ imports, controllers: [ShopController] })]);

const app = await NestFactory.create(AppModule, { logger: false });
const pipe = new ValidationPipe();
app.useGlobalPipes(pipe);
// The pipe loads its packages in the background; this waits for them, with the module or without.
await pipe.transform({ item: 'tea' }, { type: 'body', metatype: OpenCartDto });
await app.listen(0, '127.0.0.1');
const { user, system } = process.cpuUsage();
process.send({ rss: process.memoryUsage.rss(), cpu: user + system });
process.once('disconnect', () => process.exit(0));
