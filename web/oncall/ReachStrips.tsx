/** The weeks to come as one strip a subject, holes where nobody would be asked: for the eye; the list says the same. */
import { dayMs, hourMs } from "#core/kernel/time.ts";
import { useWords } from "../language/words.tsx";
import { type Proof, type Subject, subjectKey, useSubjectName } from "./reach-subjects.ts";

const weekMs = 7 * dayMs;

export function ReachStrips({ proof }: { proof: Proof }) {
  const { t, briefDay } = useWords();
  const nameOf = useSubjectName();
  const [from, until] = [Date.parse(proof.from), Date.parse(proof.until)];
  const weeks = Math.round((until - from) / weekMs);
  const numbers = [...Array(weeks).keys()];
  /* A date has the room of two short weeks. */
  const every = Math.ceil(weeks / 7);
  const shown = merged(proof.subjects);
  return (
    <figure className="strips" aria-label={t("reach.strips")}>
      <div className="strip dates" aria-hidden="true">
        <span>{t("reach.week-of")}</span>
        <span className="weeks">
          {numbers.map((week) => (
            <small key={week}>{week % every === 0 ? briefDay(from + week * weekMs) : ""}</small>
          ))}
        </span>
        <span />
      </div>
      {shown.map((subject) => (
        <div className="strip" key={subjectKey(subject)}>
          <span>{nameOf(subject)}</span>
          <svg viewBox={`0 0 ${weeks * 70} 30`} preserveAspectRatio="none" aria-hidden="true">
            <rect className="cov" width={weeks * 70} height="30" />
            {numbers.slice(1).map((week) => (
              <path key={week} className="wk" d={`M${week * 70} 0v30`} />
            ))}
            {subject.weak.map((one) => (
              <Part key={one.from} kind="we" part={one} {...{ from, until, weeks }} />
            ))}
            {subject.holes.map((one) => (
              <Part key={one.from} kind="ho" part={one} {...{ from, until, weeks }} />
            ))}
          </svg>
          <HoleWord subject={subject} />
        </div>
      ))}
      <figcaption className="legend">
        <span>
          <i className="cov" />
          {t("reach.legend.reached")}
        </span>
        <span>
          <i className="we" />
          {t("reach.legend.weak")}
        </span>
        <span>
          <i className="ho" />
          {t("reach.legend.hole")}
        </span>
      </figcaption>
    </figure>
  );
}

/** Most are the same at both urgencies: then one strip tells both. */
function merged(subjects: readonly Subject[]): Subject[] {
  const ofOne = ({ through, service, policy }: Subject): string => JSON.stringify([through, service, policy.id]);
  const same = (one: Subject, other: Subject | undefined): boolean =>
    other !== undefined && JSON.stringify([one.holes, one.weak]) === JSON.stringify([other.holes, other.weak]);
  const pressing = Map.groupBy(
    subjects.filter(({ urgency }) => urgency === "high"),
    ofOne,
  );
  return subjects.filter((one) => one.urgency === "high" || !same(one, pressing.get(ofOne(one))?.[0]));
}

type PartProps = {
  kind: "we" | "ho";
  part: { readonly from: string; readonly until: string };
  from: number;
  until: number;
  weeks: number;
};

/** Never so thin that it is not seen. */
function Part({ kind, part, from, until, weeks }: PartProps) {
  const scale = (weeks * 70) / (until - from);
  const x = (Date.parse(part.from) - from) * scale;
  const width = Math.max(2, (Date.parse(part.until) - Date.parse(part.from)) * scale);
  return <rect className={kind} x={x} width={width} height="30" />;
}

function HoleWord({ subject: { holeHours, weakHours } }: { subject: Subject }) {
  const { t, lasting } = useWords();
  if (holeHours > 0) return <b className="fault">{lasting(holeHours * hourMs)}</b>;
  return <span className="muted">{weakHours > 0 ? t("reach.legend.weak") : t("reach.proved")}</span>;
}
