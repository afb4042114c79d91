/** The table of how incidents hang together. */
export type LinkTables = {
  incident_links: {
    incident_id: string;
    other_id: string;
    kind: string;
    workstream: number | null;
    at: number;
    by_name: string;
    reason: string | null;
  };
};
