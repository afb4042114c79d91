/** Specialised teams on an incident: whether each has its quorum, who came, who is being called; and what one may do about it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { Refusal } from "#core/kernel/refusal.ts";
import { meQuery } from "../account/queries.ts";
import { useCategoryNames } from "../directory/category-names.ts";
import { teamsQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { ofLevel, useWhyNot } from "./acting.ts";
import { type ActivationView, incidentTeamsQuery } from "./queries.ts";
import type { Acting } from "./TeamDialog.tsx";
import { useTeamWords } from "./words.ts";
import "./teams.css";
import { hasEnded } from "../incidents/arrangement.ts";

const TeamDialog = lazy(() => import("./TeamDialog.tsx").then((m) => ({ default: m.TeamDialog })));

type Props = { view: IncidentView; short?: boolean };
type Doing = { acting: Acting; team: ActivationView | null; refusal: Refusal | null };

/** Nothing where no team has a mandate and none was activated. `short`: without what explains it, nor those that went. */
export function IncidentTeams({ view, short = false }: Props) {
  const { language } = useWords();
  const { t: say } = useTeamWords();
  const known = useQuery(teamsQuery()).data?.data ?? [];
  const { data } = useQuery({ ...incidentTeamsQuery(view, language), enabled: view.teams > 0 });
  const teams = view.teams > 0 ? (data?.data ?? []) : [];
  const why = useWhyNot(view, teams);
  const [doing, setDoing] = useState<Doing | null>(null);
  const over = hasEnded(view);
  const active = teams.filter(({ left }) => left === null);
  const left = teams.filter((one) => one.left !== null);
  const may = !over && known.some(({ id, mandated }) => mandated && !active.some(({ team }) => team === id));
  if (teams.length === 0 && !may) return null;
  const open = (acting: Acting, team: ActivationView | null) =>
    setDoing({ acting, team, refusal: ofLevel(why(acting, team?.number)) });
  return (
    <section className="sec" aria-labelledby="teams">
      <header>
        <h2 id="teams">{say("title")}</h2>
      </header>
      {active.length === 0 && <p className="muted">{say("none")}</p>}
      <ul className="teams">
        {active.toReversed().map((one) => (
          <Active key={one.number} one={one} why={why} onAct={(acting) => open(acting, one)} short={short} />
        ))}
        {!short && left.toReversed().map((one) => <Left key={one.number} one={one} />)}
      </ul>
      {may && (
        <p className="acts">
          <button className="btn s" type="button" onClick={() => open("activate-team", null)}>
            {say("activate")}
          </button>
        </p>
      )}
      {doing && (
        <Suspense fallback={null}>
          <TeamDialog view={view} teams={teams} {...doing} onClose={() => setDoing(null)} />
        </Suspense>
      )}
    </section>
  );
}

type ActiveProps = {
  one: ActivationView;
  why: ReturnType<typeof useWhyNot>;
  onAct: (acting: Acting) => void;
  short: boolean;
};

function Active({ one, why, onAct, short }: ActiveProps) {
  const words = useWords();
  const { t: say } = useTeamWords();
  const nameOf = useCategoryNames();
  const { name, by, category, at, reason, contact, deputy, quorum } = one;
  return (
    <li className="team">
      <p className="team-head">
        <b>{name}</b> <Status one={one} />
      </p>
      <Meter one={one} />
      {!short && (
        <p className="muted">
          <time dateTime={at} title={words.exact(at)}>
            {say("by", { by, category: category && nameOf(category), at: words.moment(at) })}
          </time>
        </p>
      )}
      {!short && reason && <blockquote>{reason}</blockquote>}
      <RolesFilled one={one} />
      <Calling one={one} />
      {!short && (deputy || contact) && (
        <dl className="team-facts">
          {deputy && (
            <div>
              <dt>{say("deputy")}</dt>
              <dd>{deputy.name}</dd>
            </div>
          )}
          {contact && (
            <div>
              <dt>{say("contact")}</dt>
              <dd>{contact}</dd>
            </div>
          )}
        </dl>
      )}
      <Acts one={one} why={why} onAct={onAct} met={quorum.met} />
    </li>
  );
}

/** A word first, then a shape. */
function Status({ one: { quorum, missedAt } }: { one: ActivationView }) {
  const { t: say } = useTeamWords();
  if (quorum.met)
    return (
      <span className="chip ok">
        <Icon name="check" size={12} />
        {say("status.met")}
      </span>
    );
  if (missedAt !== null)
    return (
      <span className="chip missed">
        <Icon name="cross" size={12} />
        {say("status.missed")}
      </span>
    );
  return (
    <span className="chip">
      <Icon name="clock" size={12} />
      {say("status.waits")}
    </span>
  );
}

