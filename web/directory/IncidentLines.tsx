/** Incidents in a few lines, where they are beside the subject. */
import { Link } from "@tanstack/react-router";
import type { IncidentView } from "#contract/shapes.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { Priority } from "../incidents/Priority.tsx";
import { useWords } from "../language/words.tsx";

export function IncidentLines({ views, none }: { views: readonly IncidentView[]; none: string }) {
  const { t, year } = useWords();
  if (views.length === 0) return <p className="muted">{none}</p>;
  return (
    <ul className="lines">
      {views.map((view) => (
        <li key={view.id}>
          <span>
            <Link to="/incidents/$number" params={{ number: view.number }} lang={view.language}>
              {view.title}
            </Link>
            <small>
              <span className="id">{shortNumber(view.number, year())}</span> {t(`stage.${view.stage}`)}
            </small>
          </span>
          <Priority view={view} list />
        </li>
      ))}
    </ul>
  );
}
