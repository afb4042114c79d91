/** Asking the owner of the service, or a user, whether it works again: the form by link, filled in already. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { languageOfLocale } from "#core/kernel/vocabulary.ts";
import { meQuery } from "../account/queries.ts";
import { type Person, peopleQuery, servicesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import type { Asked } from "./AskPanel.tsx";
import { contributionsQuery } from "./queries.ts";
import { useContributorWords } from "./words.ts";

type Props = { view: IncidentView; onAsk: (asked: Asked) => void };

export function AskWorking({ view, onAsk }: Props) {
  const words = useWords();
  const { t: say } = useContributorWords();
  const { data } = useQuery(contributionsQuery(view));
  const owner = useOwner(view);
  if (!data?.may) return null;
  const waited = data.data.filter(({ kind, status }) => kind === "working" && status === "asked");
  const askable = owner && !waited.some(({ to }) => to.id === owner.id) ? owner : null;
  return (
    <>
      {waited.length > 0 && (
        <p className="muted">{say("working.waited", { names: words.list(waited.map(({ to }) => to.name)) })}</p>
      )}
      <p className="acts">
        {askable && (
          <button
            className="link"
            type="button"
            onClick={() => onAsk({ kind: "working", person: askable.id, language: languageOfLocale(askable.language) })}
          >
            {say("working.owner", { name: askable.name })}
          </button>
        )}
        <button className="link" type="button" onClick={() => onAsk({ kind: "working" })}>
          {say("working.user")}
        </button>
      </p>
    </>
  );
}

/** Nobody asks themselves by a link: they say it here. */
function useOwner({ service }: Pick<IncidentView, "service">): Person | null {
  const { data: me } = useSuspenseQuery(meQuery());
  const services = useQuery({ ...servicesQuery(), enabled: service !== null }).data?.data ?? [];
  const people = useQuery({ ...peopleQuery(), enabled: service !== null }).data?.data ?? [];
  const { owner } = services.find(({ id }) => id === service?.id) ?? { owner: null };
  return people.find(({ id, active }) => active && id === owner && id !== me.id) ?? null;
}
