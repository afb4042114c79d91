/** Calendars by which targets in open hours are counted. */
import { useQuery } from "@tanstack/react-query";
import type { BusinessCalendarLine } from "#contract/clocks.ts";
import { useWords } from "../language/words.tsx";
import { useOpenings, usePlaceName } from "../oncall/LayerRules.tsx";
import { BusinessCalendarForm } from "./BusinessCalendarForm.tsx";
import { AdminAct, Section } from "./frame.tsx";
import { nameIn } from "./names.ts";
import { businessCalendarsQuery } from "./queries.ts";

export function BusinessCalendars() {
  const { t, language } = useWords();
  const calendars = useQuery(businessCalendarsQuery()).data?.data ?? [];
  const taken = new Set(calendars.map(({ id }) => id));
  return (
    <Section title={t("calendars.title")} note={t("calendars.note")}>
      <ul className="lines">
        {calendars.map((one) => (
          <li key={one.id}>
            <span>
              {nameIn(language, one)} {one.retired && <span className="chip">{t("category.retired")}</span>}
              <Hours calendar={one} />
            </span>
            <AdminAct
              word={t("frame.change")}
              about={nameIn(language, one)}
              keeper
              quiet
              form={(close) => <BusinessCalendarForm calendar={one} taken={taken} onClose={close} />}
            />
          </li>
        ))}
      </ul>
      <AdminAct
        word={t("calendar.add")}
        keeper
        quiet
        form={(close) => <BusinessCalendarForm taken={taken} onClose={close} />}
      />
    </Section>
  );
}

function Hours({ calendar: { hours, since } }: { calendar: BusinessCalendarLine }) {
  const words = useWords();
  const { t } = words;
  const openings = useOpenings();
  const placeName = usePlaceName();
  return (
    <small className="muted">
      {[
        openings(hours),
        hours.holidays && t(`layer.holidays.rule.${hours.holidays.on}`, { place: placeName(hours.holidays.place) }),
        hours.zone,
        since && t("calendar.since", { moment: words.phrase("since", since) }),
      ]
        .filter(Boolean)
        .join(" · ")}
    </small>
  );
}

/** A calendar by its name, where a target or a service names one. */
export function useCalendarNames(): (id: string) => string {
  const { language } = useWords();
  const calendars = useQuery(businessCalendarsQuery()).data?.data;
  return (id) => {
    const found = calendars?.find((one) => one.id === id);
    return found ? nameIn(language, found) : id;
  };
}

/** Those that may be chosen, and the one that is. */
export function useCalendarOptions(chosen: string): { value: string; label: string }[] {
  const { language } = useWords();
  const calendars = useQuery(businessCalendarsQuery()).data?.data ?? [];
  return calendars
    .filter(({ id, retired }) => !retired || id === chosen)
    .map((one) => ({ value: one.id, label: nameIn(language, one) }));
}
