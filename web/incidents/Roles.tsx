/** Who coordinates, who has it, who holds each role that its categories ask for; and to whom coordination is offered. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { coordinatorRole } from "#core/incidents/coordination.ts";
import { spanMax } from "#core/incidents/roles.ts";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { hasEnded } from "./arrangement.ts";
import { Brief } from "./Brief.tsx";
import { CommandButton } from "./CommandButton.tsx";
import { useDuties } from "./queries.ts";
import { useStreamWords } from "./workstream-words.ts";

/** `short`: without the brief of a hand-over. */
export function Roles({ view, short = false }: { view: IncidentView; short?: boolean }) {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { t: say } = useStreamWords();
  const { acceptedBy, coordinator, assigned } = view;
  const joined = view.joined.filter(({ id }) => id !== coordinator?.id && id !== assigned?.id);
  const over = hasEnded(view);
  return (
    <section className="sec" aria-labelledby="roles">
      <header>
        <h2 id="roles">{t("roles.title")}</h2>
      </header>
      <ul>
        <Coordination view={view} />
        {acceptedBy && acceptedBy.id !== coordinator?.id && (
          <Role name={acceptedBy.name} id={acceptedBy.id} role={t("roles.accepted")} />
        )}
        {joined.map(({ id, name }) => (
          <Role key={id} name={name} id={id} role={say("roles.joined")}>
            {id === me.id && !over && (
              <CommandButton view={view} command="leave" className="btn s" word={say("roles.leave")} />
            )}
          </Role>
        ))}
        {assigned && assigned.id !== acceptedBy?.id && (
          <Role name={assigned.name} id={assigned.id} role={t(`roles.assigned.${assigned.kind}`)} />
        )}
        {!assigned && !acceptedBy && (
          <OpenRole role={t("roles.assigned.person")} note={t("ui.nobody")}>
            {!over && <CommandButton view={view} command="assign" className="btn s" />}
          </OpenRole>
        )}
        <CategoryRoles view={view} />
      </ul>
      <Span view={view} />
      {!over && !short && (
        <Brief key={view.offer?.to.id === me.id ? "mine" : "any"} view={view} open={view.offer?.to.id === me.id} />
      )}
    </section>
  );
}

function Coordination({ view }: { view: IncidentView }) {
  const { t } = useWords();
  const { coordinator, coordinationWanted } = view;
  const over = hasEnded(view);
  if (!coordinator && over) return null;
  const offer = !over && view.offer === null && (
    <CommandButton view={view} command="offer-coordination" className="btn s" word={t("roles.offer")} />
  );
  return (
    <>
      {coordinator ? (
        <Role name={coordinator.name} id={coordinator.id} role={t("roles.coordinator")}>
          {offer}
        </Role>
      ) : (
        <OpenRole role={t("roles.coordinator")} note={t(coordinationWanted ? "roles.wanted" : "roles.by-accepting")}>
          {coordinationWanted && (
            <CommandButton view={view} command="accept-coordination" className="btn s" word={t("roles.take")} />
          )}
        </OpenRole>
      )}
      {!over && view.offer && <Offered view={view} offer={view.offer} />}
    </>
  );
}

function Offered({ view, offer }: { view: IncidentView; offer: NonNullable<IncidentView["offer"]> }) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const mine = offer.to.id === me.id;
  const until = words.phrase("until", offer.until);
  return (
    <li className="offer">
      <p>
        <b>{t("roles.coordinator")}</b>{" "}
        {mine
          ? t("roles.offered-you", { name: offer.by.name, until })
          : t("roles.offered", { name: offer.to.name, until })}
      </p>
      {offer.reason && <blockquote>{offer.reason}</blockquote>}
      <p className="acts">
        {mine ? (
          <>
            <CommandButton view={view} command="accept-coordination" className="btn s" word={t("roles.answer-yes")} />
            <CommandButton view={view} command="decline-coordination" className="btn s" word={t("roles.answer-no")} />
          </>
        ) : (
          <CommandButton view={view} command="withdraw-coordination" className="btn s" word={t("roles.withdraw")} />
        )}
      </p>
    </li>
  );
}

function CategoryRoles({ view }: { view: IncidentView }) {
  const { t } = useWords();
  const dutyOf = useDuties(view);
  const over = hasEnded(view);
  const roles = view.asks.roles.filter(({ id }) => id !== coordinatorRole);
  return roles.map(({ id, name, level, holder, required, met }) => {
    const note = required && !met ? t("roles.required") : t("roles.unfilled");
    const from = level === null ? "" : ` · ${t("roles.from-level", { level })}`;
    return holder ? (
      <Role key={id} name={holder.name} id={holder.id} role={name} duty={dutyOf(id)}>
        {!over && (
          <CommandButton
            view={view}
            command="release-role"
            start={{ role: id }}
            className="btn s"
            word={t("roles.release")}
            about={name}
          />
        )}
      </Role>
    ) : (
      !over && (
        <OpenRole key={id} role={name} note={`${note}${from}`} duty={dutyOf(id)}>
          <CommandButton
            view={view}
            command="fill-role"
            start={{ role: id }}
            className="btn s"
            word={t("roles.fill")}
            about={name}
          />
        </OpenRole>
      )
    );
  });
}

/** Said in a sentence, and in nobody's way. */
function Span({ view: { span } }: { view: IncidentView }) {
  const { t } = useWords();
  if (!span) return null;
  return (
    <p className="span-warning">
      <Icon name="question" size={14} />
      {t(`roles.span.${span.of}`, { name: span.person.name, count: span.count, max: spanMax })}
    </p>
  );
}

type RoleProps = { name: string; id: string | null; role: string; duty?: string | undefined; children?: ReactNode };

function Role({ name, id, role, duty, children }: RoleProps) {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  return (
    <li className="role">
      <span className="who" aria-hidden="true">
        {initials(name)}
      </span>
      <span>
        <b>{name}</b>
        <small>
          {role}
          {id === me.id && ` · ${t("roles.you")}`}
        </small>
      </span>
      {children}
      {duty && <small className="duty">{duty}</small>}
    </li>
  );
}

type OpenProps = { role: string; note: string; duty?: string | undefined; children: ReactNode };

function OpenRole({ role, note, duty, children }: OpenProps) {
  return (
    <li className="role open">
      <span className="who" aria-hidden="true">
        ?
      </span>
      <span>
        <b>{role}</b>
        <small>{note}</small>
      </span>
      {children}
      {duty && <small className="duty">{duty}</small>}
    </li>
  );
}

const initials = (name: string): string =>
  name
    .split(/[\s-]+/)
    .map((part) => part.charAt(0))
    .filter((letter) => /\p{L}/u.test(letter))
    .slice(0, 2)
    .join("")
    .toUpperCase();
