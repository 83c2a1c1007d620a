import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { type Environment, readSettings } from './read-settings.js';
import { ShopSettings } from './shop-settings.js';

const SETTINGS = 'shop';

/** The settings, and the module that gives them to every feature. */
export interface ReadSettings {
  readonly settings: ShopSettings;
  readonly module: DynamicModule;
}

/** Gives every feature the checked settings. */
@Global()
@Module({})
export class SettingsModule {
  /**
   * Reads the given environment, or `.env` and the environment of the process.
   *
   * The settings travel through the configuration service as one object: single variables would be
   * copied into `process.env`, and one application of a process would then configure the next.
   *
   * @throws {ShopConfigurationError} the environment has faults.
   */
  static async read(environment?: Environment): Promise<ReadSettings> {
    const seen: ShopSettings[] = [];
    const configModule = await ConfigModule.forRoot({
      ignoreEnvFile: environment !== undefined,
      skipProcessEnv: true,
      validate: (variables) => {
        const settings = readSettings(environment ?? variables);
        seen.push(settings);
        return { [SETTINGS]: settings };
      },
    });
    const [settings] = seen;
    if (!settings) {
      throw new Error('The configuration module did not read the environment');
    }
    const provider = {
      provide: ShopSettings,
      inject: [ConfigService],
      useFactory: (config: ConfigService) => config.getOrThrow<ShopSettings>(SETTINGS),
    };
    const module = {
      module: SettingsModule,
      imports: [configModule],
      providers: [provider],
      exports: [ShopSettings],
    };
    return { settings, module };
  }
}
