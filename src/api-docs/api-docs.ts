import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves the OpenAPI document at `/docs`. */
export function serveApiDocs(app: INestApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Harbour Lane Coffee')
    .setDescription(
      'Checkout, return and status of card payments. Card fields are write-only: no answer contains one.',
    )
    .setVersion('1')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description), {
    // Nobody types a card into this page: it can call what only reads.
    swaggerOptions: { supportedSubmitMethods: ['get'] },
  });
}
