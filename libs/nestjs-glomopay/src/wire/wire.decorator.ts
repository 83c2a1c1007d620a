import { Expose, plainToInstance, Transform, Type } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { openApiSchema } from './open-api-schema.js';

/** A request class: anything that `new` makes without arguments. */
export type RequestClass<T extends object = object> = new () => T;

/** How a member of a request class goes over the wire. */
export interface WireField {
  readonly property: string;
  /** The gateway's name of the member. */
  readonly name: string;
  /** The class of a nested object, or of each in a list. */
  readonly nested?: (() => RequestClass) | undefined;
  /** True: a list of nested objects. */
  readonly list: boolean;
}

const fieldsOfClass = new Map<object, WireField[]>();

/**
 * Names a member of a request class on the wire.
 *
 * Gives class-transformer the same name, so that a host can use the class as `@Body()`: a body may
 * spell the member as the gateway does (`customer_id`) or as the class does (`customerId`).
 */
export function Wire(
  name: string,
  nested?: () => RequestClass,
  { list = false }: { readonly list?: boolean } = {},
): PropertyDecorator {
  return (target, key) => {
    const property = String(key);
    const fields = fieldsOfClass.get(target) ?? [];
    fieldsOfClass.set(target, [...fields, { property, name, nested, list }]);
    Expose({ name })(target, key);
    if (nested !== undefined) Type(nested)(target, key);
    describeToOpenApi(target.constructor);
    if (name !== property) acceptBothSpellings(target, key, property, nested);
  };
}

/** The members of a request class, those of its ancestors first. */
export function wireFields(type: RequestClass): readonly WireField[] {
  const fields: WireField[] = [];
  for (
    let proto: object | null = type.prototype;
    proto !== null;
    proto = Object.getPrototypeOf(proto)
  ) {
    fields.unshift(...(fieldsOfClass.get(proto) ?? []));
  }
  return fields;
}

/**
 * Where `@nestjs/swagger` looks for what its compiler plugin would have written. Without that package
 * it is never called.
 */
const OPEN_API = '_OPENAPI_METADATA_FACTORY';

function describeToOpenApi(type: object): void {
  Object.defineProperty(type, OPEN_API, { value: openApiOf, configurable: true, writable: true });
}

/** Called on the class, which may be a host's own that extends ours. */
function openApiOf(this: RequestClass): Readonly<Record<string, unknown>> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(this, '', false, false, []);
  return Object.fromEntries(
    wireFields(this).map(({ property, nested, list }) => [
      property,
      openApiSchema(
        rules.filter(({ propertyName }) => propertyName === property),
        nested,
        list,
      ),
    ]),
  );
}

/** class-transformer reads a renamed member under its wire name only; this reads the TypeScript spelling as well. */
function acceptBothSpellings(
  target: object,
  key: string | symbol,
  property: string,
  nested: (() => RequestClass) | undefined,
): void {
  Transform(
    ({ value, obj }: { value: unknown; obj: unknown }) => {
      if (value !== undefined || typeof obj !== 'object' || obj === null) return value;
      const own: unknown = Object.hasOwn(obj, property) ? Reflect.get(obj, property) : undefined;
      return nested === undefined ? own : instancesOf(nested(), own);
    },
    { toClassOnly: true },
  )(target, key);
}

function instancesOf(type: RequestClass, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => instancesOf(type, entry));
  return typeof value === 'object' && value !== null ? plainToInstance(type, value) : value;
}
