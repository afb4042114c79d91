/** The queue, in three groups. While a pointer or a focus is in it, no row moves: see arrangement.ts. */
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { arrange, groups, type Placed, waitingBehind } from "./arrangement.ts";
import { QueueRow } from "./QueueRow.tsx";

type QueueProps = { views: readonly IncidentView[]; me: Me; truncated: boolean; shown: string };

export function Queue({ views, me, truncated, shown }: QueueProps) {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  const wanted = arrange(views);
  const { held, hold, release, renew } = useHeld(shown);
  const order = held ?? wanted;
  const known = useKnown(views);
  const waiting = held ? waitingBehind(held, wanted) : { fresh: 0, moved: false };
  useAnnounced(waiting.fresh);
  useRowKeys(list);
  return (
    <>
      <div className="listhead">
        <h2>{t("board.queue")}</h2>
        {(waiting.fresh > 0 || waiting.moved) && (
          <button className="pill" type="button" onClick={() => renew(wanted)}>
            {waiting.fresh > 0 ? t("board.fresh", { count: waiting.fresh }) : t("board.moved")}
          </button>
        )}
        {truncated && <p className="muted">{t("board.truncated")}</p>}
      </div>
      <div className="cols" aria-hidden="true">
        <span>{t("board.priority")}</span>
        <span>{t("board.incident")}</span>
        <span>{t("board.state")}</span>
        <span className="w">{t("board.assigned")}</span>
        <span className="r">{t("board.duration")}</span>
        <span>{t("board.next")}</span>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only learns that somebody is reading here */}
      <div
        ref={list}
        className="queue"
        onPointerMove={(event) => event.pointerType === "mouse" && hold(wanted, "pointer")}
        onMouseEnter={() => hold(wanted, "pointer")}
        onMouseLeave={() => release("pointer")}
        onFocus={() => hold(wanted, "focus")}
        onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && release("focus")}
      >
        {groups.map((group) => {
          const rows = order.filter((one) => one.group === group);
          if (rows.length === 0) return null;
          return (
            <section key={group} aria-label={t(`board.group.${group}`)}>
              <h3 className="group">
                {t(`board.group.${group}`)} <span>{rows.length}</span>
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
        {order.length === 0 && <p className="empty">{t("board.nothing-found")}</p>}
      </div>
    </>
  );
}

type Holder = "pointer" | "focus";

/** The order as it was when somebody came in; none while nobody is there. Another filter, `shown`, is another list: what it
 *  leaves out goes at once, even under a pointer that rests there while a filter is being typed. */
function useHeld(shown: string) {
  const [held, setHeld] = useState<readonly Placed[] | null>(null);
  const holders = useRef(new Set<Holder>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of filter is what drops the order
  useLayoutEffect(() => setHeld(null), [shown]);
  const hold = (order: readonly Placed[], holder: Holder) => {
    holders.current.add(holder);
    setHeld((old) => old ?? order);
  };
  const release = (holder: Holder) => {
    holders.current.delete(holder);
    if (holders.current.size === 0) setHeld(null);
  };
  const renew = (order: readonly Placed[]) => setHeld(holders.current.size > 0 ? order : null);
  return { held, hold, release, renew };
}

/** The last that was known of each row: one that ends stays in its place until the order is renewed. */
function useKnown(views: readonly IncidentView[]): ReadonlyMap<string, IncidentView> {
  const known = useRef(new Map<string, IncidentView>());
  for (const view of views) known.current.set(view.id, view);
  return known.current;
}

function useAnnounced(fresh: number): void {
  const { t } = useWords();
  const said = useRef(0);
  useEffect(() => {
    if (fresh > said.current) announce(t("board.fresh", { count: fresh }));
    said.current = fresh;
  }, [fresh, t]);
}

function useRowKeys(list: React.RefObject<HTMLDivElement | null>): void {
  const move = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("a[data-row]") ?? [])];
    const at = links.findIndex((link) => link.closest("li") === document.activeElement?.closest("li"));
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, at + by));
    links[next]?.focus();
  };
  const take = () => {
    const row = document.activeElement?.closest("li.row");
    row?.querySelector<HTMLButtonElement>("button[data-accept]")?.click();
  };
  const next = () => move(1);
  const previous = () => move(-1);
  useShortcuts({ j: next, ArrowDown: next, k: previous, ArrowUp: previous, a: take });
}
