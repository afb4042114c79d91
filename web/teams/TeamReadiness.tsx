/** On the page of a team: what it is for on an incident, and whether it could answer if it were activated now. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { sfia8 } from "#core/directory/responsibility.ts";
import { meQuery } from "../account/queries.ts";
import { Section } from "../directory/frame.tsx";
import { useNamed } from "../directory/names.ts";
import { peopleQuery, type Team } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { ExerciseForm } from "./ExerciseForm.tsx";
import { useFindings } from "./findings.ts";
import { MandateForm } from "./MandateForm.tsx";
import { type Readiness, readinessQuery } from "./queries.ts";
import { useTeamWords } from "./words.ts";
import "./teams.css";

/** Whoever answers for the process, or runs the desk. */
const keepsFrom = 5;

export function TeamReadiness({ team }: { team: Team }) {
  const { data } = useQuery(readinessQuery(team.id));
  if (!data) return null;
  return (
    <>
      {data.charter && <Ready known={data} />}
      <Mandate team={team} known={data} />
      {data.charter && <Exercises known={data} />}
    </>
  );
}

function Mandate({ team, known: { charter } }: { team: Team; known: Readiness }) {
  const { language } = useWords();
  const { t: say } = useTeamWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const [writing, setWriting] = useState(false);
  const may = me.admin || (me.level ?? 0) >= keepsFrom;
  return (
    <Section title={say("mandate")}>
      {charter === null && <p className="muted">{say("mandate.none")}</p>}
      {charter && (
        <dl className="mandate">
          <dt>{say("mandate.words")}</dt>
          <dd>{charter.mandate[language]}</dd>
          <dt>{say("mandate.quorum")}</dt>
          <dd>{say("mandate.quorum.said", { people: charter.people, minutes: charter.minutes })}</dd>
          <Roles roles={charter.roles} />
          <Called charter={charter} />
        </dl>
      )}
      {may && (
        <p className="acts">
          <button className="btn s" type="button" onClick={() => setWriting(true)}>
            {say(charter ? "mandate.change" : "mandate.write")}
          </button>
        </p>
      )}
      {writing && <MandateForm team={team} charter={charter} onClose={() => setWriting(false)} />}
    </Section>
  );
}

type Charter = NonNullable<Readiness["charter"]>;

function Roles({ roles }: Pick<Charter, "roles">) {
  const { language } = useWords();
  const { t: say } = useTeamWords();
  if (roles.length === 0) return null;
  return (
    <>
      <dt>{say("mandate.roles")}</dt>
      <dd>
        <ul>
          {roles.map(({ id, words, count, level, required }) => {
            const about = [
              count > 1 && `× ${count}`,
              required && say("role.required"),
              level !== null && say("role.level", { level }),
            ].filter((text) => text !== false);
            return (
              <li key={id}>
                {words[language]}
                {about.length > 0 && <small className="muted"> {about.join(" · ")}</small>}
              </li>
            );
          })}
        </ul>
      </dd>
    </>
  );
}

function Called({ charter: { rota, deputy, contact } }: { charter: Charter }) {
  const { t: say } = useTeamWords();
  const { schedules, policies } = useNamed();
  const people = useQuery(peopleQuery()).data?.data ?? [];
  const of = rota?.kind === "policy" ? policies : schedules;
  const name = of.find(({ id }) => id === rota?.id)?.name ?? "";
  return (
    <>
      <dt>{say("mandate.rota")}</dt>
      <dd>
        {rota === null ? (
          say("mandate.rota.all")
        ) : (
          <Link to={rota.kind === "policy" ? "/escalation-policies/$id" : "/schedules/$id"} params={{ id: rota.id }}>
            {name}
          </Link>
        )}
      </dd>
      <dt>{say("mandate.deputy")}</dt>
      <dd>{people.find(({ id }) => id === deputy)?.name ?? say("mandate.deputy.none")}</dd>
      {contact && (
        <>
          <dt>{say("contact")}</dt>
          <dd>{contact}</dd>
        </>
      )}
    </>
  );
}

function Ready({ known: { ready, findings } }: { known: Readiness }) {
  const { t: say } = useTeamWords();
  const sentence = useFindings();
  return (
    <Section title={say("readiness")}>
      <p>
        <ReadyMark ready={ready} count={findings.length} />
      </p>
      {ready ? (
        <p className="muted">{say("ready.what")}</p>
      ) : (
        <ul className="findings">
          {findings.map((one) => {
            const text = sentence(one);
            return (
              <li key={text}>
                <Icon name="cross" size={14} />
                <span>{text}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

export function ReadyMark({ ready, count }: { ready: boolean; count: number }) {
  const { t: say } = useTeamWords();
  return ready ? (
    <span className="chip ok">
      <Icon name="check" size={12} />
      {say("ready")}
    </span>
  ) : (
    <span className="chip">{say("not-ready", { count })}</span>
  );
}

function Exercises({ known }: { known: Readiness }) {
  const words = useWords();
  const { t: say } = useTeamWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const [noting, setNoting] = useState(false);
  const { exercises, activated } = known;
  return (
    <Section title={say("exercises")}>
      {activated && (
        <p>
          <Link to="/incidents/$number" params={{ number: activated.number }}>
            {say("activated.last", { at: words.phrase("at", activated.at), number: activated.number })}
          </Link>
        </p>
      )}
      {exercises.length === 0 && <p className="muted">{say("exercise.none")}</p>}
      <ul className="lines">
        {exercises.map(({ id, on, what, by }) => (
          <li key={id}>
            <span>
              {what}
              <br />
              <small className="muted">
                {say("exercise.by", { on: words.date(`${on}T12:00:00Z`, "UTC"), by: by.name })}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {(me.level ?? 0) >= sfia8.notesExercisesFrom && (
        <p className="acts">
          <button className="btn s" type="button" onClick={() => setNoting(true)}>
            {say("exercise.note")}
          </button>
        </p>
      )}
      {noting && <ExerciseForm team={known.team} onClose={() => setNoting(false)} />}
    </Section>
  );
}
