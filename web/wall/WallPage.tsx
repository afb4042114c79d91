/** All that is under way, for a whole room: major incidents first, then what presses most. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { useCockpitWords } from "../cockpit/words.ts";
import { byAttention, isMajor, shortNumber, startOf } from "../incidents/arrangement.ts";
import { Priority } from "../incidents/Priority.tsx";
import { boardQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useMinutes } from "../ui/now.ts";
import { roomFor } from "./room.ts";

/** Asked again this often, so that whoever looks up sees that it is alive. */
export const againMs = 15_000;
const platesMax = 3;

export function WallPage() {
  const { t } = useCockpitWords();
  const { data: board } = useSuspenseQuery({ ...boardQuery(), refetchInterval: againMs });
  const at = useMinutes();
  /* A room is not among those who need to know, whoever signed in. */
  const open = board.data.filter(({ restriction }) => restriction === null);
  const kept = board.data.length - open.length;
  const majors = open.filter(isMajor).sort(byAttention).slice(0, platesMax);
  const others = open.filter((one) => !majors.includes(one));
  const { room, tall } = roomFor(majors, others);
  const left = board.counts.open - kept - majors.length - Math.min(room, others.length);
  const late = open.filter(({ due }) => due !== null && Date.parse(due.at) < at).length;
  const unaccepted = board.counts.unaccepted - (kept > 0 ? board.data.filter(isKeptAndUntaken).length : 0);
  return (
    <>
      <title>{`${t("wall.title")} · Tocsin`}</title>
      <header className="w-bar">
        <h1>{t("wall.title")}</h1>
        <p>{t("wall.counts", { open: board.counts.open - kept, unaccepted, late })}</p>
      </header>
      <div className="w-all">
        {open.length === 0 && <p className="w-none">{t("wall.none")}</p>}
        {majors.map((one) => (
          <Major key={one.id} view={one} at={at} />
        ))}
        <ul className={tall ? "w-rows tall" : "w-rows"}>
          {others.slice(0, room).map((one) => (
            <Row key={one.id} view={one} at={at} />
          ))}
        </ul>
        {left > 0 && <p className="w-more">{t("wall.more", { count: left })}</p>}
      </div>
    </>
  );
}

const isKeptAndUntaken = ({ restriction, acceptedBy }: IncidentView): boolean =>
  restriction !== null && acceptedBy === null;

type LineProps = { view: IncidentView; at: number };

function Major({ view, at }: LineProps) {
  const words = useWords();
  const { t } = useCockpitWords();
  return (
    <article className="w-major plate">
      <p className="w-ids">
        <Priority view={view} />
        <span>{t("wall.major")}</span>
        <span className="mono">{shortNumber(view.number, words.year())}</span>
        {view.exercise && <span className="chip">{words.t("exercise.mark")}</span>}
        <span className="push">
          <b>{words.t(`stage.${view.stage}`)}</b> · {t("wall.impact", { duration: words.lasting(lasted(view, at)) })}
        </span>
      </p>
      <h2 lang={view.language} title={view.title}>
        {view.title}
      </h2>
      <p className="w-ids">
        <span>{view.coordinator?.name ?? view.acceptedBy?.name ?? t("wall.nobody")}</span>
        <span className="push">
          <Due view={view} at={at} />
        </span>
      </p>
    </article>
  );
}

function Row({ view, at }: LineProps) {
  const words = useWords();
  const { t } = useCockpitWords();
  const who = view.coordinator?.name ?? view.acceptedBy?.name;
  return (
    <li>
      <Priority view={view} list />
      <div>
        <p className="w-title" lang={view.language} title={view.title}>
          {view.title}
        </p>
        <p title={words.t(`stage.${view.stage}`)}>
          <span className="mono">{shortNumber(view.number, words.year())}</span> · {words.t(`stage.${view.stage}`)}
          {view.due && " · "}
          <Due view={view} at={at} />
        </p>
      </div>
      <span className={who ? "w-2" : "w-2 w-open"}>{who ?? t("wall.nobody")}</span>
    </li>
  );
}

/** The target that is due first; of what has none, nothing. */
function Due({ view: { due }, at }: LineProps) {
  const words = useWords();
  const { t } = useCockpitWords();
  if (due === null) return null;
  const target = words.t(`clock.name.${due.target}`);
  const over = at - Date.parse(due.at);
  if (over <= 0) return t("wall.due", { target, moment: words.phrase("at", due.at) });
  return (
    <span className="w-late">
      <Icon name="fault" size={24} /> {target} · {t("wall.late", { length: words.lasting(over) })}
    </span>
  );
}

/** Until the service is back. */
export function lasted(view: IncidentView, at: number): number {
  const back = view.milestones.restored ?? view.milestones.resolved;
  return Math.max(0, (back ? Date.parse(back) : at) - startOf(view));
}
