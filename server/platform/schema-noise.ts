/** Tables about noise: the rest is in schema.ts. */
import type { ColumnType, Generated } from "kysely";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";

/** Read parsed, written as JSON text. */
export type Document<T> = ColumnType<T, string, string>;
export type NullableDocument<T> = ColumnType<T | null, string | null, string | null>;

export type NoiseSchema = {
  alert_decisions: {
    id: Generated<number>;
    alert_id: string;
    at: number;
    became: string;
    held_for: string | null;
    rule: NullableDocument<unknown>;
    until_at: number | null;
    values: Document<JsonObject>;
  };
  silences: {
    id: string;
    version: Generated<number>;
    reason: string;
    scope: Document<unknown>;
    from_at: number;
    until_at: number;
    created_by: string;
    made_at: number;
    ended_by: string | null;
    ended_at: number | null;
  };
  maintenance_windows: {
    id: string;
    version: Generated<number>;
    name: string;
    reason: string;
    scope: Document<unknown>;
    service_ids: string[];
    plan: Document<unknown>;
    created_by: string;
    made_at: number;
    ended_at: number | null;
  };
  noise_rules: {
    id: string;
    version: Generated<number>;
    kind: string;
    name: string;
    enabled: boolean;
    scope: Document<unknown>;
    definition: Document<unknown>;
    made_at: number;
  };
};
