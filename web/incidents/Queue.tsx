/** The list: in three groups, or in one's own. */
import { useRef } from "react";
import type { Me } from "#contract/account.ts";
import { useWords } from "../language/words.tsx";
import type { Placed } from "./arrangement.ts";
import { useGrowing } from "./growing.tsx";
import { QueueRow } from "./QueueRow.tsx";
import { useRowKeys } from "./row-keys.ts";
import { chooseAll, chooseNone, useAllChosen } from "./selection.ts";
import type { StillOrder } from "./still-order.ts";

type QueueProps<In extends string> = { still: StillOrder<In>; groups: readonly In[]; me: Me; shown: string };

export function Queue<In extends "waiting" | "working" | "restored" | "asked" | "held" | "team">(
  props: QueueProps<In>,
) {
  const { still, groups, me, shown } = props;
  const { order, known } = still;
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  const { count, end } = useGrowing(order.length, shown);
  useRowKeys(list);
  const drawn = order.slice(0, count);
  return (
    <>
      <div className="cols">
        <ChooseShown ids={order} />
        <span aria-hidden="true">{t("board.priority")}</span>
        <span aria-hidden="true">{t("board.incident")}</span>
        <span aria-hidden="true">{t("board.state")}</span>
        <span aria-hidden="true" className="w">
          {t("board.assigned")}
        </span>
        <span aria-hidden="true" className="r">
          {t("board.duration")}
        </span>
        <span aria-hidden="true">{t("board.next")}</span>
      </div>
      <div ref={list} className="queue">
        {groups.map((group) => {
          const rows = drawn.filter((one) => one.group === group);
          if (rows.length === 0) return null;
          return (
            <section key={group} aria-label={t(`board.group.${group}`)}>
              <h3 className="group">
                {t(`board.group.${group}`)} <span>{order.filter((one) => one.group === group).length}</span>
              </h3>
              <ul>
                {rows.map(({ id }) => {
                  const view = known.get(id);
                  return view && <QueueRow key={id} view={view} me={me} />;
                })}
              </ul>
            </section>
          );
        })}
        {end}
      </div>
    </>
  );
}

/** All that the filter leaves, or none. */
function ChooseShown({ ids }: { ids: readonly Placed[] }) {
  const { t } = useWords();
  const chosen = useAllChosen();
  const count = ids.filter(({ id }) => chosen.has(id)).length;
  const all = count > 0 && count === ids.length;
  return (
    <label className="c-x">
      <input
        type="checkbox"
        checked={all}
        ref={(box) => {
          if (box) box.indeterminate = count > 0 && !all;
        }}
        onChange={() => (count > 0 ? chooseNone() : chooseAll(ids.map(({ id }) => id)))}
      />
      <span className="vh">{t("bulk.choose-shown", { count: ids.length })}</span>
    </label>
  );
}
