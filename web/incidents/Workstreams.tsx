/** The workstreams of an incident: what each is to reach, who leads it, how it stands, and what was last heard of it. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { silenceMinutes } from "#core/incidents/silence.ts";
import { minuteMs } from "#core/kernel/time.ts";
import { meQuery } from "../account/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { CommandButton } from "./CommandButton.tsx";
import { useCommand } from "./queries.ts";
import { useStreamWords } from "./workstream-words.ts";
import "./workstreams.css";
import { hasEnded } from "./arrangement.ts";

export type Stream = IncidentView["workstreams"][number];

const isOpen = ({ status }: Stream): boolean => status === "under-way" || status === "blocked";

export const isSilent = ({ heardAt }: Stream, { priority }: Pick<IncidentView, "priority">): boolean =>
  now() - Date.parse(heardAt) > silenceMinutes(priority) * minuteMs;

/** What says nothing first, then what is blocked, then by number. */
function inOrder(view: IncidentView): Stream[] {
  const weight = (one: Stream) => (isSilent(one, view) ? 0 : one.status === "blocked" ? 1 : 2);
  return view.workstreams.filter(isOpen).toSorted((a, b) => weight(a) - weight(b) || a.number - b.number);
}

/** `short`: no more than so many, and no acts. */
export function Workstreams({ view, short }: { view: IncidentView; short?: number }) {
  const { t } = useStreamWords();
  const over = hasEnded(view);
  const open = inOrder(view);
  const ended = view.workstreams.filter((one) => !isOpen(one));
  if ((over || short !== undefined) && view.workstreams.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="workstreams">
      <header>
        <h2 id="workstreams">{t("workstreams.title")}</h2>
        {view.workstreams.length > 0 && (
          <small className="push">{t("workstreams.count", { open: open.length, all: view.workstreams.length })}</small>
        )}
      </header>
      {open.length > 0 && (
        <ul className="streams">
          {open.slice(0, short).map((one) => (
            <Line key={one.number} view={view} one={one} acts={!over && short === undefined} />
          ))}
        </ul>
      )}
      {view.workstreams.length === 0 && <p className="muted">{t("workstreams.none")}</p>}
      {!over && short === undefined && (
        <CommandButton view={view} command="open-workstream" className="btn s" word={t("workstreams.open")} />
      )}
      {ended.length > 0 && short === undefined && (
        <details className="disclose">
          <summary>
            <Icon name="chevron" size={12} />
            {t("workstreams.over", { count: ended.length })}
          </summary>
          <ul className="streams">
            {ended.map((one) => (
              <Line key={one.number} view={view} one={one} acts={false} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Line({ view, one, acts }: { view: IncidentView; one: Stream; acts: boolean }) {
  const words = useWords();
  const { t } = useStreamWords();
  useMinutes();
  const short = !acts && isOpen(one) && view.stage !== "closed";
  const { number, title, purpose, lead, team, due, status, news, waits, left } = one;
  const open = isOpen(one);
  const silent = open && isSilent(one, view);
  const late = open && due !== null && Date.parse(due) < now();
  const on = view.workstreams.find((other) => other.number === waits?.on);
  const tasks = view.tasks.filter((task) => task.workstream === number && task.status === "open").length;
  return (
    <li className={short ? `stream short ${status}` : `stream ${status}`}>
      <h3>
        <span className="id">{number}</span> <span lang={view.language}>{title}</span>
        <span className="chip push">{t(`workstreams.status.${status}`)}</span>
      </h3>
      <p className="muted">
        <b>{t("workstreams.led", { name: lead.name })}</b>
        {team && ` · ${team.name}`}
        {due !== null && " · "}
        {due !== null && (
          <span className={late ? "late" : undefined} title={words.exact(due)}>
            {t(late ? "workstreams.late" : "workstreams.due", { at: words.moment(due) })}
          </span>
        )}
      </p>
      {acts && <p lang={view.language}>{purpose}</p>}
      {silent && (
        <p className="stream-silent">
          <Icon name="fault" size={14} />
          {t("workstreams.silent", { length: words.lasting(now() - Date.parse(one.heardAt)) })}
        </p>
      )}
      {on && <p className="stream-waits">{t("workstreams.waits", { number: on.number, title: on.title })}</p>}
      {short && !silent && (
        <p className="muted" title={words.exact(one.heardAt)}>
          {t("workstreams.heard", { at: words.moment(one.heardAt) })}
        </p>
      )}
      {!short && (left ?? news) && <News view={view} said={(left ?? news) as NonNullable<Stream["news"]>} />}
      {open && !short && tasks > 0 && <p className="muted">{t("workstreams.tasks", { open: tasks })}</p>}
      {one.offer && open && (
        <p className="muted">
          {t("workstreams.offered", { name: one.offer.to.name, until: words.phrase("until", one.offer.until) })}
        </p>
      )}
      {acts && <Acts view={view} one={one} />}
    </li>
  );
}

function News({ view, said: { text, by, at } }: { view: IncidentView; said: NonNullable<Stream["news"]> }) {
  const words = useWords();
  const { t } = useStreamWords();
  return (
    <blockquote>
      <span lang={view.language}>{text}</span>
      <small title={words.exact(at)}>{t("workstreams.news", { name: by, at: words.moment(at) })}</small>
    </blockquote>
  );
}

function Acts({ view, one }: { view: IncidentView; one: Stream }) {
  const { t } = useStreamWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { number } = one;
  const start = { workstream: String(number) };
  const about = t("workstreams.about", { number });
  const props = { view, start, about };
  const mine = one.offer?.to.id === me.id;
  const takes = !mine && one.lead.id !== me.id;
  return (
    <p className="acts">
      {mine && <AcceptButton view={view} number={number} />}
      {mine && (
        <CommandButton {...props} command="decline-workstream" className="link" word={t("workstreams.decline")} />
      )}
      {!mine && (
        <CommandButton {...props} command="update-workstream" className="btn s" word={t("workstreams.update")} />
      )}
      <CommandButton {...props} command="add-task" className="link" word={t("workstreams.add-task")} />
      <CommandButton {...props} command="offer-workstream" className="link" word={t("workstreams.offer")} />
      {takes && <CommandButton {...props} command="accept-workstream" className="link" word={t("workstreams.take")} />}
      <CommandButton {...props} command="finish-workstream" className="link" word={t("workstreams.finish")} />
      <CommandButton {...props} command="split" className="link" word={t("links.split")} />
    </p>
  );
}

/** Offered: one press is enough. */
function AcceptButton({ view, number }: { view: IncidentView; number: number }) {
  const words = useWords();
  const { t } = useStreamWords();
  const act = useCommand(view);
  const once = useOneAtATime();
  const press = () =>
    once(() => act.mutateAsync({ name: "accept-workstream", body: { workstream: number } as { workstream: number } }));
  return (
    <>
      <button className="btn s primary" type="button" aria-disabled={act.isPending} onClick={press}>
        {t("workstreams.accept")}
        <span className="vh"> {t("workstreams.about", { number })}</span>
      </button>
      {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
    </>
  );
}
