/** The tables of what targets are counted by. */
import type { ColumnType, Generated } from "kysely";
import type { Document } from "./schema-noise.ts";

export type ClockTables = {
  business_calendars: {
    id: string;
    name_fr: string;
    name_en: string;
    retired: Generated<boolean>;
    made_at: ColumnType<number, string | Date, string | Date>;
  };
  business_calendar_versions: {
    calendar: string;
    version: number;
    hours: Document<unknown>;
    from_at: number;
    made_by: string | null;
  };
};
