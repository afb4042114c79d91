/** A team on an incident, as the API shows it. */
import type { ActivationView } from "../../contract/teams.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { calledPeople } from "../../core/escalation/called.ts";
import { callsFor, type PagingState } from "../../core/escalation/paging-state.ts";
import { type Activation, quorumOf } from "../../core/incidents/teams.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Instant, Language } from "../../core/kernel/vocabulary.ts";

const isoOr = (at: Instant | null): string | null => (at === null ? null : toIso(at));

export function activationView(
  one: Activation,
  paging: PagingState,
  { directory, language }: { readonly directory: Directory; readonly language: Language },
): ActivationView {
  const { number, team, name, by, reason, category, charter, members, left } = one;
  const { status, nextAt, pages } = callsFor(paging, number);
  const deputy = directory.people.get(charter.deputy ?? "");
  const quorum = quorumOf(one);
  return {
    number,
    team,
    name,
    by: by.name,
    reason,
    category,
    at: toIso(one.at),
    until: toIso(one.until),
    roles: charter.roles.map(({ id, words, count, level, required }) => ({
      id,
      name: words[language],
      count,
      level,
      required,
      filled: members.filter(({ role }) => role === id).length,
    })),
    members: members.map(({ id, name: who, role, at }) => ({ id, name: who, role, at: toIso(at) })),
    quorum: { ...quorum, roles: [...quorum.roles] },
    metAt: isoOr(one.metAt),
    missedAt: isoOr(one.missedAt),
    deputy: deputy ? { id: deputy.id, name: deputy.name } : null,
    contact: charter.contact,
    paging: {
      status,
      nextAt: isoOr(nextAt),
      called: calledPeople(pages).map((page) => ({
        id: page.personId,
        name: page.name,
        at: toIso(page.requestedAt),
        status: page.status,
      })),
    },
    left: left ? { ...left, at: toIso(left.at) } : null,
  };
}
