/** Whether an incident is held to be major, why, and what is to be decided about it. */
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { CommandButton } from "./CommandButton.tsx";
import "./major.css";
import { hasEnded } from "./arrangement.ts";

const acts = { proposed: ["declare-major", "stand-down-major"], declared: ["stand-down-major"] } as const;

export function MajorBand({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t, language } = words;
  const { major } = view;
  const over = hasEnded(view);
  if (major === null || major.status === "stood-down" || over) return null;
  const { status, by, at, reason, criteria } = major;
  return (
    <section className="majorband" aria-labelledby="major">
      <h2 id="major">{t(`major.${status}`, { by: criteria.length > 0 && status === "proposed" ? null : by })}</h2>
      {at !== null && (
        <time dateTime={at} title={words.exact(at)}>
          {words.moment(at)}
        </time>
      )}
      {criteria.length > 0 && (
        <ul>
          {criteria.map((one) => (
            <li key={one.id}>{one.words[language]}</li>
          ))}
        </ul>
      )}
      {reason && <blockquote lang={view.language}>{reason}</blockquote>}
      <p className="acts">
        {acts[status].map((command) => (
          <CommandButton
            key={command}
            view={view}
            command={command}
            className="btn s"
            word={status === "proposed" && command === "stand-down-major" ? t("major.not-followed") : undefined}
          />
        ))}
      </p>
    </section>
  );
}
