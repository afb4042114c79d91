/** Tables of heartbeats, both ways, and of the watchdog: a part of `schema.ts`. */
import type { Generated } from "kysely";

export type HeartbeatTables = {
  heartbeats: {
    id: string;
    integration_id: string;
    name: string;
    description: string | null;
    service_id: string | null;
    severity: string;
    priority: number | null;
    message: string | null;
    tags: Generated<string[]>;
    unit: string;
    interval_ms: number;
    grace_ms: number;
    enabled: boolean;
    last_ping_at: number | null;
    counts_from: number | null;
    late_since: number | null;
    due_at: number | null;
    key_hash: string | null;
    key_ending: string | null;
    made_at: number;
  };
  heartbeat_watch: {
    id: Generated<boolean>;
    watching_until: number;
    gap_from: number | null;
    gap_until: number | null;
  };
  outgoing_heartbeat: {
    id: Generated<boolean>;
    sealed: string;
    host: string;
    interval_ms: number;
    set_at: number;
    next_at: number;
    told_at: number | null;
    failed_at: number | null;
    last_error: string | null;
  };
  watchdog_findings: {
    key: string;
    kind: string;
    incident_id: string | null;
    found_at: number;
    healed: boolean;
  };
};
