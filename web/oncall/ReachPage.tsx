/** Proof of reach: for every service and every instant of the weeks to come, would somebody be asked in time. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { proveReach } from "#contract/reach.ts";
import { hourMs } from "#core/kernel/time.ts";
import { call } from "../client.ts";
import { ListFrame, Section, useOnCallTabs } from "../directory/frame.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { SelectField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { saveFile } from "../ui/save-file.ts";
import { ReachStrips } from "./ReachStrips.tsx";
import { type Proof, proofCommand, type Subject, subjectKey, useSubjectName } from "./reach-subjects.ts";
import "./reach.css";

const route = getRouteApi("/shell/reach");
const weeksChoices = [2, 4, 8, 13, 26];
const withinChoices = [5, 10, 15, 30, 60];

export function ReachPage() {
  const words = useWords();
  const { t, dateTime } = words;
  const { weeks = 13, within = 15 } = route.useSearch();
  const { data: proof, error } = useQuery({
    queryKey: ["reach", weeks, within],
    queryFn: ({ signal }) => call(proveReach, { body: { weeks, withinMinutes: within }, signal }),
  });
  return (
    <ListFrame
      title={t("reach.title")}
      tabs={useOnCallTabs()}
      act={
        <button className="btn s" type="button" onClick={() => window.print()}>
          {t("reach.print")}
        </button>
      }
    >
      <Choices weeks={weeks} within={within} />
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {proof && (
        <>
          <Lead proof={proof} />
          <ReachStrips proof={proof} />
          <div className="page sides wide-left flush">
            <div>
              <Holes proof={proof} />
            </div>
            <div>
              <Certificate proof={proof} weeks={weeks} />
              <Deaf proof={proof} />
              <Weak proof={proof} />
            </div>
          </div>
          <p className="muted print-only">{t("reach.printed", { at: dateTime(proof.at) })}</p>
        </>
      )}
    </ListFrame>
  );
}

function Choices({ weeks, within }: { weeks: number; within: number }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const choose = (part: { weeks?: number; within?: number }) =>
    void navigate({ to: "/reach", search: { weeks, within, ...part }, replace: true });
  return (
    <div className="reach-choices">
      <SelectField
        label={t("reach.weeks")}
        value={String(weeks)}
        onChange={(value) => choose({ weeks: Number(value) })}
        options={weeksChoices.map((one) => ({ value: String(one), label: t("reach.weeks.count", { count: one }) }))}
      />
      <SelectField
        label={t("reach.within")}
        value={String(within)}
        onChange={(value) => choose({ within: Number(value) })}
        options={withinChoices.map((one) => ({ value: String(one), label: t("reach.within.count", { count: one }) }))}
      />
    </div>
  );
}

function Lead({ proof }: { proof: Proof }) {
  const { t, lasting, phrase, percent } = useWords();
  const holes = proof.subjects.flatMap((one) => one.holes);
  const first = holes.toSorted((a, b) => (a.from < b.from ? -1 : 1))[0];
  const hours = proof.subjects.reduce((sum, one) => sum + one.holeHours, 0);
  const whole = proof.subjects.filter((one) => one.holes.length === 0).length;
  return (
    <div className="reach-lead">
      <div>
        <h2>
          {first ? <Icon name="fault" size={15} /> : <Icon name="check" size={16} />}
          {first
            ? t("reach.holes", {
                count: holes.length,
                until: phrase("until", proof.until),
                first: phrase("at", first.from),
              })
            : t("reach.none", { until: phrase("until", proof.until) })}
        </h2>
        <p className="muted">{t("reach.question", { minutes: proof.withinMinutes })}</p>
      </div>
      <dl>
        <div>
          <dt>{t("reach.share")}</dt>
          <dd>{percent(proof.share)}</dd>
        </div>
        <div>
          <dt>{t("reach.hours")}</dt>
          <dd>{hours > 0 ? lasting(hours * hourMs) : t("reach.hours.none")}</dd>
        </div>
        <div>
          <dt>{t("reach.whole")}</dt>
          <dd>{t("reach.whole.count", { count: whole, all: proof.subjects.length })}</dd>
        </div>
      </dl>
    </div>
  );
}

type Because = Subject["holes"][number]["because"];

export function Reasons({ because }: { because: Because }) {
  const { t } = useWords();
  return (
    <ul className="reasons">
      {because.map(({ step, target, reason }) => (
        <li key={`${step} ${target} ${reason}`}>
          {t("reach.reason", { step: step + 1, target: target || null, reason: t(`reach.${reason}`) })}
        </li>
      ))}
    </ul>
  );
}

function Holes({ proof }: { proof: Proof }) {
  const { t, moment, lasting } = useWords();
  const nameOf = useSubjectName();
  const holes = proof.subjects
    .flatMap((subject) => subject.holes.map((hole) => ({ subject, ...hole })))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  return (
    <Section title={t("reach.holes.title")}>
      {holes.length === 0 && <p className="muted">{t("reach.holes.none")}</p>}
      <ol className="holes">
        {holes.slice(0, 100).map(({ subject, from, until, because }) => (
          <li key={`${subjectKey(subject)} ${from}`}>
            <div className="when">
              <b>
                {moment(from)} → {moment(until)}
              </b>
              <small className="fault">{lasting(Date.parse(until) - Date.parse(from))}</small>
            </div>
            <div>
              <b>{nameOf(subject)}</b>
              <Reasons because={because} />
              <PolicyLink subject={subject} />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function PolicyLink({ subject: { policy } }: { subject: Subject }) {
  const { t } = useWords();
  const { policies } = useNamed();
  if (!policies.some((one) => one.id === policy.id)) return <small className="muted">{t("policy.built-in")}</small>;
  return (
    <Link to="/escalation-policies/$id" params={{ id: policy.id }}>
      {policy.name}
    </Link>
  );
}

function Certificate({ proof, weeks }: { proof: Proof; weeks: number }) {
  const { t, dateTime } = useWords();
  const save = () =>
    saveFile(
      `${t("reach.file")}-${proof.at.slice(0, 10)}.json`,
      "application/json",
      `${JSON.stringify({ format: "tocsin-reach-proof", version: 1, ...proof }, null, 2)}\n`,
    );
  return (
    <Section title={t("reach.certificate")}>
      <p>{t("reach.certificate.text", { at: dateTime(proof.at), weeks, minutes: proof.withinMinutes })}</p>
      <p className="muted">{t("reach.certificate.limit")}</p>
      <p className="mono wraps">{proofCommand(weeks, proof.withinMinutes)}</p>
      <p className="acts">
        <button className="btn s" type="button" onClick={save}>
          {t("reach.certificate.save")}
        </button>
      </p>
    </Section>
  );
}

/** Whom an escalation may ask in vain; nothing when there is none. */
function Deaf({ proof: { deaf } }: { proof: Proof }) {
  const { t, language } = useWords();
  const { teams, functions, services, nameOf: personNamed } = useNamed();
  if (deaf.length === 0) return null;
  const nameOf = ({ kind, id }: Proof["deaf"][number]): string => {
    if (kind === "person") return personNamed(id);
    if (kind === "team") return teams.find((one) => one.id === id)?.name ?? "…";
    const found = (kind === "function" ? functions : services).find((one) => one.id === id);
    const name = found ? nameIn(language, found) : "…";
    return kind === "function" ? name : t("reach.deaf.owner", { name });
  };
  return (
    <Section title={t("reach.deaf")} note={t("reach.deaf.note")}>
      <ul className="lines">
        {deaf.map((one) => (
          <li key={`${one.kind} ${one.id}`}>
            <b>{nameOf(one)}</b>
            <Reasons because={one.because} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Weak({ proof }: { proof: Proof }) {
  const { t, lasting } = useWords();
  const nameOf = useSubjectName();
  const weak = proof.subjects.filter((one) => one.weak.length > 0).sort((a, b) => b.weakHours - a.weakHours);
  return (
    <Section title={t("reach.weak")} note={t("reach.weak.note")}>
      {weak.length === 0 && <p className="muted">{t("reach.weak.none")}</p>}
      <ul className="lines">
        {weak.map((subject) => (
          <li key={subjectKey(subject)}>
            <span>
              <b>{nameOf(subject)}</b> <small className="muted">{lasting(subject.weakHours * hourMs)}</small>
            </span>
            <Reasons because={subject.weak[0]?.because ?? []} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
