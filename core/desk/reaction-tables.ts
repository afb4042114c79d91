/** All that facts cause: one table for each subject. What an earlier one causes comes first. */
import type { IncidentEventType } from "../incidents/events.ts";
import { activatingReactions } from "./activating.ts";
import { checkingReactions } from "./checking.ts";
import { clockReactions } from "./clocks.ts";
import { contributionReactions } from "./contributing.ts";
import type { Reaction, ReactionTable } from "./draft.ts";
import { engagementReactions } from "./engaging.ts";
import { flaggingReactions } from "./flagging.ts";
import { impactReactions } from "./impacting.ts";
import { leavingReactions } from "./leaving.ts";
import { linkReactions } from "./linking.ts";
import { majorReactions } from "./major.ts";
import { mergingReactions } from "./merging.ts";
import { reactions } from "./reactions.ts";
import { restrictingReactions } from "./restricting.ts";
import { securingReactions } from "./securing.ts";
import { workstreamReactions } from "./workstreams.ts";

export const allReactions: ReactionTable = together(
  restrictingReactions,
  securingReactions,
  impactReactions,
  reactions,
  activatingReactions,
  checkingReactions,
  flaggingReactions,
  clockReactions,
  contributionReactions,
  engagementReactions,
  workstreamReactions,
  linkReactions,
  leavingReactions,
  mergingReactions,
  majorReactions,
);

function together(...tables: readonly ReactionTable[]): ReactionTable {
  const all = new Map<IncidentEventType, Reaction[]>();
  for (const table of tables)
    for (const [type, reacts] of Object.entries(table) as [IncidentEventType, Reaction[]][])
      all.set(type, [...(all.get(type) ?? []), ...reacts]);
  return Object.fromEntries(all);
}
