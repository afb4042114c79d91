/** Files of incidents: what is known of each beside its content. Instants are epoch milliseconds. */
import type { ColumnType, Generated } from "kysely";

type Stamp = ColumnType<number, string | Date, string | Date>;
type NullableStamp = ColumnType<number | null, string | Date | null, string | Date | null>;

export type AttachmentTables = {
  attachments: {
    id: string;
    incident_id: string;
    name: string;
    media_type: string;
    bytes: number;
    sha256: string;
    added_by: string | null;
    begun_at: Stamp;
    kept_at: NullableStamp;
    held: Generated<boolean>;
    contributor: string | null;
  };
};
