import type { BankDecision } from './bank-decision.js';
import { begun, GatewayObjects, timestamp, type GatewayRecord } from './gateway-objects.js';
import { likelyPath, PathTemplate, type NamedPath } from './path-template.js';
import { notFound, refusal, type ScriptedAnswer } from './scripted-answer.js';
import { PAYMENTS } from './scripted-payment.js';
import type { ScriptedRequest } from './scripted-request.js';
import type { ScriptedResource } from './scripted-resource.js';
import { ORDERS, RESOURCES, SUBSCRIPTIONS } from './scripted-resources.js';

/** Where a path leads. */
export interface ScriptedRoute extends NamedPath {
  readonly resource: ScriptedResource | undefined;
}

/** What the gateway answers by itself: objects of the table's resources that are there afterwards. */
export class ScriptedGateway {
  readonly #resources: readonly ScriptedResource[];
  readonly #objects = new Map<ScriptedResource, GatewayObjects>();

  constructor(resources: readonly ScriptedResource[] = RESOURCES) {
    this.#resources = resources;
  }

  route(pathname: string): ScriptedRoute {
    for (const resource of this.#resources) {
      const found =
        new PathTemplate(resource.path).read(pathname) ??
        new PathTemplate(`${resource.path}/{id}`).read(pathname);
      if (found !== undefined) return { ...found, resource };
    }
    return { ...likelyPath(pathname), resource: undefined };
  }

  /** Carries a request out. Undefined: it knows no such call. */
  answer(request: ScriptedRequest, { resource, ids }: ScriptedRoute): ScriptedAnswer | undefined {
    if (resource === undefined) return undefined;
    const { id, ...parents } = ids;
    const objects = this.#of(resource);
    switch (`${request.method} ${id === undefined ? 'all' : 'one'}`) {
      case 'POST all':
        return this.#create(request, resource, parents);
      case 'GET all':
        return objects.page({ ...request.query, ...parents }, resource.filters);
      case 'GET one': {
        const record = objects.get(id, parents);
        return record === undefined ? notFound(resource.kind) : { body: record };
      }
      case 'PATCH one':
        return resource.changes === true ? this.#change(request, resource, ids) : undefined;
      default:
        return undefined;
    }
  }

  /** @throws {TypeError} there is nothing of this id that a bank completes, or it has ended the other way. */
  complete(id: string, decision: BankDecision): GatewayRecord {
    const resource = this.#kindOf(id);
    const record = resource && this.#of(resource).get(id);
    if (resource?.completed === undefined || record === undefined) {
      throw new TypeError('The script has no payment and no refund of this id');
    }
    const after = resource.completed(record, decision, timestamp());
    if (record['status'] === after['status']) return record;
    if (record['status'] !== 'in_progress') {
      throw new TypeError(`The ${resource.kind.toLowerCase()} is final; start another one`);
    }
    if (resource === PAYMENTS && decision === 'approve') this.#paid(record);
    return this.#of(resource).put(after);
  }

  /** What a success pays: an order is paid then, a subscription has begun. */
  #paid({ payin_id, subscription_id }: GatewayRecord): void {
    for (const [resource, id, status] of [
      [ORDERS, payin_id, 'paid'],
      [SUBSCRIPTIONS, subscription_id, 'active'],
    ] as const) {
      const paid = this.#of(resource).get(String(id));
      if (paid !== undefined) this.#of(resource).put({ ...paid, status, updated_at: timestamp() });
    }
  }

  #create(
    request: ScriptedRequest,
    resource: ScriptedResource,
    parents: NamedPath['ids'],
  ): ScriptedAnswer | undefined {
    const { kind, prefix, defaults, accepts, begin, created, createdStatus = 201 } = resource;
    const body = { ...request.body, ...parents };
    const requestId: unknown = Reflect.get(body, 'request_id');
    if (accepts?.(body) === false) return undefined;
    if (this.#of(resource).isKnown(requestId)) {
      return refusal(400, 'Bad Request', `${kind} already exists for this request_id`);
    }
    const start = begin?.(body, (id) => this.#find(id)) ?? {
      record: { ...defaults, ...body, ...begun(prefix) },
    };
    if ('refusal' in start) return start.refusal;
    const record = this.#of(resource).put(start.record, requestId);
    return { status: createdStatus, body: created?.(record, request.path, body) ?? record };
  }

  #change(
    { body }: ScriptedRequest,
    resource: ScriptedResource,
    ids: NamedPath['ids'],
  ): ScriptedAnswer {
    const { id, ...parents } = ids;
    const record = this.#of(resource).get(id, parents);
    if (record === undefined) return notFound(resource.kind);
    const changed = { ...record, ...body, id: record.id, updated_at: timestamp() };
    return { body: this.#of(resource).put(changed) };
  }

  /** An object of any kind: the prefix of its id says which. */
  #find(id: unknown): GatewayRecord | undefined {
    const text = String(id);
    const kind = this.#kindOf(text);
    return kind && this.#of(kind).get(text);
  }

  #kindOf(id: string): ScriptedResource | undefined {
    return this.#resources.find(({ prefix }) => id.startsWith(`${prefix}_`));
  }

  #of(resource: ScriptedResource): GatewayObjects {
    const objects = this.#objects.get(resource) ?? new GatewayObjects();
    this.#objects.set(resource, objects);
    return objects;
  }
}
