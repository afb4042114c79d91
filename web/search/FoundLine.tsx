/** One thing found: what it is called, and the few facts by which it is recognised. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Found } from "#contract/search.ts";
import { nameIn } from "../directory/names.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { Priority } from "../incidents/Priority.tsx";
import { useWords } from "../language/words.tsx";

export function FoundLine({ one }: { one: Found }) {
  const { t, language, year } = useWords();
  switch (one.kind) {
    case "incident":
      return (
        <Line beside={<Priority view={one} list />}>
          <Link to="/incidents/$number" params={{ number: one.number }} lang={one.language}>
            {one.title}
          </Link>
          <small>
            <span className="id">{shortNumber(one.number, year())}</span> {t(`stage.${one.stage}`)}
            {one.service && ` · ${one.service.name}`} · <At at={one.reportedAt} />
            {one.in === "record" && ` · ${t("search.in-record")}`}
          </small>
        </Line>
      );
    case "report":
    case "alert":
      return <OfIncident one={one} />;
    case "person":
      return (
        <Line>
          <Link to="/people/$id" params={{ id: one.id }}>
            {one.name}
          </Link>
          <small>{one.email}</small>
        </Line>
      );
    case "team":
      return (
        <Line>
          <Link to="/teams/$id" params={{ id: one.id }}>
            {one.name}
          </Link>
        </Line>
      );
    default:
      return (
        <Line>
          <Link to="/services/$id" params={{ id: one.id }}>
            {nameIn(language, one)}
          </Link>
        </Line>
      );
  }
}

/** What was said of an incident, by a person or by a machine. */
function OfIncident({ one }: { one: Extract<Found, { kind: "report" | "alert" }> }) {
  const { find, year } = useWords();
  if (one.kind === "report")
    return (
      <Line>
        <Link to="/incidents/$number" params={{ number: one.incident.number }} lang={one.language}>
          {one.title}
        </Link>
        <small>
          <span className="id">{shortNumber(one.incident.number, year())}</span> <At at={one.madeAt} />
        </small>
      </Line>
    );
  return (
    <Line beside={<span className="muted">{find(`alert.status.${one.status}`) ?? one.status}</span>}>
      <Link to="/alerts/$id" params={{ id: one.id }}>
        {one.title}
      </Link>
      <small>
        {[find(`severity.${one.severity}`) ?? one.severity, one.source].filter(Boolean).join(" · ")} ·{" "}
        {one.incident && <span className="id">{shortNumber(one.incident.number, year())}</span>}{" "}
        <At at={one.openedAt} />
      </small>
    </Line>
  );
}

function At({ at }: { at: string }) {
  const { moment, exact } = useWords();
  return (
    <time dateTime={at} title={exact(at)}>
      {moment(at)}
    </time>
  );
}

function Line({ children, beside }: { children: ReactNode; beside?: ReactNode }) {
  return (
    <li>
      <span>{children}</span>
      {beside}
    </li>
  );
}
