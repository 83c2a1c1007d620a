import {
  type ArgumentMetadata,
  Injectable,
  type ValidationError,
  ValidationPipe,
} from '@nestjs/common';
import { ShopProblem } from '../problems/shop-problem.js';
import { type FieldProblem, problemWith } from './field-problem.js';

/**
 * Checks the body of a checkout. Its answer has field names and fixed texts only: the framework's
 * own repeats what was sent, also the names of unknown members, and a card number can be one.
 */
@Injectable()
export class CheckoutValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => refusal(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // An empty list would pass: there is nothing in it to check.
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw refusal([]);
    }
    return super.transform(value, metadata);
  }
}

function refusal(errors: readonly ValidationError[]): ShopProblem {
  const problems = errors.flatMap(problemsOf);
  return ShopProblem.withErrors(
    422,
    problems.length > 0 ? unique(problems) : [problemWith('form')],
  );
}

function problemsOf(error: ValidationError): FieldProblem[] {
  const below = (error.children ?? []).flatMap(problemsOf);
  return below.length > 0 ? below : [problemWith(error.property)];
}

function unique(problems: readonly FieldProblem[]): FieldProblem[] {
  return [...new Map(problems.map((problem) => [problem.field, problem])).values()];
}
