/** One person: how to reach them, what they may do, and what rests on them. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { can } from "#core/access/can.ts";
import { openToAll } from "#core/access/restriction.ts";
import { incidentCommands } from "#core/directory/responsibility.ts";
import { isRefusal } from "#core/kernel/refusal.ts";
import type { Actor, Level as LevelOf } from "#core/kernel/vocabulary.ts";
import { boardQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { AdminAct, Fact, Facts, ObjectFrame, Section } from "./frame.tsx";
import { IncidentLines } from "./IncidentLines.tsx";
import { nameIn, useNamed } from "./names.ts";
import { Level } from "./PeoplePage.tsx";
import { PersonForm } from "./PersonForm.tsx";
import { onCallQuery, type Person, personQuery } from "./queries.ts";

const route = getRouteApi("/shell/people/$id");

export function PersonPage() {
  const { t } = useWords();
  const { id } = route.useParams();
  const { data: person } = useSuspenseQuery(personQuery(id));
  const open = useQuery(boardQuery()).data?.data ?? [];
  const mine = open.filter((one) =>
    [one.assigned?.id, one.acceptedBy?.id, one.coordinator?.id].some((holder) => holder === id),
  );
  return (
    <ObjectFrame
      title={person.name}
      note={!person.active && <span className="chip">{t("people.inactive")}</span>}
      from={{ to: "/people", word: t("shell.people") }}
      copied={{ page: `/people/${id}`, api: `/api/v1/people/${id}`, name: person.name, note: person.email }}
      act={<AdminAct word={t("frame.change")} form={(close) => <PersonForm person={person} onClose={close} />} />}
    >
      <div className="page sides">
        <div>
          <Who person={person} />
          <Rights person={person} />
        </div>
        <div>
          <Section title={t("person.open")}>
            <IncidentLines views={mine} none={t("person.open.none")} />
          </Section>
          <Turns id={id} />
          <Rests id={id} />
        </div>
      </div>
    </ObjectFrame>
  );
}

function Who({ person }: { person: Person }) {
  const { t, hour } = useWords();
  const { teams, functions } = useNamed();
  const { language } = useWords();
  useMinutes();
  const inTeams = teams.filter((one) => one.members.includes(person.id));
  const inFunctions = functions.filter((one) => one.members.includes(person.id));
  return (
    <Section title={t("person.reach")}>
      <Facts>
        <Fact word={t("person.email")}>
          <a href={`mailto:${person.email}`}>{person.email}</a>
        </Fact>
        <Fact word={t("people.language")}>{person.language === "fr" ? "Français" : "English"}</Fact>
        <Fact word={t("people.zone")}>
          {person.zone}{" "}
          <span className="muted">{t("person.there", { hour: wallHour(person.zone) ?? hour(now()) })}</span>
        </Fact>
        <Fact word={t("people.teams")}>
          {inTeams.length === 0 && <span className="muted">{t("ui.none")}</span>}
          {inTeams.map((one, index) => (
            <span key={one.id}>
              {index > 0 && ", "}
              <Link to="/teams/$id" params={{ id: one.id }}>
                {one.name}
              </Link>
            </span>
          ))}
        </Fact>
        <Fact word={t("functions.title")}>
          {inFunctions.length === 0 && <span className="muted">{t("ui.none")}</span>}
          {inFunctions.map((one, index) => (
            <span key={one.id}>
              {index > 0 && ", "}
              <Link to="/functions/$id" params={{ id: one.id }}>
                {nameIn(language, one)}
              </Link>
            </span>
          ))}
        </Fact>
      </Facts>
    </Section>
  );
}

/** What the clock on their wall says. */
function wallHour(zone: string): string | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
  } catch {
    return null;
  }
}

const plainFacts = {
  categories: [],
  accepted: false,
  asked: [],
  assignedTeam: null,
  assignedFunction: null,
  admission: openToAll,
  overrides: [],
  dismissed: false,
};

/** The very rule that is asked when they act, on an incident that nobody has taken and that they were not called for. */
function Rights({ person }: { person: Person }) {
  const { t } = useWords();
  const actor: Actor = {
    kind: "person",
    id: person.id,
    name: person.name,
    level: person.level as LevelOf,
    admin: person.admin,
    teams: [],
    functions: [],
    onBehalfOf: null,
    via: "session",
  };
  const may = incidentCommands.filter((name) => !isRefusal(can(name, actor, plainFacts)));
  return (
    <Section title={t("person.rights")}>
      <p className="level">
        <Level level={person.level} />
        {person.admin && <span className="chip">{t("level.admin")}</span>}
      </p>
      <p className="muted">{t("person.rights.of-level")}</p>
      <ul className="tags">
        {may.map((name) => (
          <li key={name}>{t(`command.${name}.do`)}</li>
        ))}
      </ul>
    </Section>
  );
}

function Turns({ id }: { id: string }) {
  const { t, phrase, exact, moment } = useWords();
  const turns = (useQuery(onCallQuery()).data?.data ?? []).filter(
    (one) => one.now?.person === id || one.next?.person === id,
  );
  return (
    <Section title={t("person.on-call")}>
      {turns.length === 0 && <p className="muted">{t("person.on-call.none")}</p>}
      <ul className="lines">
        {turns.map(({ schedule, now: current, next }) => {
          const here = current?.person === id;
          const at = here ? current?.until : next?.from;
          return (
            <li key={schedule.id}>
              <Link to="/schedules/$id" params={{ id: schedule.id }}>
                {schedule.name}
              </Link>
              {at && (
                <time dateTime={at} title={exact(at)}>
                  {here ? t("person.on-call.now", { until: phrase("until", at) }) : moment(at)}
                </time>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** Services they answer for, and policies that name them. */
function Rests({ id }: { id: string }) {
  const { t, language } = useWords();
  const { services, policies } = useNamed();
  const owned = services.filter((one) => one.owner === id);
  const named = policies.filter((one) =>
    one.steps.some(({ targets }) => targets.some((target) => target.kind === "person" && target.id === id)),
  );
  return (
    <Section title={t("person.rests")}>
      {owned.length + named.length === 0 && <p className="muted">{t("person.rests.none")}</p>}
      <ul className="lines">
        {owned.map((one) => (
          <li key={one.id}>
            <Link to="/services/$id" params={{ id: one.id }}>
              {nameIn(language, one)}
            </Link>
            <span className="muted">{t("service.owner")}</span>
          </li>
        ))}
        {named.map((one) => (
          <li key={one.id}>
            <Link to="/escalation-policies/$id" params={{ id: one.id }}>
              {one.name}
            </Link>
            <span className="muted">{t("reason.reached.named")}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
