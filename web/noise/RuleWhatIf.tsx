/** Before a rule is saved or removed, or a silence made: what the last ninety days would have been with it, incident by incident and page by page. */
import { differenceKinds, type IncidentChangeKind, incidentChangeKinds } from "#core/kernel/vocabulary.ts";
import { useWords } from "../language/words.tsx";
import { LongList, WhereTo } from "../oncall/DifferenceList.tsx";
import { PagesOfKind, ReplayFrame, ReplaySums } from "../oncall/WhatIf.tsx";
import { type IncidentChange, incidentsAndPages, type NoiseReplay, type RuleChange } from "./rule-what-if.ts";
import { useNoiseWords } from "./words.ts";

/** `change`: null while the form does not say anything that could be run. */
export function RuleWhatIf({
  change,
  what,
}: {
  change: RuleChange | null;
  what: "replay.what" | "replay.remove.what" | "replay.silence.what";
}) {
  const { t } = useWords();
  const { t: say } = useNoiseWords();
  const sentenceOf = ({ opened, pages, changes, differences }: NoiseReplay): string =>
    changes.length + differences.length === 0
      ? say("replay.same", { count: opened.before })
      : `${say("replay.incidents", opened)} ${t("what-if.pages", pages)}.`;
  return (
    <ReplayFrame
      change={change}
      how={incidentsAndPages}
      what={say(what)}
      sentenceOf={sentenceOf}
      none={t("what-if.none")}
      outcome={(replay) => <Outcome replay={replay} sentence={sentenceOf(replay)} />}
    />
  );
}

function Outcome({ replay, sentence }: { replay: NoiseReplay; sentence: string }) {
  const { t: say } = useNoiseWords();
  const { changes, differences, partly } = replay;
  return (
    <>
      <p>
        <b>{sentence}</b> {partly && say("replay.partly")}
      </p>
      {changes.length > 0 && incidentChangeKinds.map((kind) => <Incidents key={kind} kind={kind} changes={changes} />)}
      {differences.length > 0 &&
        differenceKinds.map((kind) => <PagesOfKind key={kind} kind={kind} differences={differences} />)}
      <ReplaySums replay={replay} median={say("replay.delay")} />
      <p className="hint">{say("replay.limits")}</p>
    </>
  );
}

/** What there is none of is not told, but for what the rule is for: what is no longer opened. */
function Incidents({ kind, changes }: { kind: IncidentChangeKind; changes: readonly IncidentChange[] }) {
  const { t: say } = useNoiseWords();
  const those = changes.filter((one) => one.kind === kind);
  const count = those.length;
  if (count === 0) return kind === "not-opened" ? <p className="none">{say(`replay.${kind}`, { count })}</p> : null;
  return (
    <details>
      <summary>{say(`replay.${kind}`, { count })}</summary>
      <LongList all={those} line={(one) => <Line change={one} />} />
    </details>
  );
}

function Line({ change: { kind, alert, incident, before, after, into, rule } }: { change: IncidentChange }) {
  const { t, moment, hour } = useWords();
  const { t: say } = useNoiseWords();
  const at = before ?? after;
  return (
    <>
      <small>
        {incident && (
          <>
            <WhereTo incident={incident} />{" "}
          </>
        )}
        <span className="muted">{at !== null && moment(at)}</span>
      </small>
      <WhereTo incident={null} alert={alert} />
      <small className="muted">
        {before !== null && after !== null && (
          <span>
            <span className="vh">{t("schedule.diff.before")} </span>
            {hour(before)} → <span className="vh">{t("schedule.diff.after")} </span>
            {hour(after)}{" "}
          </span>
        )}
        {rule !== null && say("replay.held", { rule: rule.name || null })}{" "}
        {into !== null && (
          <>
            {say(kind === "opened" ? "replay.was-in" : "replay.joins")}{" "}
            <WhereTo incident={into.incident} alert={into} />
          </>
        )}
      </small>
    </>
  );
}
