/** One team: who is in it, what it answers for, what it has in hand. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { boardQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { TeamReadiness } from "../teams/TeamReadiness.tsx";
import { AdminAct, ObjectFrame, Section } from "./frame.tsx";
import { IncidentLines } from "./IncidentLines.tsx";
import { Members } from "./NameList.tsx";
import { nameIn, useNamed } from "./names.ts";
import { teamQuery } from "./queries.ts";
import { TeamForm } from "./TeamForm.tsx";

const route = getRouteApi("/shell/teams/$id");

export function TeamPage() {
  const { t, language } = useWords();
  const { id } = route.useParams();
  const { data: team } = useSuspenseQuery(teamQuery(id));
  const { services, policies } = useNamed();
  const open = (useQuery(boardQuery()).data?.data ?? []).filter((one) => one.assigned?.id === id);
  const held = services.filter((one) => one.team === id);
  const called = policies.filter((one) =>
    one.steps.some(({ targets }) => targets.some((target) => target.kind === "team" && target.id === id)),
  );
  return (
    <ObjectFrame
      title={team.name}
      note={t("team.count", { count: team.members.length })}
      from={{ to: "/teams", word: t("teams.title") }}
      copied={{ page: `/teams/${id}`, api: `/api/v1/teams/${id}`, name: team.name }}
      act={<AdminAct word={t("frame.change")} form={(close) => <TeamForm team={team} onClose={close} />} />}
    >
      <div className="page sides">
        <div>
          <Section title={t("team.members")}>
            <Members ids={team.members} />
          </Section>
          <TeamReadiness team={team} />
        </div>
        <div>
          <Section title={t("team.open")}>
            <IncidentLines views={open} none={t("team.open.none")} />
          </Section>
          <Section title={t("services.title")}>
            {held.length === 0 && <p className="muted">{t("team.services.none")}</p>}
            <ul className="lines">
              {held.map((one) => (
                <li key={one.id}>
                  <Link to="/services/$id" params={{ id: one.id }}>
                    {nameIn(language, one)}
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
          <Section title={t("team.called")}>
            {called.length === 0 && <p className="muted">{t("team.called.none")}</p>}
            <ul className="lines">
              {called.map((one) => (
                <li key={one.id}>
                  <Link to="/escalation-policies/$id" params={{ id: one.id }}>
                    {one.name}
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
    </ObjectFrame>
  );
}
