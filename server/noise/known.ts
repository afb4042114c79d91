/** What the routes about noise are handed, and what they share. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import type { Scope as ShownScope } from "../../contract/noise.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import type { JsonObject, Language } from "../../core/kernel/vocabulary.ts";
import { isNarrowed, type Scope, wrongPattern } from "../../core/noise/matching.ts";
import { mayHoldBack, type NoiseAct } from "../../core/noise/permission.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import { refusalProblem, refused } from "../platform/problems.ts";

type Written<T> = {
  readonly id: string;
  readonly kind: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly result: T;
};

export type NoiseKnown = {
  readonly pool: pg.Pool;
  readonly db: Db;
  readonly clock: Clock;
  readonly directory: () => Directory;
  /** One audited change of the directory, after which it is read anew. */
  readonly change: <T>(request: FastifyRequest, write: (client: pg.PoolClient) => Promise<Written<T>>) => Promise<T>;
};

export function refuseUnlessMay(act: NoiseAct, request: FastifyRequest): void {
  const refusal = mayHoldBack(act, viewerOf(request).actor);
  if (isRefusal(refusal)) throw refusalProblem(refusal);
}

type SaidScope = {
  readonly integration: string | null;
  readonly service: string | null;
  readonly matchers: Scope["matchers"];
  readonly text: string | null;
};

/** As the core reads it; refused when it says nothing, or what cannot be read. */
export function scopeOf({ integration, service, matchers, text }: SaidScope, wide?: "may-be-everything"): Scope {
  const scope = { integrationId: integration, serviceId: service, matchers, text };
  if (wide === undefined && !isNarrowed(scope)) throw refused("scope-too-wide");
  refuseWrong(scope.matchers);
  return scope;
}

export function refuseWrong(matchers: Scope["matchers"]): void {
  const wrong = wrongPattern({ matchers });
  if (wrong) throw refused("pattern-invalid", { pattern: wrong.value });
}

/** `held`: the service that it names already. */
export function refuseStrangers(
  directory: Directory,
  { integrationId, serviceId }: Scope,
  held: string | null = null,
): void {
  if (integrationId !== null && !directory.integrations.has(integrationId))
    throw refused("integration-unknown", { integration: integrationId });
  if (serviceId !== null) refuseService(directory, serviceId, [held]);
}

/** Is there, and is not retired unless it is named already. */
export function refuseService({ services }: Directory, service: string, held: readonly (string | null)[] = []): void {
  const found = services.get(service);
  if (!found) throw refused("service-unknown", { service });
  if (found.retired && !held.includes(service)) throw refused("service-retired", { service });
}

export function shownScope(
  { integrationId, serviceId, matchers, text }: Scope,
  directory: Directory,
  language: Language,
): ShownScope {
  const service = directory.services.get(serviceId ?? "");
  const integration = directory.integrations.get(integrationId ?? "");
  return {
    integration: integrationId === null ? null : { id: integrationId, name: integration?.name ?? integrationId },
    service: serviceId === null ? null : { id: serviceId, name: nameOf(service, language) ?? serviceId },
    matchers: [...matchers],
    text,
  };
}

export const nameOf = (
  service: { readonly nameFr: string; readonly nameEn: string } | undefined,
  language: Language,
): string | undefined => (language === "fr" ? service?.nameFr : service?.nameEn);
