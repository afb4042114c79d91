/** The tables of suppliers, and of the incidents on which they were called. */
import type { Generated } from "kysely";
import type { Document } from "./schema-noise.ts";

export type SupplierTables = {
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
  incident_engagements: { incident_id: string; number: number; supplier_id: string; asked_at: number };
};
