/** What a change of configuration names must exist: asked in its own transaction, so that neither a copy of the directory
 *  a moment old nor a constraint of the database decides. Each unknown id is named by its pointer. */
import type pg from "pg";
import type { Conditions } from "../../core/escalation/conditions.ts";
import type { RefusalCode } from "../../core/kernel/refusal.ts";
import { HttpProblem } from "../platform/problems.ts";

const reading = {
  person: "select id from people where id = any($1::uuid[])",
  team: "select id from teams where id = any($1::uuid[])",
  function: "select id from functions where id = any($1::uuid[])",
  service: "select id from services where id = any($1::uuid[])",
  calendar: "select id from business_calendars where id = any($1::text[])",
  category: "select id from categories where id = any($1::text[])",
  policy: "select id from escalation_policies where id = any($1::uuid[])",
  schedule: "select id from schedules where id = any($1::uuid[])",
  webhook: "select id from policy_webhooks where id = any($1::uuid[])",
  "vital-function": "select id from vital_functions where id = any($1::uuid[])",
} as const;
type Kind = keyof typeof reading;

export type Reference = { readonly kind: Kind; readonly id: string; readonly pointer: string };

/** One field that may name nothing. */
export function one(kind: Kind, id: string | null | undefined, pointer: string): Reference[] {
  return id === null || id === undefined ? [] : [{ kind, id, pointer }];
}

/** A list; what is null in it names nobody. */
export function each(kind: Kind, ids: readonly (string | null)[], pointer: string): Reference[] {
  return ids.flatMap((id, index) => one(kind, id, `${pointer}/${index}`));
}

type Steps = readonly {
  readonly targets: readonly ({ readonly kind: "administrators" } | { readonly kind: Kind; readonly id: string })[];
  readonly when?: Pick<Conditions, "categories" | "services"> | undefined;
}[];

/** Whoever the steps of a policy call, and what their conditions name. */
export function eachNamed(steps: Steps): Reference[] {
  return steps.flatMap(({ targets, when }, step) => [
    ...targets.flatMap((target, place) =>
      target.kind === "administrators" ? [] : one(target.kind, target.id, `/steps/${step}/targets/${place}/id`),
    ),
    ...each("category", when?.categories ?? [], `/steps/${step}/when/categories`),
    ...each("service", when?.services ?? [], `/steps/${step}/when/services`),
  ]);
}

/** Of a service, those that it depends on. */
export const eachNeeded = (dependsOn: readonly { readonly on: string }[]): Reference[] =>
  dependsOn.flatMap(({ on }, index) => one("service", on, `/dependsOn/${index}/on`));

const errorsMax = 20;

/** `held`: services that whatever is changed names already, which it may keep though they are retired. */
export async function refuseUnknown(
  client: pg.PoolClient,
  references: readonly Reference[],
  held: readonly (string | null)[] = [],
): Promise<void> {
  const known = new Set<string>();
  for (const [kind, named] of Map.groupBy(references, (reference) => reference.kind)) {
    const ids = named.map((reference) => reference.id);
    const { rows } = await client.query<{ id: string }>(reading[kind], [ids]);
    for (const { id } of rows) known.add(`${kind}/${id}`);
  }
  const unknown = references.filter(({ kind, id }) => !known.has(`${kind}/${id}`));
  const [first] = unknown;
  if (!first) return refuseRetired(client, references, held);
  const codeOf = ({ kind }: Reference): RefusalCode => `${kind}-unknown`;
  const errors = unknown.slice(0, errorsMax).map((reference) => ({
    pointer: reference.pointer,
    code: codeOf(reference),
    detail: "",
  }));
  const value = first.kind === "vital-function" ? "vitalFunction" : first.kind;
  throw new HttpProblem(422, codeOf(first), { errors }, { [value]: first.id });
}

async function refuseRetired(
  client: pg.PoolClient,
  references: readonly Reference[],
  held: readonly (string | null)[],
): Promise<void> {
  const named = references.filter(({ kind, id }) => kind === "service" && !held.includes(id));
  if (named.length === 0) return;
  const { rows } = await client.query<{ id: string }>(
    "select id from services where retired and id = any($1::uuid[])",
    [named.map(({ id }) => id)],
  );
  const retired = named.filter(({ id }) => rows.some((row) => row.id === id));
  const [first] = retired;
  if (!first) return;
  const code = "service-retired" satisfies RefusalCode;
  const errors = retired.slice(0, errorsMax).map(({ pointer }) => ({ pointer, code, detail: "" }));
  throw new HttpProblem(422, code, { errors }, { service: first.id });
}
