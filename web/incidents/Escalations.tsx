/** What people asked of others about this incident, newest first: of whom, why, and how it stands. */
import type { IncidentView } from "#contract/shapes.ts";
import { toOwner } from "#core/incidents/escalations.ts";
import { useWords, type Words } from "../language/words.tsx";
import { hasEnded } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import type { Names } from "./entry-words.ts";
import { HelpAsked } from "./HelpAsked.tsx";

type Escalation = IncidentView["escalations"][number];

type Props = {
  view: IncidentView;
  names: Names;
  /** Only those under way, each on as few lines as say how it stands. */
  short?: boolean;
};

export function Escalations({ view, names, short = false }: Props) {
  const { t } = useWords();
  const open = view.escalations.filter(isOpen).length;
  const shown = short ? view.escalations.filter(isOpen) : view.escalations;
  if (shown.length === 0 && (hasEnded(view) || short) && view.help.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="escalations">
      <header>
        <h2 id="escalations">{t("escalations.title")}</h2>
        {open > 0 && <small className="push">{t("escalations.open", { count: open })}</small>}
      </header>
      {shown.length > 0 && (
        <ul className="escalations">
          {shown.toReversed().map((one) => (
            <Line key={one.number} view={view} one={one} names={names} short={short} />
          ))}
        </ul>
      )}
      <HelpAsked view={view} short={short} />
    </section>
  );
}

const isOpen = ({ status }: Escalation): boolean => status === "requested" || status === "acknowledged";

type LineProps = { view: IncidentView; one: Escalation; names: Names; short: boolean };

function Line({ view, one, names, short }: LineProps) {
  const words = useWords();
  const { t } = words;
  const { number, kind, to, by, askedAt, left } = one;
  const over = hasEnded(view);
  const about = t("escalations.about", { number });
  const acts = (["acknowledge-escalation", "return-escalation", "end-escalation"] as const).filter(
    (command) => command !== "acknowledge-escalation" || one.status === "requested",
  );
  return (
    <li>
      <h3>{t("escalations.to", { kind, to: to === toOwner ? t("form.addressee.owner") : (names(to) ?? to) })}</h3>
      <p className="muted">
        {t("escalations.by", { name: by ?? t("person.somebody") })}{" "}
        <time dateTime={askedAt} title={words.exact(askedAt)}>
          {words.moment(askedAt)}
        </time>
      </p>
      <p>{standing(words, one)}</p>
      {left?.reason && <blockquote>{left.reason}</blockquote>}
      <dl className={short ? "vh" : undefined}>
        {one.reason && !short && (
          <>
            <dt>{t("escalations.why")}</dt>
            <dd>{one.reason}</dd>
          </>
        )}
        <dt>{t("escalations.expected")}</dt>
        <dd>{one.expected}</dd>
      </dl>
      {isOpen(one) && !over && (
        <p className="acts">
          {acts.map((command) => (
            <CommandButton
              key={command}
              view={view}
              command={command}
              escalation={number}
              className={short ? "link" : "btn s"}
              word={t(`escalations.${command}`)}
              about={about}
            />
          ))}
        </p>
      )}
    </li>
  );
}

/** Whom it calls, who has it, or what became of it. */
function standing(words: Words, { status, holder, left, paging }: Escalation): string {
  const { t } = words;
  if (status === "acknowledged") return t("escalations.taken", { name: holder?.name ?? t("person.somebody") });
  if (status !== "requested")
    return t(`escalations.${status}`, {
      name: left?.by ?? t("person.somebody"),
      at: left ? words.moment(left.at) : null,
    });
  const called = words.list([...new Set(paging.called.map(({ name }) => name))]);
  switch (paging.status) {
    case "running":
      return t("escalations.calling", { called, next: paging.nextAt && words.moment(paging.nextAt) });
    case "exhausted":
      return t("escalations.unanswered", { called });
    default:
      return t("escalations.waits", { called });
  }
}
