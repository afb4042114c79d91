/** What every entry of a record carries besides its own data: who, under which level *then*, when, and because of what. */
import type { Actor, ActorKind, Instant, JsonObject, Level } from "./vocabulary.ts";

/** The input that led to an entry: the page that timed out, the alert, the request. */
export type Cause = { readonly kind: string; readonly id?: string; readonly detail?: JsonObject };

export type Stamp = {
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: {
    readonly kind: ActorKind;
    readonly id: string | null;
    readonly name: string;
    readonly via: Actor["via"];
  };
  readonly level: Level;
  /** Role held on this incident at that time. */
  readonly role: string | null;
  readonly onBehalfOf: string | null;
  readonly derogation: string | null;
  readonly reason: string | null;
  readonly cause: Cause;
};

export type Stamped<Event> = Event & { readonly stamp: Stamp };

/** What surrounds any command. `at` is when it is recorded; `occurredAt` earlier than that is a late entry. */
export type Envelope = {
  readonly at: Instant;
  readonly actor: Actor;
  readonly cause: Cause;
  readonly occurredAt?: Instant | undefined;
  readonly reason?: string | undefined;
  /** `called`: whoever was called and had not answered, as the desk finds it. */
  readonly derogation?: { readonly reason: string; readonly called?: readonly Silent[] } | undefined;
};

/** Somebody who was called, when first, and has not answered. */
export type Silent = { readonly name: string; readonly level: Level; readonly since: Instant };

export function stampOf(envelope: Envelope, role: string | null, derogated: boolean): Stamp {
  const { actor } = envelope;
  return {
    occurredAt: envelope.occurredAt ?? envelope.at,
    recordedAt: envelope.at,
    actor: { kind: actor.kind, id: actor.id, name: actor.name, via: actor.via },
    level: actor.level,
    role,
    onBehalfOf: actor.onBehalfOf,
    derogation: derogated ? (envelope.derogation?.reason ?? null) : null,
    reason: envelope.reason ?? null,
    cause: envelope.cause,
  };
}

export function stampAll<Event>(events: readonly Event[], stamp: Stamp): Stamped<Event>[] {
  return events.map((event) => ({ ...event, stamp }));
}

/** Tocsin itself acting, always because of something. */
export function systemActor(via: Actor["via"]): Actor {
  return {
    kind: "system",
    id: null,
    name: "Tocsin",
    level: null,
    admin: false,
    teams: [],
    functions: [],
    onBehalfOf: null,
    via,
  };
}
