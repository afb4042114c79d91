/** The tables of the service catalogue: what there is, what it needs, what the organisation cannot do without. */
import type { ColumnType, Generated } from "kysely";
import type { Criticality, DependencyKind } from "../../core/kernel/impact-words.ts";

/** Read as epoch milliseconds, written as a date or its text. */
type Stamp = ColumnType<number, string | Date, string | Date>;

export type ServiceTables = {
  vital_functions: {
    id: string;
    name_fr: string;
    name_en: string;
    made_at: Stamp;
    owner_id: string | null;
    criticality: Generated<Criticality>;
    tolerable_minutes: number | null;
    retired: Generated<boolean>;
  };
  service_dependencies: { service_id: string; on_id: string; kind: DependencyKind };
  services: {
    id: string;
    name_fr: string;
    name_en: string;
    owner_id: string | null;
    team_id: string | null;
    policy_id: string | null;
    made_at: Stamp;
    aliases_fr: Generated<string[]>;
    aliases_en: Generated<string[]>;
    calendar_id: string | null;
    retired: Generated<boolean>;
  };
  service_vital_functions: { service_id: string; vital_function_id: string };
};
