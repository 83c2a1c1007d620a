import { getMetadataStorage, type ValidationArguments } from 'class-validator';
import { isOfAnotherCopy } from '../errors/across-copies.js';
import { GlomopayValidationError, type GlomopayViolation } from '../errors/validation.error.js';
import { reveal, Secret } from '../values/secret.js';
import { wireFields, type RequestClass } from './wire.decorator.js';

/** A rule of class-validator, looked up once and then only called. */
interface Rule {
  readonly name: string;
  breaks(value: unknown, holder: object): string | undefined;
}

interface PlannedField {
  readonly property: string;
  readonly name: string;
  readonly rules: readonly Rule[];
  /** False: the rules below do not apply to this request, because a condition excludes them. */
  applies(holder: object): boolean;
  readonly nested: RequestPlan | undefined;
}

type Metadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[0];

const OTHER_COPY =
  'comes from another copy of nestjs-glomopay, which alone can read it; load the ESM or the CommonJS build, not both';

/**
 * The checks and the wire names of one request class, read from the metadata of class-validator and
 * class-transformer once; a call then only runs through the list (performance goal P7).
 */
export class RequestPlan {
  static readonly #plans = new Map<RequestClass, RequestPlan>();

  readonly #type: RequestClass;
  readonly #fields: readonly PlannedField[];
  readonly #properties: ReadonlySet<string>;

  private constructor(type: RequestClass) {
    this.#type = type;
    const metadata = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false, []);
    this.#fields = wireFields(type).map(({ property, name, nested }) => {
      const own = metadata.filter(({ propertyName }) => propertyName === property);
      const conditions = own.filter(({ type: kind }) => kind === 'conditionalValidation');
      return {
        property,
        name,
        rules: own.flatMap((entry) => rule(entry)),
        applies: (holder) =>
          conditions.every(({ constraints: [test] }) => test(holder, read(holder, type, property))),
        nested: nested === undefined ? undefined : RequestPlan.of(nested()),
      };
    });
    this.#properties = new Set(this.#fields.map(({ property }) => property));
  }

  /** The plan of a class; made at its first use. */
  static of(type: RequestClass): RequestPlan {
    const known = RequestPlan.#plans.get(type);
    if (known !== undefined) return known;
    const plan = new RequestPlan(type);
    RequestPlan.#plans.set(type, plan);
    return plan;
  }

  /**
   * Checks a request, an instance of the class or a plain object alike, and gives it in wire names.
   * Secrets are plain text in the result, which is for the encoder only.
   *
   * @throws {GlomopayValidationError} with every broken rule, and no value.
   */
  toWire(subject: string, request: unknown): Record<string, unknown> {
    const violations: GlomopayViolation[] = [];
    const wire = this.#write(request, '', violations);
    if (violations.length > 0) throw new GlomopayValidationError(subject, violations);
    return wire;
  }

  #write(request: unknown, path: string, violations: GlomopayViolation[]): Record<string, unknown> {
    const wire: Record<string, unknown> = {};
    if (typeof request !== 'object' || request === null || Array.isArray(request)) {
      violations.push({ path, rule: 'isObject', message: 'must be an object' });
      return wire;
    }
    if (isOfAnotherCopy(this.#type, request)) {
      violations.push({ path, rule: 'isOfThisCopy', message: OTHER_COPY });
      return wire;
    }
    if (
      !(request instanceof this.#type) &&
      !Object.keys(request).every((key) => this.#properties.has(key))
    ) {
      violations.push({
        path,
        rule: 'knownMembersOnly',
        message: `has a member that does not exist; there are ${[...this.#properties].join(', ')}`,
      });
    }
    for (const field of this.#fields) {
      const value = plainText(read(request, this.#type, field.property));
      const broken = this.#check(field, value, request, path, violations);
      if (broken || value === undefined || value === null) continue;
      const fieldPath = path === '' ? field.property : `${path}.${field.property}`;
      wire[field.name] =
        field.nested !== undefined ? field.nested.#write(value, fieldPath, violations) : value;
    }
    return wire;
  }

  #check(
    field: PlannedField,
    value: unknown,
    holder: object,
    path: string,
    violations: GlomopayViolation[],
  ): boolean {
    if (!field.applies(holder)) return false;
    if (isOfAnotherCopy(Secret, value)) {
      const at = path === '' ? field.property : `${path}.${field.property}`;
      violations.push({ path: at, rule: 'isOfThisCopy', message: OTHER_COPY });
      return true;
    }
    const before = violations.length;
    for (const { name, breaks } of field.rules) {
      const message = breaks(value, holder);
      if (message !== undefined) {
        const at = path === '' ? field.property : `${path}.${field.property}`;
        violations.push({ path: at, rule: name, message });
      }
    }
    return violations.length > before;
  }
}

/** Own members of a plain object; of an instance also the accessors of its class. */
function read(holder: object, type: RequestClass, property: string): unknown {
  return holder instanceof type || Object.hasOwn(holder, property)
    ? Reflect.get(holder, property)
    : undefined;
}

function plainText(value: unknown): unknown {
  return value instanceof Secret ? reveal(value) : value;
}

/** One rule of class-validator as a function; conditions and nesting are handled by the plan. */
function rule(metadata: Metadata): readonly Rule[] {
  // Every rule has a constraint, `IsDefined` with its type of its own too; conditions and nesting have none.
  if (metadata.constraintCls === undefined) return [];
  const constraint = getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls)[0];
  if (constraint === undefined) return [];
  const { instance, name } = constraint;
  const holds = (value: unknown, args: ValidationArguments): boolean => {
    const answer = instance.validate(value, args);
    if (typeof answer === 'boolean') return answer;
    throw new TypeError(
      `The rule ${name} is asynchronous; request classes have synchronous rules.`,
    );
  };
  return [
    {
      name,
      breaks: (value, holder) => {
        const args: ValidationArguments = {
          value,
          object: holder,
          property: metadata.propertyName,
          constraints: metadata.constraints ?? [],
          targetName: '',
        };
        const held =
          metadata.each && Array.isArray(value)
            ? value.every((entry) => holds(entry, { ...args, value: entry }))
            : holds(value, args);
        return held ? undefined : words(metadata, args, instance.defaultMessage?.(args));
      },
    },
  ];
}

/** The rule's message with its names filled in. The value never is. */
function words(metadata: Metadata, args: ValidationArguments, fallback = 'is not valid'): string {
  const { message } = metadata;
  const template = typeof message === 'string' ? message : fallback;
  return template
    .replaceAll('$property', '')
    .replaceAll('$value', '')
    .replace(/ {2,}/g, ' ')
    .replace(/\$constraint(\d+)/g, (_, number: string) =>
      String(args.constraints[Number(number) - 1]),
    )
    .trim();
}
