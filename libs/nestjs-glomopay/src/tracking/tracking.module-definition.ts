import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { GlomopayTrackingOptions } from './tracking-options.js';
import { GLOMOPAY_TRACKING_OPTIONS } from './tracking.tokens.js';

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<GlomopayTrackingOptions>({
    optionsInjectionToken: GLOMOPAY_TRACKING_OPTIONS,
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createGlomopayTrackingOptions')
    .setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({
      ...definition,
      global: isGlobal,
    }))
    .build();
