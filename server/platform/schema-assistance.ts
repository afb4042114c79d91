/** Tables of requests for assistance: the rest is in schema.ts. */
import type { Document } from "./schema-noise.ts";

export type AssistanceSchema = {
  assistance_requests: {
    id: string;
    number: string;
    seq: number;
    head: string;
    exercise: boolean;
    status: string;
    is_open: boolean;
    asker_id: string | null;
    incident_id: string | null;
    asked_party: string | null;
    parties: string[];
    people: string[];
    answer_by: number | null;
    request: Document<unknown>;
    asked_at: number;
    updated_at: number;
  };
  assistance_settings: { version: number; definition: Document<unknown>; made_at: number; made_by: string | null };
};
