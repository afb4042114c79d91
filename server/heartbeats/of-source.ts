/** Monitors as the API of a source knows them: by name, and only its own. */
import { type Integration, integrationActor } from "../../core/desk/directory.ts";
import type { HeartbeatChange, KeptHeartbeat, SourceHeartbeat } from "../../core/intake/opsgenie-heartbeat.ts";
import type { Envelope } from "../../core/kernel/stamp.ts";
import type { Clock } from "../platform/clock.ts";
import { changeMonitor, type KeepingKnown, makeMonitor, removeMonitor } from "./keeping.ts";
import { type Monitor, readNamed, readOf } from "./store.ts";

type Asking = { readonly integration: Integration; readonly requestId: string };

export type HeartbeatsOfSource = ReturnType<typeof heartbeatsOfSource>;

export function heartbeatsOfSource(known: KeepingKnown & { readonly clock: Clock }) {
  const { pool, clock, listening } = known;
  const envelopeOf = ({ integration, requestId }: Asking): Envelope => ({
    at: clock.now(),
    actor: integrationActor(integration),
    cause: { kind: "request", id: requestId },
  });
  const find = ({ integration }: Asking, name: string): Promise<Monitor | null> =>
    readNamed(pool, integration.id, name);
  return {
    all: async ({ integration }: Asking): Promise<KeptHeartbeat[]> => (await readOf(pool, integration.id)).map(keptOf),
    one: async (asking: Asking, name: string): Promise<KeptHeartbeat | null> => {
      const found = await find(asking, name);
      return found && keptOf(found);
    },
    make: (asking: Asking, asked: SourceHeartbeat): Promise<string> =>
      makeMonitor(known, envelopeOf(asking), {
        ...asked,
        integrationId: asking.integration.id,
        serviceId: null,
        graceMs: 0,
        key: null,
      }),
    change: async (asking: Asking, name: string, change: HeartbeatChange): Promise<void> => {
      const found = await find(asking, name);
      const fields = Object.keys(change);
      if (found && fields.length > 0) await changeMonitor(known, envelopeOf(asking), { id: found.id, change, fields });
    },
    remove: async (asking: Asking, name: string): Promise<void> => {
      const found = await find(asking, name);
      if (found) await removeMonitor(known, envelopeOf(asking), found.id);
    },
    ping: async (asking: Asking, name: string): Promise<void> => {
      const found = await find(asking, name);
      if (found) await listening.ping(found.id);
    },
  };
}

function keptOf({ name, description, severity, priority, message, tags, unit, watched }: Monitor): KeptHeartbeat {
  const { intervalMs, enabled, lateSince, lastPingAt } = watched;
  const named = { name, description, severity, priority, message, tags, unit };
  return { ...named, intervalMs, enabled, lastPingAt, expired: lateSince !== null };
}
