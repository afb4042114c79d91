/** The laws that an organisation says are its own, with the days on which each place works. */
import type { BoundLaw } from "../../core/obligations/bound.ts";
import { mondayToFriday } from "../../core/obligations/bound.ts";
import { holidaysOf, type Years } from "../platform/public-holidays.ts";

type RowsOf = <Row extends object>(text: string) => Promise<Row[]>;
type Row = Pick<BoundLaw, "law" | "traits" | "targets" | "place"> & { readonly zone: string | null };

export async function readLaws(rowsOf: RowsOf, years: Years, zone: string): Promise<ReadonlyMap<string, BoundLaw>> {
  const rows = await rowsOf<Row>("select law, traits, targets, zone, place from bound_laws order by at, law");
  const places = [...new Set(rows.map(({ place }) => place).filter((place) => place !== null))];
  const holidays = await holidaysOf(places, years);
  const closed = (place: string | null): string[] =>
    holidays
      .find((one) => one.place === place)
      ?.days.filter(({ optional }) => !optional)
      .map(({ date }) => date) ?? [];
  return new Map(
    rows.map(({ zone: own, ...row }) => [
      row.law,
      { ...row, days: { zone: own ?? zone, weekdays: mondayToFriday, closedOn: closed(row.place) } },
    ]),
  );
}
