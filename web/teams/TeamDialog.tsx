/** What an act on a team asks: which team, which role, why. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { Refusal } from "#core/kernel/refusal.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { teamsQuery } from "../directory/queries.ts";
import { useCommand } from "../incidents/queries.ts";
import { Derogation, derogating } from "../obligations/derogation.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import type { ActivationView } from "./queries.ts";
import { useTeamWords } from "./words.ts";

export type Acting = "activate-team" | "join-team" | "leave-team" | "stand-down-team";
type Props = {
  view: IncidentView;
  teams: readonly ActivationView[];
  /** Null where none is about yet: to be activated. */
  team: ActivationView | null;
  acting: Acting;
  refusal: Refusal | null;
  onClose: () => void;
};

const wordOf = {
  "activate-team": "activate",
  "join-team": "join",
  "leave-team": "leave",
  "stand-down-team": "stand-down",
} as const;

export function TeamDialog({ view, teams, team, acting, refusal, onClose }: Props) {
  const { t: say } = useTeamWords();
  const act = useCommand(view);
  const [draft, set] = useState({ team: "", role: "", reason: "", derogation: "" });
  const put = (part: Partial<typeof draft>) => set((old) => ({ ...old, ...part }));
  const word = wordOf[acting];
  const { reason, derogation, role } = draft;
  const body = () => ({
    name: acting,
    body: {
      ...(team ? { activation: team.number } : { team: draft.team }),
      ...(acting === "join-team" ? role !== "" && { role } : { reason }),
      ...derogating(derogation),
    },
  });
  return (
    <FormPanel
      title={say(`${word}.title`, { name: team?.name ?? "" })}
      note={view.number}
      word={say(word)}
      act={act}
      body={body}
      onClose={onClose}
    >
      <p className="hint">{say(`${word}.what`)}</p>
      {acting === "activate-team" && view.restriction && <p className="hint">{say("activate.restricted")}</p>}
      {acting === "activate-team" && (
        <Choice teams={teams} value={draft.team} onChange={(id) => put({ team: id })} error={act.error} />
      )}
      {acting === "join-team" && team && <RoleChoice team={team} value={role} onChange={(id) => put({ role: id })} />}
      {acting !== "join-team" && (
        <TextField
          label={say(`${word as "activate" | "leave" | "stand-down"}.reason`)}
          value={reason}
          onChange={(text) => put({ reason: text })}
          error={errorAt(act.error, "/reason")}
          maxLength={2000}
          required
          lines
          first={team !== null}
        />
      )}
      <Derogation may={refusal} value={derogation} onChange={(text) => put({ derogation: text })} />
    </FormPanel>
  );
}

type ChoiceProps = {
  teams: readonly ActivationView[];
  value: string;
  onChange: (id: string) => void;
  error: unknown;
};

/** Of those that have a mandate and are not active already. */
function Choice({ teams, value, onChange, error }: ChoiceProps) {
  const { t: say } = useTeamWords();
  const known = useQuery(teamsQuery()).data?.data ?? [];
  const active = new Set(teams.filter(({ left }) => left === null).map(({ team }) => team));
  return (
    <SelectField
      label={say("activate.team")}
      value={value}
      onChange={onChange}
      options={known
        .filter(({ id, mandated }) => mandated && !active.has(id))
        .map(({ id, name }) => ({ value: id, label: name }))}
      empty={say("activate.choose")}
      error={errorAt(error, "/team")}
      required
      first
    />
  );
}

function RoleChoice({
  team,
  value,
  onChange,
}: {
  team: ActivationView;
  value: string;
  onChange: (id: string) => void;
}) {
  const { t: say } = useTeamWords();
  const free = team.roles.filter(({ filled, count }) => filled < count);
  return (
    <SelectField
      label={say("join.role")}
      value={value}
      onChange={onChange}
      options={free.map(({ id, name, level }) => ({
        value: id,
        label: level === null ? name : `${name} (${say("role.level", { level })})`,
      }))}
      empty={say("join.any")}
      first
    />
  );
}
