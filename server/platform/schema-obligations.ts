/** The tables of what laws want told of incidents. */
import type { Generated } from "kysely";
import type { Document } from "./schema-noise.ts";

export type ObligationTables = {
  bound_laws: {
    law: string;
    traits: Generated<string[]>;
    targets: Document<Record<string, number>>;
    zone: string | null;
    place: string | null;
    made_by: string | null;
    at: number;
  };
  incident_obligations: { incident_id: string; law: string; outcome: string; assessed_at: number };
};
