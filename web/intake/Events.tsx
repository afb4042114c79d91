/** The latest calls of one source, read again every few seconds: what each told of, what became of it, and why. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Received } from "#contract/integrations.ts";
import { Section } from "../directory/frame.tsx";
import { shortNumber } from "../incidents/arrangement.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault, Reason } from "../ui/marks.tsx";
import { integrationLogQuery } from "./queries.ts";
import { useIntakeWords } from "./words.ts";

export function Events({ id }: { id: string }) {
  const words = useWords();
  const { t: say } = useIntakeWords();
  const { data, error } = useQuery(integrationLogQuery(id));
  const last = data?.data[0];
  return (
    <Section title={say("events.title")} note={last && say("events.last", { when: words.phrase("at", last.at) })}>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data && !last && (
        <div className="empty">
          <h3>{say("events.none.title")}</h3>
          <p>{say("events.none")}</p>
        </div>
      )}
      {last && <EventsTable events={data.data} />}
    </Section>
  );
}

function EventsTable({ events }: { events: readonly Received[] }) {
  const { moment, exact } = useWords();
  const { t: say } = useIntakeWords();
  return (
    <table className="tbl events">
      <caption className="vh">{say("events.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{say("events.at")}</th>
          <th scope="col">{say("events.what")}</th>
          <th scope="col">{say("events.became")}</th>
        </tr>
      </thead>
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the log has no ids, and is only read
        <tbody key={`${event.at}-${index}`}>
          {rowsOf(event).map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in its call
            <tr key={place}>
              <td>
                {place === 0 && (
                  <time dateTime={event.at} title={exact(event.at)}>
                    {moment(event.at)}
                  </time>
                )}
              </td>
              <td>
                <What event={event} row={row} />
              </td>
              <td>
                <Became event={event} row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

type Result = Received["results"][number];
/** A result; how many more there were; or the call itself, of which nothing was made. */
type Row = Result | { readonly rest: number } | null;

export function rowsOf({ results, count }: Received): readonly Row[] {
  if (results.length === 0) return [null];
  return count > results.length ? [...results, { rest: count - results.length }] : results;
}

function What({ event, row }: { event: Received; row: Row }) {
  const { t: say } = useIntakeWords();
  const trial = event.trial && <small className="muted">{say("events.trial")}</small>;
  if (row === null) return <span className="muted">{say("events.call")}</span>;
  if ("rest" in row) return <span className="muted">{say("events.rest", { count: row.rest })}</span>;
  return (
    <>
      {row.alert === null ? (
        <Key of={row} />
      ) : (
        <Link to="/alerts/$id" params={{ id: row.alert.id }}>
          {row.alert.title}
        </Link>
      )}
      {trial}
    </>
  );
}

/** Many are sixty-four signs of a hash: their beginning tells them apart. A change is named by its words. */
function Key({ of: { key, became } }: { of: Result }) {
  if (became === "change-kept") return <>{key}</>;
  return <code title={key}>{key.length > keyShown ? `${key.slice(0, keyShown)}…` : key}</code>;
}

const keyShown = 24;

export function Became({ event, row }: { event: Received; row: Row }) {
  const { find } = useWords();
  const { t: say } = useIntakeWords();
  if (row === null)
    return event.outcome === "accepted" ? <Line>{say("events.empty")}</Line> : <Refused event={event} />;
  if ("rest" in row) return null;
  const { became, because } = row;
  const why = because && (find(`reason.ignored.${because}`) ?? find(`reason.joined.${because}`) ?? because);
  return (
    <>
      <Line quiet={became === "ignored" || became === "unchanged"}>
        {find(`intake.${became}`) ?? became} <IncidentNumber incident={row.incident} />
      </Line>
      {why && <Why>{why}</Why>}
      {event.warnings.length > 0 && <Told word={say("events.warned")} lines={event.warnings} />}
    </>
  );
}

function Why({ children }: { children: string }) {
  const { t } = useWords();
  return <Reason label={t("ui.reason")}>{children}</Reason>;
}

function IncidentNumber({ incident }: { incident: Result["incident"] }) {
  const { year } = useWords();
  if (incident === null) return null;
  return (
    <Link to="/incidents/$number" params={{ number: incident.number }}>
      {shortNumber(incident.number, year())}
    </Link>
  );
}

function Line({ quiet, children }: { quiet?: boolean; children: ReactNode }) {
  return (
    <span className="event-became">
      <Icon name={quiet ? "small" : "check"} size={14} />
      <span>{children}</span>
    </span>
  );
}

function Refused({ event }: { event: Received }) {
  const { t: say } = useIntakeWords();
  const because = event.because ?? "invalid";
  const told = because === "invalid" || because === "partly" || because === "in-vain";
  return (
    <>
      <span className="event-became refused">
        <Icon name="fault" size={14} />
        <span>{say(`refused.${because}`)}</span>
      </span>
      {told && <Told word={say("events.told")} lines={event.errors} />}
    </>
  );
}

/** In English, whatever the reader's language: it is what stands in the sender's own log. */
function Told({ word, lines }: { word: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="told">
      <p className="muted">{word}</p>
      <ul lang="en">
        {[...new Set(lines)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
