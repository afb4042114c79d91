/** Help that people on this incident asked for: sent on as an escalation, or answered otherwise, by whoever may judge it. */
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { hasEnded } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import { useStreamWords } from "./workstream-words.ts";

type Help = IncidentView["help"][number];

export function HelpAsked({ view, short }: { view: IncidentView; short: boolean }) {
  const { t } = useStreamWords();
  const over = hasEnded(view);
  const shown = short ? view.help.filter(({ answered }) => answered === null) : view.help;
  return (
    <>
      {shown.length > 0 && (
        <ul className="escalations" aria-label={t("help.title")}>
          {shown.toReversed().map((one) => (
            <Line key={one.number} view={view} one={one} over={over} short={short} />
          ))}
        </ul>
      )}
      {!over && !short && (
        <p className="acts">
          <CommandButton view={view} command="ask-for-help" className="btn s" />
        </p>
      )}
    </>
  );
}

function Line({ view, one, over, short }: { view: IncidentView; one: Help; over: boolean; short: boolean }) {
  const words = useWords();
  const { t } = useStreamWords();
  const { number, text, by, at, reason, answered } = one;
  const about = t("help.about", { number });
  const start = { number: String(number) };
  const press = { view, className: short ? "link" : "btn s", about };
  return (
    <li>
      <h3>{text}</h3>
      <p className="muted">
        {by.name},{" "}
        <time dateTime={at} title={words.exact(at)}>
          {words.moment(at)}
        </time>
      </p>
      {reason && <blockquote>{reason}</blockquote>}
      {answered && <p>{standing(t, answered)}</p>}
      {!answered && !over && (
        <p className="acts">
          <CommandButton
            {...press}
            command="confirm-help"
            word={t("help.confirm")}
            start={{ ...start, reason: reason ?? "" }}
          />
          <CommandButton {...press} command="dismiss-help" word={t("help.dismiss")} start={start} />
        </p>
      )}
    </li>
  );
}

type Say = ReturnType<typeof useStreamWords>["t"];

const standing = (t: Say, { by, reason, escalation }: NonNullable<Help["answered"]>): string =>
  escalation === null ? t("help.answered", { name: by, reason }) : t("help.sent", { name: by, number: escalation });
