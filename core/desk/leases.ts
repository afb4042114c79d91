/** The leases of pushed alerts: a timer asks when one has passed. Why they exist: core/alerts/decide.ts. */
import { type Alert, expiryOf, isLive, type Signal } from "../alerts/decide.ts";
import type { Draft } from "./draft.ts";
import { leaseTimerKey } from "./effects.ts";

type OurQuestion = {
  readonly integrationId: string;
  readonly signals: readonly Signal[];
  readonly causeId: string;
};

/** Set again with each lease written; without it, a source that falls silent would leave its alerts open for ever. */
export function watchLease(draft: Draft, alert: Alert): void {
  const dueAt = expiryOf(alert);
  if (dueAt === null) return;
  const key = leaseTimerKey(alert.id);
  if (!isLive(alert)) draft.effects.push({ kind: "cancel-timer", key });
  else {
    const { integrationId, key: of, groupKey } = alert;
    const timer = { kind: "lease", integrationId, key: of, groupKey } as const;
    draft.effects.push({ kind: "set-timer", key, timer, dueAt });
  }
}

/** Our own question, put as a signal so that it is decided where signals are. */
export function ourSignals(
  timer: { readonly integrationId: string; readonly key: string; readonly groupKey: string },
  action: "expire" | "recheck",
): OurQuestion {
  const { integrationId, key, groupKey } = timer;
  const signal: Signal = {
    key,
    groupKey,
    action,
    title: key,
    severity: "info",
    source: null,
    stateful: true,
    startsAt: null,
    leaseUntil: null,
    by: null,
    details: null,
  };
  return { integrationId, signals: [signal], causeId: action === "expire" ? "lease-ended" : "waited" };
}
