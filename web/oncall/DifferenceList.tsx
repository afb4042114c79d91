/** The list behind a number: of which incident, when, who before and who after, and why. */
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { nameIn, useNamed } from "../directory/names.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { useWords } from "../language/words.tsx";
import { Holder } from "./Holder.tsx";
import type { Difference } from "./what-if.ts";

const shownAtFirst = 20;
const shownMore = 200;

/** Of an incident that was not opened then, by its alert. */
export type Shown = Omit<Difference, "incident"> & {
  readonly incident: Difference["incident"] | null;
  readonly alert?: { readonly id: string; readonly title: string } | null;
};

export const DifferenceList = ({ differences }: { differences: readonly Shown[] }) => (
  <LongList all={differences} line={(one) => <Line difference={one} />} />
);

/** Some at first, more when asked for. */
export function LongList<One>({ all, line }: { all: readonly One[]; line: (one: One) => ReactNode }) {
  const { t } = useWords();
  const [shown, setShown] = useState(shownAtFirst);
  const left = all.length - shown;
  return (
    <>
      <ol className="differences">
        {all.slice(0, shown).map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
          <li key={index}>{line(one)}</li>
        ))}
      </ol>
      {left > 0 && (
        <p>
          <button className="link" type="button" onClick={() => setShown(shown + shownMore)}>
            {t("what-if.more", { count: left })}
          </button>
        </p>
      )}
    </>
  );
}

function Line({
  difference: { incident, alert, service, escalation, team, startedAt, before, after, because, missed },
}: {
  difference: Shown;
}) {
  const { t, moment, language } = useWords();
  const { services } = useNamed();
  const found = services.find((one) => one.id === service);
  return (
    <>
      <small>
        <WhereTo incident={incident} alert={alert ?? null} />{" "}
        <span className="muted">
          {moment(startedAt)}
          {found && <> · {nameIn(language, found)}</>}
          {escalation !== null && <> · {t("what-if.escalation", { number: escalation })}</>}
          {team !== null && <> · {team}</>}
        </span>
      </small>
      <span>
        {/* Of the same instant, it is told once. */}
        <Side call={before} word={t("schedule.diff.before")} timed={before?.at !== after?.at} />
        {" → "}
        <Side call={after} word={t("schedule.diff.after")} timed />
      </span>
      <small className="muted">
        {t(`what-if.because.${because}`)}
        {because === "unreached" &&
          missed.map(({ step, target, reason }) => (
            <span key={`${step} ${target} ${reason}`} className="missed">
              {t("reach.reason", { step: step + 1, target: target || null, reason: t(`reach.${reason}`) })}
            </span>
          ))}
      </small>
    </>
  );
}

/** To the incident by its number, or to the alert by its title. */
export function WhereTo({ incident, alert }: Pick<Shown, "incident" | "alert">) {
  const { year } = useWords();
  if (incident !== null)
    return (
      <Link to="/incidents/$number" params={{ number: incident.number }} search={{}}>
        {shortNumber(incident.number, year())}
      </Link>
    );
  if (!alert) return null;
  return (
    <Link to="/alerts/$id" params={{ id: alert.id }}>
      {alert.title}
    </Link>
  );
}

function Side({ call, word, timed }: { call: Difference["before"]; word: string; timed: boolean }) {
  const { t, hour } = useWords();
  return (
    <>
      <span className="vh">{word} </span>
      {call ? (
        <>
          <Holder person={call.person} /> {timed && hour(call.at)}
        </>
      ) : (
        t("what-if.no-page")
      )}
    </>
  );
}
