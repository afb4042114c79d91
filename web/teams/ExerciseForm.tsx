import { useState } from "react";
import { noteTeamExercise } from "#contract/teams.ts";
import { zoned } from "#core/kernel/time.ts";
import { call } from "../client.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { useChange } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { now } from "../ui/now.ts";
import { useTeamWords } from "./words.ts";

type Props = { team: { readonly id: string; readonly name: string }; onClose: () => void };

/** Until people are drilled by the desk itself, somebody writes down that they were. */
export function ExerciseForm({ team, onClose }: Props) {
  const { zone } = useWords();
  const { t: say } = useTeamWords();
  const today = zoned(now(), zone).toPlainDate().toString();
  const [draft, set] = useState({ on: today, what: "" });
  const act = useChange((body: typeof draft) => call(noteTeamExercise, { params: { id: team.id }, body }));
  return (
    <FormPanel
      title={say("exercise.title")}
      note={team.name}
      word={say("exercise.note")}
      act={act}
      body={() => draft}
      onClose={onClose}
    >
      <TextField
        label={say("exercise.on")}
        type="date"
        value={draft.on}
        max={today}
        onChange={(on) => set((old) => ({ ...old, on }))}
        error={errorAt(act.error, "/on")}
        required
      />
      <TextField
        label={say("exercise.what")}
        hint={say("exercise.what.hint")}
        value={draft.what}
        onChange={(what) => set((old) => ({ ...old, what }))}
        error={errorAt(act.error, "/what")}
        maxLength={500}
        required
        lines
      />
    </FormPanel>
  );
}
