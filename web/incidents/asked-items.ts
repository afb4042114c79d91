import type { IncidentView } from "#contract/shapes.ts";
import { roleMissing } from "#core/incidents/roles.ts";

type Asked = { readonly id: string; readonly name: string; readonly stream?: true };

/** What stands among what closing asks for besides milestones, with its name: criteria, roles that nobody ever held, and workstreams. */
export const askedItems = ({ asks, workstreams }: Pick<IncidentView, "asks" | "workstreams">): Asked[] => [
  ...asks.criteria,
  ...asks.roles.map(({ id, name }) => ({ id: roleMissing(id), name })),
  ...workstreams.map((one) => ({ id: `workstream/${one.number}`, name: one.title, stream: true as const })),
];
