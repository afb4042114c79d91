/** Tables of who is signed in and who opened what is restricted: the rest is in schema.ts. */
import type { ColumnType, Generated } from "kysely";

/** Read as epoch milliseconds, written as a date or its text. */
type Stamp = ColumnType<number, string | Date, string | Date>;

export type AccessSchema = {
  sessions: {
    id_hash: string;
    person_id: string;
    made_at: Stamp;
    seen_at: Stamp;
    password_at: Stamp;
    expires_at: Stamp;
  };
  /** `key`: hash of kind and value. */
  incident_observables: { key: string; incident_id: string };
  incident_opened: {
    id: Generated<number>;
    incident_id: string;
    person_id: string;
    via: string;
    what: string;
    at: number;
  };
};
