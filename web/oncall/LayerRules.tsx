/** By which rules a schedule turns, layer by layer, in words. */
import { useQuery } from "@tanstack/react-query";
import type { OpeningHours } from "#core/oncall/opening-hours.ts";
import type { Rotation } from "#core/oncall/rotation.ts";
import type { NamedLayer } from "#core/oncall/schedule.ts";
import { Fact, Facts } from "../directory/frame.tsx";
import { useWords } from "../language/words.tsx";
import { Holder } from "./Holder.tsx";
import { placesQuery } from "./holidays.ts";

export function LayerRules({ layers }: { layers: readonly NamedLayer[] }) {
  const { t } = useWords();
  return layers.map((layer, index) => (
    <div key={layer.id} className="layer-rule">
      {layers.length > 1 && <h3>{layer.name || t("layer.number", { number: index + 1 })}</h3>}
      <Rule layer={layer} Heading={layers.length > 1 ? "h4" : "h3"} />
    </div>
  ));
}

type RuleProps = { layer: NamedLayer; Heading: "h3" | "h4" };

function Rule({ layer: { rotation, restriction }, Heading }: RuleProps) {
  const { t, date } = useWords();
  const handover = useHandover();
  const hours = useOpenings();
  const placeName = usePlaceName();
  const first = firstDay(rotation);
  return (
    <>
      <Facts>
        <Fact word={t("schedule.handover")}>{handover(rotation)}</Fact>
        {restriction && <Fact word={t("layer.hours")}>{hours(restriction)}</Fact>}
        {restriction?.holidays && (
          <Fact word={t("layer.holidays")}>
            {t(`layer.holidays.rule.${restriction.holidays.on}`, { place: placeName(restriction.holidays.place) })}
          </Fact>
        )}
        <Fact word={t("people.zone")}>{rotation.zone}</Fact>
        <Fact word={t("schedule.since")}>{date(first, rotation.zone)}</Fact>
      </Facts>
      <Heading className="of-order">{t("schedule.order")}</Heading>
      <ol className="order">
        {rotation.participants.map((person, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: somebody may come twice, and a turn is its place
          <li key={index}>
            <Holder person={person} />
          </li>
        ))}
      </ol>
    </>
  );
}

const firstDay = ({ startDate, zone }: Rotation): number =>
  Temporal.PlainDate.from(startDate).toZonedDateTime(zone).epochMilliseconds;

export function useHandover(): (rotation: Rotation) => string {
  const { t, weekday } = useWords();
  return (rotation) => {
    const hour = rotation.handoverTime;
    switch (rotation.kind) {
      case "weekly":
        return t("schedule.handover.rule", {
          weeks: rotation.lengthWeeks,
          day: weekday(firstDay(rotation), rotation.zone),
          hour,
        });
      case "daily":
        return t("schedule.handover.daily", { days: rotation.lengthDays, hour });
      case "hourly":
        return t("schedule.handover.hourly", { hours: rotation.lengthHours, hour });
    }
  };
}

export function usePlaceName(): (place: string) => string {
  const { language } = useWords();
  const { data } = useQuery(placesQuery());
  return (place) => {
    const found = data?.data.find((one) => one.place === place);
    return found ? (language === "fr" ? found.nameFr : found.nameEn) : place;
  };
}

export function useOpenings(): (hours: Pick<OpeningHours, "openings">) => string {
  const { t, list, weekdayNamed } = useWords();
  return ({ openings }) =>
    list(
      openings.map(({ days, from, until }) =>
        t("layer.opening", { days: list(days.map(weekdayNamed)), from, until: until === "24:00" ? "24:00" : until }),
      ),
    );
}
