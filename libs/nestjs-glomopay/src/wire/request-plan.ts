import { getMetadataStorage } from 'class-validator';
import { isOfAnotherCopy } from '../errors/across-copies.js';
import { GlomopayValidationError, type GlomopayViolation } from '../errors/validation.error.js';
import { isObject } from '../values/is-object.js';
import { reveal, Secret } from '../values/secret.js';
import { plannedRules, type PlannedRule } from './planned-rules.js';
import { wireFields, type RequestClass } from './wire.decorator.js';

interface PlannedField {
  readonly property: string;
  readonly name: string;
  readonly rules: readonly PlannedRule[];
  /** False: the rules below do not apply to this request, because a condition excludes them. */
  applies(holder: object): boolean;
  readonly nested: RequestPlan | undefined;
  /** True: the nested objects are in a list. */
  readonly list: boolean;
}

/** One run through a request. */
interface Walk {
  readonly violations: GlomopayViolation[];
  /** False: only checked. */
  readonly writes: boolean;
}

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
    this.#fields = wireFields(type).map(({ property, name, nested, list }) => {
      const own = metadata.filter(({ propertyName }) => propertyName === property);
      const conditions = own.filter(({ type: kind }) => kind === 'conditionalValidation');
      return {
        property,
        name,
        rules: own.flatMap((entry) => plannedRules(entry)),
        applies: (holder) =>
          conditions.every(({ constraints: [test] }) => test(holder, read(holder, type, property))),
        nested: nested === undefined ? undefined : RequestPlan.of(nested()),
        list,
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
    return this.#run(subject, request, true);
  }

  /**
   * Checks a request and writes nothing, so that no secret is anywhere in plain text afterwards.
   *
   * @throws {GlomopayValidationError} as {@link toWire}.
   */
  check(subject: string, request: unknown): void {
    this.#run(subject, request, false);
  }

  #run(subject: string, request: unknown, writes: boolean): Record<string, unknown> {
    const violations: GlomopayViolation[] = [];
    const wire = this.#walk(request, '', { violations, writes });
    if (violations.length > 0) throw new GlomopayValidationError(subject, violations);
    return wire;
  }

  #walk(request: unknown, path: string, walk: Walk): Record<string, unknown> {
    const wire: Record<string, unknown> = {};
    const { violations } = walk;
    if (!isObject(request)) {
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
      const at = path === '' ? field.property : `${path}.${field.property}`;
      const value = plainText(read(request, this.#type, field.property));
      const isBroken = this.#check(field, value, request, at, violations);
      if (isBroken || value === undefined || value === null) continue;
      const written =
        field.nested === undefined ? value : this.#nested(field.nested, field, value, at, walk);
      if (walk.writes) wire[field.name] = written;
    }
    return wire;
  }

  /** The nested object of a member, or all of its list. */
  #nested(
    plan: RequestPlan,
    { list }: PlannedField,
    value: unknown,
    at: string,
    walk: Walk,
  ): unknown {
    if (!list) return plan.#walk(value, at, walk);
    if (Array.isArray(value)) {
      // Unlike `map` it sees holes, which are no objects.
      return Array.from(value, (entry, index) => plan.#walk(entry, `${at}[${index}]`, walk));
    }
    walk.violations.push({ path: at, rule: 'isArray', message: 'must be a list' });
    return undefined;
  }

  /** True when the member breaks a rule. */
  #check(
    field: PlannedField,
    value: unknown,
    holder: object,
    path: string,
    violations: GlomopayViolation[],
  ): boolean {
    if (!field.applies(holder)) return false;
    if (isOfAnotherCopy(Secret, value)) {
      violations.push({ path, rule: 'isOfThisCopy', message: OTHER_COPY });
      return true;
    }
    const before = violations.length;
    for (const { name, breaks } of field.rules) {
      const message = breaks(value, holder);
      if (message !== undefined) violations.push({ path, rule: name, message });
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
