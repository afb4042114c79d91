/** The tables as their rows come out, checked against the migrations by a test. Instants are epoch milliseconds. */
import type { ColumnType, Generated } from "kysely";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";

/** Read as epoch milliseconds, written as a date or its text. */
type Stamp = ColumnType<number, string | Date, string | Date>;
type NullableStamp = ColumnType<number | null, string | Date | null, string | Date | null>;
/** Read parsed, written as JSON text. */
type Document<T> = ColumnType<T, string, string>;
type NullableDocument<T> = ColumnType<T | null, string | null, string | null>;

export type Schema = {
  events: {
    stream: string;
    seq: number;
    position: Generated<number>;
    tx: Generated<string>;
    type: string;
    version: number;
    occurred_at: Stamp;
    recorded_at: Stamp;
    actor: Document<{ kind: string; id: string | null; name: string; via: string }>;
    level: number | null;
    role: string | null;
    on_behalf_of: string | null;
    derogation: string | null;
    process: string;
    exercise: boolean;
    cause: Document<JsonObject & { kind: string }>;
    reason: string | null;
    data: NullableDocument<JsonObject>;
    salt: string | null;
    data_hash: string;
    hash: string;
  };
  noted_heads: { day: string; stream: string; seq: number; hash: string };
  settings: {
    id: Generated<boolean>;
    language: string;
    zone: string;
    default_policy_id: string | null;
    public_reports: Generated<boolean>;
    directory_version: Generated<number>;
    key_check: string;
  };
  people: {
    id: string;
    name: string;
    email: string;
    language: string;
    zone: string;
    level: number | null;
    admin: Generated<boolean>;
    active: Generated<boolean>;
    password_hash: string | null;
    made_at: Stamp;
  };
  contact_points: { id: string; person_id: string; kind: string; address: string; enabled: Generated<boolean> };
  teams: { id: string; name: string; made_at: Stamp };
  team_members: { team_id: string; person_id: string };
  functions: { id: string; name_fr: string; name_en: string; made_at: Stamp };
  function_members: { function_id: string; person_id: string };
  schedules: { id: string; name: string; rotation: Document<unknown>; made_at: Stamp };
  escalation_policies: { id: string; name: string; steps: Document<unknown>; repeat: number; made_at: Stamp };
  vital_functions: { id: string; name_fr: string; name_en: string; made_at: Stamp };
  services: {
    id: string;
    name_fr: string;
    name_en: string;
    owner_id: string | null;
    team_id: string | null;
    policy_id: string | null;
    made_at: Stamp;
  };
  service_vital_functions: { service_id: string; vital_function_id: string };
  categories: { id: string; name_fr: string; name_en: string; made_at: Stamp };
  integrations: {
    id: string;
    kind: string;
    name: string;
    service_id: string | null;
    mapping: NullableDocument<Record<string, string>>;
    created_by: string | null;
    made_at: Stamp;
  };
  integration_keys: { key_hash: string; integration_id: string; made_at: Stamp; revoked_at: NullableStamp };
  sessions: {
    id_hash: string;
    person_id: string;
    made_at: Stamp;
    seen_at: Stamp;
    password_at: Stamp;
    expires_at: Stamp;
  };
  tokens: {
    id: string;
    token_hash: string;
    person_id: string;
    name: string;
    scopes: string[];
    made_at: Stamp;
    made_via: string;
    used_at: NullableStamp;
    expires_at: Stamp;
    revoked_at: NullableStamp;
  };
  counters: { name: string; value: number };
  incidents: {
    id: string;
    number: string;
    seq: number;
    head: string;
    exercise: boolean;
    title: string;
    service_id: string | null;
    stage: string;
    is_open: boolean;
    priority: number | null;
    categories: string[];
    assigned_person: string | null;
    assigned_team: string | null;
    assigned_function: string | null;
    accepted_by: string | null;
    next_page_at: NullableStamp;
    open_alerts: number;
    firing_alerts: number;
    incident: Document<unknown>;
    paging: Document<unknown>;
    reported_at: Stamp;
    updated_at: Stamp;
  };
  alerts: {
    id: string;
    integration_id: string;
    key: string;
    group_key: string | null;
    status: string;
    incident_id: string;
    title: string;
    severity: string;
    source: string | null;
    stateful: boolean;
    starts_at: number | null;
    lease_until: number | null;
    opened_at: number;
    last_at: number;
    ended_at: number | null;
    count: number;
    details: Document<unknown>;
  };
  desk_states: { key: string; state: Document<unknown> };
  timers: {
    key: string;
    payload: Document<unknown>;
    due_at: number;
    attempts: Generated<number>;
    lease_until: Generated<number>;
    fence: Generated<number>;
  };
  outbox: {
    id: Generated<number>;
    key: string;
    kind: string;
    incident_id: string | null;
    page_id: string | null;
    person_id: string | null;
    payload: Document<JsonObject>;
    status: Generated<string>;
    due_at: number;
    not_after: number;
    attempts: Generated<number>;
    unknown_attempt: Generated<boolean>;
    lease_until: Generated<number>;
    fence: Generated<number>;
    last_error: string | null;
    made_at: number;
    done_at: number | null;
  };
  reports: {
    id: string;
    receipt_hash: string;
    incident_id: string | null;
    title: string;
    description: string | null;
    language: string;
    contact: string | null;
    name: string | null;
    service_id: string | null;
    network: string;
    made_at: number;
  };
  intake_log: {
    id: Generated<number>;
    integration_id: string;
    at: number;
    outcome: string;
    detail: Document<JsonObject>;
  };
  commits: { id: string; attempt: number; position: Generated<number> };
  idempotency: {
    key_hash: string;
    body_hash: string;
    request_id: string;
    status: number | null;
    body: NullableDocument<unknown>;
    made_at: number;
  };
  nodes: { id: string; seen_at: number; clock_skew_ms: number };
};
