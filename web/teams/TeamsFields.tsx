/** Which teams a category activates at once: only those that have a mandate can be. */
import { useQuery } from "@tanstack/react-query";
import { Section } from "../directory/frame.tsx";
import { teamsQuery } from "../directory/queries.ts";
import { CheckField } from "../ui/fields.tsx";
import { useTeamWords } from "./words.ts";

type Props = { value: readonly string[]; onChange: (teams: readonly string[]) => void };

export function TeamsFields({ value, onChange }: Props) {
  const { t: say } = useTeamWords();
  const known = (useQuery(teamsQuery()).data?.data ?? []).filter(({ id, mandated }) => mandated || value.includes(id));
  return (
    <fieldset className="many">
      <legend className="lab">{say("process.teams")}</legend>
      <p className="hint">{say(known.length === 0 ? "process.teams.none" : "process.teams.hint")}</p>
      {known.map(({ id, name }) => (
        <CheckField
          key={id}
          label={name}
          value={value.includes(id)}
          onChange={(on) => onChange(on ? [...value, id] : value.filter((one) => one !== id))}
        />
      ))}
    </fieldset>
  );
}

export function TeamsOf({ teams = [] }: { teams?: readonly string[] | undefined }) {
  const { t: say } = useTeamWords();
  const known = useQuery(teamsQuery()).data?.data ?? [];
  if (teams.length === 0) return null;
  return (
    <Section title={say("process.teams")}>
      <ul className="lines">
        {teams.map((id) => (
          <li key={id}>
            <span>{known.find((one) => one.id === id)?.name ?? id}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
