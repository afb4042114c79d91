/** Before a change is saved: what the last ninety days would have been with it, page by page. */
import type { ReactNode } from "react";
import { countOf, quantile } from "#core/drills/replay-parts.ts";
import { type DifferenceKind, differenceKinds } from "#core/kernel/vocabulary.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { Fault } from "../ui/marks.tsx";
import { DifferenceList, type Shown } from "./DifferenceList.tsx";
import { Holder } from "./Holder.tsx";
import { type Change, type How, pages, type Replay, type Told, useWhatIf } from "./what-if.ts";
import "./what-if.css";
import { sayWhyNot } from "../ui/why-not.ts";

/** `change`: null while the form does not say anything that could be run. */
export function WhatIf({ change }: { change: Change | null }) {
  const words = useWords();
  const { t } = words;
  return (
    <ReplayFrame
      change={change}
      how={pages}
      what={t("what-if.what")}
      sentenceOf={(replay) => sentenceOf(words, replay)}
      none={t("what-if.none")}
      outcome={(replay) => <Outcome replay={replay} />}
    />
  );
}

type Framed<Change, Found, Answer extends Told> = {
  change: Change | null;
  how: How<Change, Found, Answer>;
  what: string;
  sentenceOf: (found: Found) => string;
  none: string;
  outcome: (found: Found) => ReactNode;
};

/** Runs a part after another, says how far it is, and stops when asked to. */
export function ReplayFrame<Change, Found, Answer extends Told>({
  change,
  how,
  what,
  sentenceOf,
  none,
  outcome,
}: Framed<Change, Found, Answer>) {
  const words = useWords();
  const { t } = words;
  const { state, run, stop } = useWhatIf(how);
  const { status, asked, error } = state;
  const start = () => {
    if (change === null) return sayWhyNot(words, t("what-if.nothing"));
    void run(change).then((done) => done && announce(sentenceOf(done.replay)));
  };
  const altered = status !== "idle" && change !== null && JSON.stringify(change) !== asked;
  return (
    <section className="what-if" aria-label={t("what-if.title")}>
      <h3>{t("what-if.title")}</h3>
      <p className="hint">{what}</p>
      {/* One button all along, so that the focus stays where it is. */}
      <p className="running">
        <button
          className="btn s"
          type="button"
          aria-disabled={change === null && status !== "running"}
          onClick={status === "running" ? stop : start}
        >
          {t(status === "running" ? "what-if.stop" : status === "idle" ? "what-if.run" : "what-if.again")}
        </button>
        {status === "running" && <Progress seen={state.seen} all={state.all} />}
      </p>
      {altered && <p className="hint">{t("what-if.altered")}</p>}
      {status === "failed" && <Fault>{failureSentence(words, error)}</Fault>}
      {status === "stopped" && <p>{t("what-if.stopped", { seen: state.seen, all: state.all })}</p>}
      {status !== "idle" && state.seen > 0 && outcome(state.replay)}
      {status === "done" && state.seen === 0 && <p>{none}</p>}
    </section>
  );
}

function Progress({ seen, all }: { seen: number; all: number }) {
  const { t } = useWords();
  return (
    <>
      <progress aria-label={t("what-if.title")} value={seen} max={Math.max(all, 1)} />
      <span>{t("what-if.progress", { seen, all })}</span>
    </>
  );
}

function sentenceOf({ t }: ReturnType<typeof useWords>, { pages, differences }: Replay): string {
  return differences.length === 0
    ? t("what-if.same", { count: pages.before })
    : t("what-if.pages", { before: pages.before, after: pages.after });
}

function Outcome({ replay }: { replay: Replay }) {
  const words = useWords();
  return (
    <>
      <p>
        <b>{sentenceOf(words, replay)}</b>
      </p>
      {replay.differences.length > 0 &&
        differenceKinds.map((kind) => <PagesOfKind key={kind} kind={kind} differences={replay.differences} />)}
      <ReplaySums replay={replay} median={words.t("what-if.delay.median")} />
      <p className="hint">{words.t("what-if.limits")}</p>
    </>
  );
}

/** Nothing moved is no news; the others are told even when there are none. */
export function PagesOfKind({ kind, differences }: { kind: DifferenceKind; differences: readonly Shown[] }) {
  const { t } = useWords();
  const count = countOf(differences, kind);
  if (count === 0) return kind === "moved" ? null : <p className="none">{t(`what-if.${kind}`, { count })}</p>;
  return (
    <details>
      <summary className={kind === "nobody" ? "fault" : undefined}>{t(`what-if.${kind}`, { count })}</summary>
      <DifferenceList differences={differences.filter((one) => one.kind === kind)} />
    </details>
  );
}

type Summed = Pick<Replay, "delays" | "unanswered" | "outOfHours">;

/** `median`: how the first of the delays is called. */
export function ReplaySums({ replay: { delays, unanswered, outOfHours }, median }: { replay: Summed; median: string }) {
  const { t, lasting } = useWords();
  const length = (ms: number | null): string => (ms === null ? "–" : ms === 0 ? t("what-if.at-once") : lasting(ms));
  const changed = outOfHours.filter(({ before, after }) => before !== after);
  return (
    <table className="tbl">
      <caption>{t("what-if.sums")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("what-if.sum")}</th>
          <th scope="col" className="num">
            {t("schedule.diff.before")}
          </th>
          <th scope="col" className="num">
            {t("schedule.diff.after")}
          </th>
        </tr>
      </thead>
      <tbody>
        {([0.5, 0.9] as const).map((share) => (
          <tr key={share}>
            <th scope="row">{share === 0.5 ? median : t("what-if.delay.most")}</th>
            <td className="num">{length(quantile(delays.before, share))}</td>
            <td className="num">{length(quantile(delays.after, share))}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t("what-if.unanswered")}</th>
          <td className="num">{unanswered.before}</td>
          <td className="num">{unanswered.after}</td>
        </tr>
        {changed.map(({ person, before, after }) => (
          <tr key={person}>
            <th scope="row">
              {t("what-if.out-of-hours")} <Holder person={person} />
            </th>
            <td className="num">{before}</td>
            <td className="num">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
