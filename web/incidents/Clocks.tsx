/** What its categories ask in time, as clocks: how long is left, until when, by which hours, and what stops them. */
import { useQuery } from "@tanstack/react-query";
import type { ClockView, IncidentClocks } from "#contract/clocks.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { minuteMs } from "#core/kernel/time.ts";
import { useCategoryNames } from "../directory/category-names.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useSeconds } from "../ui/now.ts";
import { hasEnded } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import { clockAt, type LiveClock, stillRuns } from "./clocks.ts";
import { clocksQuery } from "./queries.ts";
import { useStreamWords } from "./workstream-words.ts";
import "./clocks.css";

export function Clocks({ view }: { view: IncidentView }) {
  const { t } = useWords();
  /* Without a category nothing is to be kept in time, and escalating may be proposed all the same. */
  const { data: clocks } = useQuery({
    ...clocksQuery(view),
    enabled: view.asks.pinned.length > 0 || !hasEnded(view),
  });
  if (!clocks || (clocks.data.length + clocks.untold.length === 0 && !clocks.escalate && !clocks.setAside)) return null;
  return (
    <section className="clocks" aria-labelledby="clocks">
      <header>
        <h2 id="clocks">{t("clocks.title")}</h2>
        <PauseButton view={view} clocks={clocks} />
      </header>
      {clocks.data.length > 0 && (
        <ul>
          {clocks.data.map((clock) => (
            <ClockCell key={clock.kind} clock={clock} asked={clocks.at} />
          ))}
        </ul>
      )}
      <Untold view={view} untold={clocks.untold} />
      <Proposed view={view} escalate={clocks.escalate} />
      <Aside aside={clocks.setAside} />
    </section>
  );
}

/** What was done and those concerned do not know: said until somebody is told. */
function Untold({ view, untold }: { view: IncidentView; untold: IncidentClocks["untold"] }) {
  const words = useWords();
  const { t: say } = useStreamWords();
  const at = useSeconds();
  if (untold.length === 0) return null;
  const isLate = ({ dueAt }: (typeof untold)[number]) => Date.parse(dueAt) <= at;
  const items = untold.map((one) =>
    say("clocks.untold.one", {
      action: one.action,
      since: words.moment(one.since),
      due: words.moment(one.dueAt),
      late: isLate(one) ? "yes" : "no",
    }),
  );
  const late = untold.some(isLate);
  return (
    <p className={late ? "proposed late" : "proposed"}>
      <Icon name={late ? "fault" : "bell"} size={14} />
      <span>{say("clocks.untold", { items: items.join(" · ") })}</span>
      <CommandButton view={view} command="advise-persons" className="btn s" />
    </p>
  );
}

/** What the clocks themselves propose; a person says to whom, and what is expected. */
function Proposed({ view, escalate }: { view: IncidentView; escalate: IncidentClocks["escalate"] }) {
  const { t } = useWords();
  const { t: say } = useStreamWords();
  if (!escalate) return null;
  const { because, clock, kind, to, escalation, gap } = escalate;
  const reason = say(`clocks.escalate.${because}`, { clock: clock && t(`clock.name.${clock}`), escalation });
  const start = { kind, reason, expected: say(`clocks.expected.${because}`), ...(to && { to }) };
  return (
    <p className="proposed">
      <Icon name="up" size={14} />
      <span>
        {reason} {gap && say("clocks.escalate.gap")}
      </span>
      <CommandButton view={view} command="escalate" className="btn s" start={start} />
      <CommandButton view={view} command="set-aside-escalation" className="link" start={{ because }} />
    </p>
  );
}

