/** Turns in one's own calendar program, absences out of it, and hours for whoever counts them. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { addCalendarFeed, importAbsences, listCalendarFeeds, revokeCalendarFeed } from "#contract/calendars.ts";
import { readScheduleHours } from "#contract/oncall.ts";
import { dayMs, toIso } from "#core/kernel/time.ts";
import type { Schedule } from "#core/oncall/schedule.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { Section } from "../directory/frame.tsx";
import { useNamed } from "../directory/names.ts";
import { useChange } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { Fault } from "../ui/marks.tsx";
import { now } from "../ui/now.ts";
import { OnceShown } from "../ui/OnceShown.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { saveFile } from "../ui/save-file.ts";
import { hoursCsv } from "./hours-csv.ts";

type Kind = z.input<typeof addCalendarFeed.body>["kind"];

export function Calendars({ schedule }: { schedule: Schedule }) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const feeds = useQuery({
    queryKey: ["calendar-feeds"],
    queryFn: ({ signal }) => call(listCalendarFeeds, { signal }),
  });
  const add = useChange((body: { kind: Kind; subject: string }) => call(addCalendarFeed, { body }));
  const end = useChange((id: string) => call(revokeCalendarFeed, { params: { id } }));
  const once = useOneAtATime();
  const make = (kind: Kind, subject: string) => once(() => add.mutateAsync({ kind, subject }).catch(() => {}));
  const mine = (feeds.data?.data ?? []).filter((one) => one.subject === schedule.id || one.subject === me.id);
  const error = add.error ?? end.error;
  return (
    <Section title={t("calendar.title")}>
      <p className="muted">{t("calendar.text")}</p>
      <p className="acts">
        <button className="btn s" type="button" onClick={() => make("person", me.id)}>
          {t("calendar.mine")}
        </button>
        <button className="btn s" type="button" onClick={() => make("schedule", schedule.id)}>
          {t("calendar.all")}
        </button>
      </p>
      {add.data && <OnceShown title={t("calendar.once")} code={add.data.address} />}
      <ul className="lines">
        {mine.map((one) => (
          <FeedLine key={one.id} feed={one} onEnd={() => once(() => end.mutateAsync(one.id).catch(() => {}))} />
        ))}
      </ul>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      <HoursFile schedule={schedule} />
    </Section>
  );
}

type Feed = z.output<typeof listCalendarFeeds.output>["data"][number];

function FeedLine({ feed, onEnd }: { feed: Feed; onEnd: () => void }) {
  const { t, phrase } = useWords();
  return (
    <li>
      <span>
        {t(feed.kind === "person" ? "calendar.mine.line" : "calendar.all.line")}{" "}
        <small className="muted">
          {feed.usedAt === null ? t("calendar.unread") : t("calendar.read", { at: phrase("at", feed.usedAt) })}
        </small>
      </span>
      <button className="link" type="button" onClick={onEnd}>
        {t("calendar.end")}
      </button>
    </li>
  );
}

const reportedMs = 31 * dayMs;

/** Of the last month, in the schedule's own zone. */
function HoursFile({ schedule }: { schedule: Schedule }) {
  const words = useWords();
  const { t } = words;
  const { nameOf } = useNamed();
  const [error, setError] = useState<unknown>(null);
  const once = useOneAtATime();
  const save = () =>
    once(async () => {
      setError(null);
      const until = now();
      const query = { from: toIso(until - reportedMs), until: toIso(until) };
      try {
        const { data } = await call(readScheduleHours, { params: { id: schedule.id }, query });
        const heads = [t("schedule.person"), t("hours.all"), t("hours.weekend"), t("hours.night"), t("hours.turns")];
        const rows = data.map((one) => [nameOf(one.person), one.hours, one.weekendHours, one.nightHours, one.turns]);
        saveFile(`${t("hours.file")}-${query.until.slice(0, 10)}.csv`, "text/csv", hoursCsv([heads, ...rows]));
      } catch (failure) {
        setError(failure);
      }
    });
  return (
    <>
      <p className="acts">
        <button className="btn s" type="button" onClick={save}>
          {t("hours.save")}
        </button>
      </p>
      {error !== null && <Fault>{failureSentence(words, error)}</Fault>}
    </>
  );
}

/** Read first, and kept only when it was seen. */
export function ImportAbsences() {
  const words = useWords();
  const { t, moment } = words;
  const [text, setText] = useState("");
  const read = useChange((calendar: string) => call(importAbsences, { body: { calendar, preview: true } }));
  const keep = useChange((calendar: string) => call(importAbsences, { body: { calendar } }));
  const once = useOneAtATime();
  const found = read.data?.absences ?? [];
  const error = read.error ?? keep.error;
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const content = await file.text();
    setText(content);
    read.mutate(content);
  };
  const accept = () =>
    once(() =>
      keep.mutateAsync(text).then(
        () => {
          announce(t("frame.saved"));
          setText("");
          read.reset();
        },
        () => {},
      ),
    );
  return (
    <div className="import">
      <label className="btn s">
        {t("calendar.import")}
        <input
          className="vh"
          type="file"
          accept=".ics,text/calendar"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
      </label>
      {read.data && (
        <>
          <p className="muted">{t("calendar.import.found", { count: found.length, left: read.data.left })}</p>
          <ul className="lines">
            {found.slice(0, 8).map((one) => (
              <li key={one.from + one.summary}>
                <span>{one.summary}</span>{" "}
                <small className="muted">
                  {t("schedule.stretch", { from: moment(one.from), until: moment(one.until) })}
                </small>
              </li>
            ))}
          </ul>
          {found.length > 0 && (
            <button className="btn s primary" type="button" onClick={accept}>
              {t("calendar.import.keep", { count: found.length })}
            </button>
          )}
        </>
      )}
      {error && <Fault>{failureSentence(words, error)}</Fault>}
    </div>
  );
}
