/** The tables of known errors, of suppliers, and of the incidents on which they were called. */
import type { Generated } from "kysely";
import type { Became } from "../../core/incidents/engagement-counts.ts";
import type { EngagementStatus } from "../../core/kernel/supplier-words.ts";
import type { Document } from "./schema-noise.ts";

export type SupplierTables = {
  known_errors: {
    id: string;
    name_fr: string;
    name_en: string;
    workaround_fr: string | null;
    workaround_en: string | null;
    services: Document<readonly string[]>;
    retired: Generated<boolean>;
    made_at: number;
  };
  suppliers: {
    id: string;
    name: string;
    kind: string;
    language: string;
    contract: string | null;
    services: Document<readonly string[]>;
    calendar: string | null;
    targets: Document<unknown>;
    contacts: Document<unknown>;
    note: string | null;
    retired: Generated<boolean>;
    made_at: number;
  };
  incident_engagements: {
    incident_id: string;
    number: number;
    supplier_id: string;
    asked_at: number;
    status: EngagementStatus;
    respond: Became | null;
    restore: Became | null;
  };
};
