/** One alert on a line: what was said, by whom, and what became of it. */
import { Link } from "@tanstack/react-router";
import type { PlacedAlert } from "#contract/alerts.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { WaitsFor } from "./Waiting.tsx";

export function AlertRow({ one }: { one: PlacedAlert }) {
  const { t, find, brief, exact, year } = useWords();
  return (
    <li className={one.status === "open" ? "alert on" : "alert"}>
      <time dateTime={one.openedAt} title={exact(one.openedAt)}>
        {brief(one.openedAt)}
      </time>
      <div className="said">
        <Link to="/alerts/$id" params={{ id: one.id }}>
          {one.title}
        </Link>
        <small>
          {[find(`severity.${one.severity}`) ?? one.severity, one.integration.name, one.source, one.service?.name]
            .filter(Boolean)
            .join(" · ")}
          {one.count > 1 && ` · ${t("alerts.count", { count: one.count })}`}
        </small>
      </div>
      <div className="became">
        <AlertStatus status={one.status} />
        {one.incident && (
          <small>
            <Link to="/incidents/$number" params={{ number: one.incident.number }}>
              {shortNumber(one.incident.number, year())}
            </Link>{" "}
            {t(`stage.${one.incident.stage}`)}
            {one.incident.title !== one.title && `, ${one.incident.title}`}
          </small>
        )}
        {one.waiting && (
          <small>
            <WaitsFor waiting={one.waiting} />
          </small>
        )}
      </div>
    </li>
  );
}

const icons = { open: "found", waiting: "clock", quiet: "question", resolved: "check", ended: "small" } as const;

/** A word, then a shape. */
export function AlertStatus({ status }: { status: PlacedAlert["status"] }) {
  const { t } = useWords();
  return (
    <span className={`alert-status ${status}`}>
      <Icon name={icons[status]} size={14} />
      {t(`alert.status.${status}`)}
    </span>
  );
}
