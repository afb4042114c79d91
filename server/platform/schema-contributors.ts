/** Tables of links to contributors and of what they have begun to answer: the rest is in schema.ts. */
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import type { NullableDocument } from "./schema-noise.ts";

export type ContributorSchema = {
  contributor_links: { hash: string; incident_id: string; number: number; made_at: number; browser: string | null };
  contributor_drafts: {
    incident_id: string;
    number: number;
    choice: string | null;
    words: string | null;
    file: NullableDocument<JsonObject>;
    kept_at: number;
  };
};
