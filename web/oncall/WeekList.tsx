/** The list twin of the week: the same, for whoever reads by ear or works by keyboard. */
import type { Span } from "#core/kernel/spans.ts";
import type { FinalSchedule } from "#core/oncall/final-schedule.ts";
import type { NamedLayer } from "#core/oncall/schedule.ts";
import { useWords } from "../language/words.tsx";
import { Holder } from "./Holder.tsx";

type Props = {
  final: FinalSchedule;
  layers: readonly NamedLayer[];
  at: number;
  onPick: (span: Span, person: string | null) => void;
};

export function WeekList({ final, layers, at, onPick }: Props) {
  const { t } = useWords();
  const rows = [
    ...final.stretches.map(({ held, ...span }) => ({
      ...span,
      person: held.personId as string | null,
      why:
        held.by.kind === "override"
          ? t("schedule.override")
          : (layers.find((one) => one.id === held.by.id)?.name ?? ""),
    })),
    ...final.gaps.map(({ declared, ...span }) => ({
      ...span,
      person: null,
      why: declared ? t("schedule.gap.meant") : "",
    })),
  ].sort((a, b) => a.from - b.from);
  return (
    <table className="tbl turns week-list">
      <caption>{t("schedule.list")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("schedule.person")}</th>
          <th scope="col" className="roomy">
            {t("schedule.from")}
          </th>
          <th scope="col" className="roomy">
            {t("schedule.until")}
          </th>
          <th scope="col" className="num roomy">
            {t("schedule.length")}
          </th>
          <th scope="col">
            <span className="vh">{t("schedule.act")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.from} row={row} at={at} onPick={onPick} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = {
  row: Span & { readonly person: string | null; readonly why: string };
  at: number;
  onPick: Props["onPick"];
};

function Row({ row, at, onPick }: RowProps) {
  const { t, moment, exact, lasting } = useWords();
  return (
    <tr>
      <th scope="row">
        <Holder person={row.person} />
        {row.from <= at && at < row.until && <span className="chip solid">{t("schedule.now")}</span>}
        {row.why && <small className="muted">{row.why}</small>}
        <small className="tight">
          {`${t("schedule.week.span", { from: moment(row.from), until: moment(row.until) })} · ${lasting(row.until - row.from)}`}
        </small>
      </th>
      <td className="roomy">
        <time dateTime={new Date(row.from).toISOString()} title={exact(row.from)}>
          {moment(row.from)}
        </time>
      </td>
      <td className="roomy">
        <time dateTime={new Date(row.until).toISOString()} title={exact(row.until)}>
          {moment(row.until)}
        </time>
      </td>
      <td className="num roomy">{lasting(row.until - row.from)}</td>
      <td className="num">
        {row.until > at && (
          <button className="link" type="button" onClick={() => onPick(row, row.person)}>
            {t("schedule.replace")}
            <span className="vh"> {moment(row.from)}</span>
          </button>
        )}
      </td>
    </tr>
  );
}