/** A place for each that its quorum takes: who came fills one. */
function Meter({ one }: { one: ActivationView }) {
  const words = useWords();
  const { t: say } = useTeamWords();
  const { quorum, until, missedAt, name } = one;
  const { people, needed } = quorum;
  const places = Math.min(Math.max(needed, people), 12);
  return (
    <p className="quorum">
      <span className="places" role="img" aria-label={say("quorum.word", { name, people, needed })}>
        {Array.from({ length: places }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places are their position
          <i key={index} className={index < people ? "on" : undefined} />
        ))}
      </span>
      <span>
        {quorum.met || missedAt !== null
          ? say("quorum", { people, needed })
          : say("quorum.until", { people, needed, until: words.phrase("at", until) })}
      </span>
    </p>
  );
}

function RolesFilled({ one: { roles, members, quorum } }: { one: ActivationView }) {
  const words = useWords();
  const { t: say } = useTeamWords();
  const named = (role: string | null) => members.filter((member) => member.role === role).map(({ name }) => name);
  const without = named(null);
  return (
    <dl className="team-roles">
      {roles.map(({ id, name, level, count, filled, required }) => {
        const lacks = quorum.roles.includes(id);
        const holders = named(id);
        const about = [
          required && say("role.required"),
          level !== null && say("role.level", { level }),
          count > 1 && say("role.places", { filled, count }),
        ].filter((text) => text !== false);
        return (
          <div key={id} className={lacks ? "lacks" : undefined}>
            <dt>
              {name}
              {about.length > 0 && <small className="muted">{about.join(" · ")}</small>}
            </dt>
            <dd>{holders.length > 0 ? words.list(holders) : say("role.nobody")}</dd>
          </div>
        );
      })}
      {without.length > 0 && (
        <div>
          <dt>{say("members.without")}</dt>
          <dd>{words.list(without)}</dd>
        </div>
      )}
    </dl>
  );
}

function Calling({ one: { paging, members } }: { one: ActivationView }) {
  const words = useWords();
  const { t: say } = useTeamWords();
  if (paging.status === "exhausted") return <p className="muted">{say("exhausted")}</p>;
  if (paging.status !== "running") return null;
  const came = new Set(members.map(({ id }) => id));
  const names = [...new Set(paging.called.filter(({ id }) => !came.has(id)).map(({ name }) => name))];
  if (names.length === 0) return <p className="muted">{say("calling.nobody")}</p>;
  return (
    <p className="muted">
      {say("calling", { names: words.list(names), next: paging.nextAt && words.phrase("at", paging.nextAt) })}
    </p>
  );
}

type ActsProps = Pick<ActiveProps, "one" | "why" | "onAct"> & { met: boolean };

function Acts({ one, why, onAct }: ActsProps) {
  const { t: say } = useTeamWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { number, name, team, members, paging } = one;
  const joined = members.some(({ id }) => id === me.id);
  const called = paging.called.some(({ id }) => id === me.id);
  const theirs = joined || called || me.teams.includes(team);
  const down = why("stand-down-team", number);
  const about = <span className="vh"> {name}</span>;
  return (
    <p className="acts">
      {theirs && why("join-team", number) === null && (
        <button className={joined ? "btn s" : "btn s primary"} type="button" onClick={() => onAct("join-team")}>
          {say(joined ? "change" : "join")}
          {about}
        </button>
      )}
      {(joined || called) && why("leave-team", number) === null && (
        <button className="btn s" type="button" onClick={() => onAct("leave-team")}>
          {say(joined ? "leave.joined" : "leave")}
          {about}
        </button>
      )}
      {(down === null || ofLevel(down) !== null) && (
        <button className="btn s" type="button" onClick={() => onAct("stand-down-team")}>
          {say("stand-down")}
          {about}
        </button>
      )}
    </p>
  );
}

function Left({ one: { name, left } }: { one: ActivationView }) {
  const words = useWords();
  const { t: say } = useTeamWords();
  if (left === null) return null;
  return (
    <li className="team left">
      <p className="team-head">
        <b>{name}</b> <span className="chip">{say("status.left")}</span>
      </p>
      <p className="muted">
        <time dateTime={left.at} title={words.exact(left.at)}>
          {say(left.ended ? "left.ended" : "left", { at: words.phrase("at", left.at), by: left.by })}
        </time>
      </p>
      {left.reason && <blockquote>{left.reason}</blockquote>}
    </li>
  );
}
