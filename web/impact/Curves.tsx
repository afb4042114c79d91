/** The impact on each domain over time: one line of steps for each, on one scale, with a table that says the same. */
import { heightOf, magnitudes } from "#core/kernel/impact-words.ts";
import { minuteMs } from "#core/kernel/time.ts";
import { nameIn } from "../directory/names.ts";
import { useWords, type Words } from "../language/words.tsx";
import type { Asked } from "./draft.ts";
import type { DomainView, ImpactView } from "./queries.ts";
import { markedAt, type Ruler, rulerOf } from "./ruler.ts";
import { type Say, useImpactWords } from "./words.ts";

type Props = { view: ImpactView; onAsk: (asked: Asked) => void };

export function Curves({ view, onAsk }: Props) {
  const { t: say } = useImpactWords();
  const may = view.may.includes("measure-impact");
  return (
    <section className="sec curves" aria-labelledby="curve">
      <header>
        <h2 id="curve">{say("curve")}</h2>
        {may && (
          <button className="btn s push" type="button" onClick={() => onAsk({ command: "measure-impact" })}>
            {say("act.measure-impact")} <kbd>M</kbd>
          </button>
        )}
      </header>
      {view.domains.length === 0 ? (
        <div className="empty">
          <b>{say("curve.none")}</b>
          <p>{say("curve.none.text")}</p>
        </div>
      ) : (
        <>
          <Chart view={view} />
          <Table view={view} />
        </>
      )}
    </section>
  );
}

function Chart({ view }: { view: ImpactView }) {
  const words = useWords();
  const { t: say } = useImpactWords();
  const ruler = rulerOf(view, words.zone);
  const drawn = view.domains.filter(({ steps }) => steps.length > 0);
  return (
    <div className="chart-of-impact">
      <div className="curve-row axis" aria-hidden="true">
        <span />
        <div className="plot">
          {ruler.marks.map((at) => {
            const left = markedAt(ruler, at);
            return (
              <span key={at} className={left > 85 ? "hour late" : "hour"} style={{ left: `${left}%` }}>
                {words.brief(at)}
              </span>
            );
          })}
        </div>
        <span />
      </div>
      {drawn.map((one) => (
        <Row key={one.domain} one={one} ruler={ruler} turns={view.turns} />
      ))}
      <div className="curve-row marks" aria-hidden="true">
        <span />
        <div className="plot">
          {[{ at: view.noticedAt, word: say("mark.noticed") }, ...turnMarks(view, say)].map(({ at, word }) => {
            const left = markedAt(ruler, Date.parse(at));
            return (
              <span key={`${at} ${word}`} className={left > 85 ? "mark end" : "mark"} style={{ left: `${left}%` }}>
                {word}
              </span>
            );
          })}
        </div>
        <span />
      </div>
    </div>
  );
}

const turnMarks = (view: ImpactView, say: Say) =>
  view.turns.map(({ at, back }) => ({ at, word: say(back ? "mark.restored" : "mark.relapsed") }));

const plotHeight = 40;
const levelHeight = plotHeight / (magnitudes.length - 1);

type RowProps = { one: DomainView; ruler: Ruler; turns: ImpactView["turns"] };

function Row({ one, ruler, turns }: RowProps) {
  const words = useWords();
  const { t: say } = useImpactWords();
  const name = nameIn(words.language, one);
  const steps = one.steps.map((step) => ({
    ...step,
    x: markedAt(ruler, Date.parse(step.from)) * 10,
    end: markedAt(ruler, Date.parse(step.until)) * 10,
    top: plotHeight - heightOf(step.magnitude) * levelHeight,
  }));
  return (
    <div className="curve-row">
      <b className="of">{name}</b>
      <div className="plot">
        <svg
          viewBox={`0 0 1000 ${plotHeight}`}
          preserveAspectRatio="none"
          height={plotHeight}
          role="img"
          aria-label={toldIn(words, say, one)}
        >
          {magnitudes.map((magnitude) => {
            const y = plotHeight - heightOf(magnitude) * levelHeight;
            return <line key={magnitude} x1="0" x2="1000" y1={y} y2={y} className="level" />;
          })}
          {steps.map((step) => (
            <rect
              key={`${step.from}`}
              x={step.x}
              y={step.top}
              width={Math.max(0, step.end - step.x)}
              height={plotHeight - step.top}
              className={`m-${step.magnitude}`}
            />
          ))}
          <path d={lineOf(steps)} className="edge" />
          {turns.map(({ at }) => {
            const x = markedAt(ruler, Date.parse(at)) * 10;
            return <line key={at} x1={x} x2={x} y1="0" y2={plotHeight} className="turn" />;
          })}
        </svg>
      </div>
      <span className="sum">
        <b>{say(`magnitude.${one.now}`)}</b>
        <small>
          {[say("curve.peak", { magnitude: say(`magnitude.${one.peak}`) }), ...sumsOf(words, say, one)].join(" · ")}
        </small>
      </span>
    </div>
  );
}

/** Up and down with each step, from nothing. */
function lineOf(steps: readonly { readonly x: number; readonly end: number; readonly top: number }[]): string {
  let d = "";
  for (const { x, end, top } of steps) d += d === "" ? `M${x} ${plotHeight}V${top}H${end}` : `H${x}V${top}H${end}`;
  return d;
}

function sumsOf(words: Words, say: Say, { minutesAt, personMinutes }: DomainView): string[] {
  const { none: _, ...above } = minutesAt;
  const minutes = Object.values(above).reduce((sum, one) => sum + one, 0);
  const hours = personMinutes === null ? null : Math.round(personMinutes / 60);
  return [
    ...(minutes > 0 ? [words.lasting(minutes * minuteMs)] : []),
    ...(hours ? [say("curve.people", { count: hours })] : []),
  ];
}

function toldIn(words: Words, say: Say, one: DomainView): string {
  const steps = one.steps.map(({ magnitude, from }) =>
    say("curve.step", { magnitude: say(`magnitude.${magnitude}`), from: words.moment(from) }),
  );
  const [first, last] = [one.steps[0], one.steps.at(-1)];
  return say("curve.drawn", {
    domain: nameIn(words.language, one),
    from: first ? words.moment(first.from) : "",
    until: last ? words.moment(last.until) : "",
    steps: words.list(steps),
  });
}

function Table({ view }: { view: ImpactView }) {
  const words = useWords();
  const { t: say } = useImpactWords();
  const heads = ["domain", "from", "until", "magnitude", "people", "because"] as const;
  return (
    <details className="disclose">
      <summary>{say("curve.table")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section className="wide-table" aria-label={say("curve.table")} tabIndex={0}>
        <table className="tbl">
          <caption className="vh">{say("curve")}</caption>
          <thead>
            <tr>
              {heads.map((one) => (
                <th key={one} scope="col">
                  {say(`table.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.domains.flatMap((one) =>
              one.steps.map((step, index) => (
                <tr key={`${one.domain} ${step.from}`}>
                  <th scope="row">{nameIn(words.language, one)}</th>
                  <td>{words.moment(step.from)}</td>
                  <td>{index === one.steps.length - 1 ? say("curve.goes-on") : words.moment(step.until)}</td>
                  <td>{say(`magnitude.${step.magnitude}`)}</td>
                  <td>{step.people ?? "–"}</td>
                  <td>
                    {step.because === "observed"
                      ? (one.observations.find(({ number }) => number === step.observation)?.by ?? "")
                      : say(`because.${step.because}`)}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
    </details>
  );
}
