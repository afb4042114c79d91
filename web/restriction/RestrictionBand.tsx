/** That an incident is for those alone who need to know: why, whom it admits, and who has opened it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listOpened } from "#contract/restrictions.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useCategoryNames } from "../directory/category-names.ts";
import { CommandButton } from "../incidents/CommandButton.tsx";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { useRestrictionWords } from "./words.ts";
import "./restriction.css";

type Restriction = NonNullable<IncidentView["restriction"]>;
type Member = Restriction["members"][number];

/** As the server has it: below, who has opened it is not theirs to read. */
const readsOpenedFrom = 4;

export function RestrictionBand({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t: say } = useRestrictionWords();
  const nameOf = useCategoryNames();
  const { data: me } = useSuspenseQuery(meQuery());
  const { restriction } = view;
  if (restriction === null) return null;
  const { since, by, reason, category, members } = restriction;
  return (
    <section className="restriction" aria-labelledby="restricted">
      <Icon name="key" />
      <div className="what">
        <h2 id="restricted">{say("restriction.title")}</h2>
        <p className="muted">
          {category === null
            ? say("restriction.by", { by, at: words.moment(since) })
            : say("restriction.category", { category: nameOf(category) })}
        </p>
        {reason && <blockquote lang={view.language}>{reason}</blockquote>}
        <details className="disclose members">
          <summary>
            <Icon name="chevron" size={12} />
            {say("restriction.members", { count: members.length })}
          </summary>
          <ul>
            {members.map((one) => (
              <MemberLine key={one.id} view={view} one={one} />
            ))}
          </ul>
        </details>
        {(me.level ?? 0) >= readsOpenedFrom && <Opened number={view.number} />}
      </div>
      <p className="acts">
        <CommandButton view={view} command="grant-access" className="btn s" />
        <CommandButton view={view} command="lift-restriction" className="btn s" />
      </p>
    </section>
  );
}

function MemberLine({ view, one }: { view: IncidentView; one: Member }) {
  const words = useWords();
  const { t: say } = useRestrictionWords();
  const { kind, id, name, because, until, reason } = one;
  return (
    <li>
      <b>{name}</b>
      {kind !== "person" && <small>{say(`restriction.kind.${kind}`)}</small>}
      {until !== null && <small className="glass">{say("restriction.until", { until: words.moment(until) })}</small>}
      {because === "work" && <small>{say("restriction.work")}</small>}
      {reason && <q lang={view.language}>{reason}</q>}
      {because === "named" && (
        <CommandButton
          view={view}
          command="revoke-access"
          className="link"
          word={say("restriction.remove")}
          about={name}
          start={{ assignee: `${kind}/${id}` }}
        />
      )}
    </li>
  );
}

function Opened({ number }: { number: string }) {
  const words = useWords();
  const { t: say } = useRestrictionWords();
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["incident", number, "opened"],
    queryFn: ({ signal }) => call(listOpened, { params: { id: number }, signal }),
    enabled: open,
  });
  return (
    <details className="disclose members" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" size={12} />
        {say("restriction.opened")}
      </summary>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data?.data.length === 0 && <p className="muted">{say("restriction.opened.none")}</p>}
      <ul>
        {data?.data.map(({ person, at, what }) => (
          <li key={`${person.id} ${at} ${what}`}>
            <time dateTime={at} title={words.exact(at)}>
              {words.moment(at)}
            </time>
            <b>{person.name}</b>
            <small>{say("restriction.opened.what", { what })}</small>
          </li>
        ))}
      </ul>
    </details>
  );
}
