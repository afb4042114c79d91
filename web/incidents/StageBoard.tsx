/** The board: what is open, in columns by stage. */
import { memo, useRef } from "react";
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { isMajor, type Placed, shortNumber } from "./arrangement.ts";
import { Choose } from "./Choose.tsx";
import { CommandButton } from "./CommandButton.tsx";
import { useGrowing } from "./growing.tsx";
import { Priority } from "./Priority.tsx";
import { Age, NextDue, Whose } from "./QueueRow.tsx";
import { RowLink } from "./RowLink.tsx";
import { useRowKeys } from "./row-keys.ts";
import { type StageColumn, stageColumns } from "./stage-columns.ts";
import type { StillOrder } from "./still-order.ts";
import "./stage-board.css";

type BoardProps = { still: StillOrder<StageColumn>; me: Me; shown: string };

export function StageBoard({ still, me, shown }: BoardProps) {
  const { order, known } = still;
  const { t } = useWords();
  const board = useRef<HTMLElement>(null);
  useRowKeys(board);
  return (
    <section ref={board} className="stages" aria-label={t("look.board")}>
      {stageColumns.map((column) => (
        <Column
          key={column}
          column={column}
          cards={order.filter((one) => one.group === column)}
          known={known}
          me={me}
          shown={shown}
        />
      ))}
    </section>
  );
}

type ColumnProps = {
  column: StageColumn;
  cards: readonly Placed[];
  known: ReadonlyMap<string, IncidentView>;
  me: Me;
  shown: string;
};

const drawnInColumn = 6;

function Column({ column, cards, known, me, shown }: ColumnProps) {
  const { t } = useWords();
  const { count, end } = useGrowing(cards.length, shown, drawnInColumn);
  const heading = `column-${column}`;
  return (
    <section className="stage" aria-labelledby={heading}>
      <h3 id={heading} title={t(`column.${column}.what`)}>
        {t(`column.${column}`)} <span>{cards.length}</span>
      </h3>
      {cards.length === 0 && <p className="none">{t(`column.${column}.none`)}</p>}
      <ul>
        {cards.slice(0, count).map(({ id }) => {
          const view = known.get(id);
          return view && <Card key={id} view={view} me={me} />;
        })}
      </ul>
      {end}
    </section>
  );
}

const Card = memo(function Card({ view, me }: { view: IncidentView; me: Me }) {
  const { t, year } = useWords();
  const number = shortNumber(view.number, year());
  const free = view.acceptedBy === null && view.milestones.restored === undefined;
  return (
    <li className="card">
      <p className="top">
        <Choose view={view} />
        <Priority view={view} list />
      </p>
      <RowLink view={view} />
      <p className="about">
        <span className="id">{number}</span>{" "}
        {[
          view.exercise && t("exercise.mark"),
          t(`stage.${view.stage}`),
          view.service?.name,
          isMajor(view) && t("category.major"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className="whose">
        <span className="vh">{t("board.assigned")} </span>
        <span>
          <Whose view={view} me={me} />
        </span>
        <span className="age">
          <Age view={view} />
        </span>
      </p>
      <p className="due">
        <NextDue view={view} />
        {free && <CommandButton view={view} command="accept" className="btn s" about={number} accept />}
      </p>
    </li>
  );
});
