/** The clocks of a supplier: by their mark, their word and their hour. */
import { useWords } from "../language/words.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import type { EngagementView } from "./queries.ts";
import { useSupplierWords } from "./words.ts";

const marks: Readonly<Record<string, IconName>> = { met: "check", "met-late": "cross", missed: "cross" };

export function ClockLines({ one: { clocks } }: { one: Pick<EngagementView, "clocks"> }) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  if (clocks.length === 0) return null;
  return (
    <ul className="theirs">
      {clocks.map(({ clock, status, dueAt, reachedAt, percent }) => (
        <li key={clock} className={status === "missed" || status === "met-late" ? "late" : undefined}>
          <Icon name={marks[status] ?? "clock"} size={13} />
          <b>{say("clock.line", { clock })}</b>
          <span title={dueAt ? words.exact(dueAt) : undefined}>
            {dueAt === null && reachedAt === null
              ? say("clock.never")
              : say("clock.state", {
                  status: status === "met-late" ? "late" : status,
                  due: dueAt && words.moment(dueAt),
                  reached: reachedAt && words.moment(reachedAt),
                })}
          </span>
          {(status === "running" || status === "closed") && (
            <meter min={0} max={100} low={75} high={90} optimum={0} value={Math.min(100, percent)} aria-hidden="true" />
          )}
        </li>
      ))}
    </ul>
  );
}
