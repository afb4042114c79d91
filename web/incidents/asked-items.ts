import type { IncidentView } from "#contract/shapes.ts";
import { roleMissing } from "#core/incidents/roles.ts";

type Asked = { readonly id: string; readonly name: string };

/** What stands among what closing asks for besides milestones, with its name: criteria, and roles that nobody ever held. */
export const askedItems = ({ asks }: Pick<IncidentView, "asks">): Asked[] => [
  ...asks.criteria,
  ...asks.roles.map(({ id, name }) => ({ id: roleMissing(id), name })),
];
