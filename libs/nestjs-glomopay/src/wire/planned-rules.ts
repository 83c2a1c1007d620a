import { getMetadataStorage, type ValidationArguments } from 'class-validator';

/** A rule of class-validator, looked up once and then only called. */
export interface PlannedRule {
  readonly name: string;
  /** The words for a value that breaks it. */
  breaks(value: unknown, holder: object): string | undefined;
}

type Metadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[0];

/** One rule of class-validator as a function; conditions and nesting are handled by the plan. */
export function plannedRules(metadata: Metadata): readonly PlannedRule[] {
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
            ? // Spread, because the methods of an array skip its holes, and JSON makes them null.
              [...(value as unknown[])].every((entry) => holds(entry, { ...args, value: entry }))
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