/** What stays a gap is said though somebody has set it aside. */
function Aside({ aside }: { aside: IncidentClocks["setAside"] }) {
  const { t, moment } = useWords();
  const { t: say } = useStreamWords();
  if (!aside) return null;
  const { because, clock, escalation, gap, by, at, reason } = aside;
  return (
    <p className="proposed hint">
      <span>
        {say(`clocks.escalate.${because}`, { clock: clock && t(`clock.name.${clock}`), escalation })}{" "}
        {gap && say("clocks.escalate.gap")} {say("clocks.aside", { by, at: moment(at), reason })}
      </span>
    </p>
  );
}

function PauseButton({ view, clocks }: { view: IncidentView; clocks: IncidentClocks }) {
  const { t } = useWords();
  if (clocks.data.some(({ paused }) => paused !== null))
    return <CommandButton view={view} command="resume-clock" className="link" word={t("clocks.resume")} />;
  if (!clocks.pausable || clocks.pauses.length === 0) return null;
  return <CommandButton view={view} command="pause-clock" className="link" word={t("clocks.pause")} />;
}

function ClockCell({ clock, asked }: { clock: ClockView; asked: string }) {
  const words = useWords();
  const { t } = words;
  const at = useSeconds();
  const live = clockAt(clock, asked, at);
  const categoryName = useCategoryNames();
  const { minutes, categories } = clock.target;
  const length = words.lasting(minutes * minuteMs);
  const name = t(`clock.name.${clock.kind}`);
  return (
    <li className={`${live.status} ${!stillRuns(live) ? "done" : live.percent >= 75 ? "soon" : ""}`}>
      <h3 title={t("clocks.categories", { categories: words.list(categories.map(categoryName)) })}>{name}</h3>
      <p className="rests">
        <Mark status={live.status} />
        {stillRuns(live) ? restsOf(words, live) : endOf(words, clock)}
      </p>
      {stillRuns(live) && (
        <progress max={100} value={Math.min(100, live.percent)} aria-label={name}>
          {t("clocks.used", { percent: live.percent, length })}
        </progress>
      )}
      {stillRuns(live) && <p className="hint">{dueOf(words, clock)}</p>}
      <p className="hint">{[t("clocks.of", { length }), byOf(words, clock)].join(" · ")}</p>
      {noteOf(words, clock, live) && <p className="hint note">{noteOf(words, clock, live)}</p>}
    </li>
  );
}

/** Never by colour alone: each state has its sign and its word. */
function Mark({ status }: { status: ClockView["status"] }) {
  if (status === "met") return <Icon name="check" size={14} />;
  if (status === "missed" || status === "met-late") return <Icon name="fault" size={14} />;
  return null;
}

const restsOf = ({ t, lasting, left }: Words, { leftMs, status }: LiveClock): string =>
  status === "missed" ? t("clocks.over", { length: lasting(-leftMs) }) : t("clocks.left", { left: left(leftMs) });

function endOf(words: Words, { status, dueAt, reachedAt }: ClockView): string {
  const { t } = words;
  if (reachedAt === null) return t("clocks.ended");
  const moment = words.phrase("at", reachedAt);
  if (status !== "met-late" || dueAt === null) return t("clocks.met", { moment });
  return t("clocks.met-late", { moment, length: words.lasting(Date.parse(reachedAt) - Date.parse(dueAt)) });
}

const dueOf = (words: Words, { dueAt }: ClockView): string =>
  dueAt === null ? words.t("clocks.due.none") : words.t("clocks.due", { moment: words.phrase("at", dueAt) });

const byOf = ({ t }: Words, { target: { calendar } }: ClockView): string =>
  calendar === null ? t("clocks.wall") : t("clocks.by", { calendar: calendar.name });

function noteOf(words: Words, clock: ClockView, { status }: LiveClock): string | null {
  const { t } = words;
  const { paused, opensAt } = clock;
  if (status === "paused" && paused)
    return t("clocks.paused", {
      since: words.phrase("since", paused.from),
      until: words.phrase("until", paused.until),
      name: paused.name,
    });
  return status === "closed" && opensAt ? t("clocks.opens", { moment: words.phrase("at", opensAt) }) : null;
}
