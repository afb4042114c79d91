import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { addTeam } from "#contract/directory.ts";
import { changeTeam } from "#contract/organisation.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { errorAt, FormPanel } from "./FormPanel.tsx";
import { MembersField } from "./MembersField.tsx";
import { type Team, useChange } from "./queries.ts";

export function TeamForm({ team, onClose }: { team?: Team; onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept(`${me.id} team ${team?.id ?? ""}`, () => ({
    name: team?.name ?? "",
    members: [...(team?.members ?? [])],
  }));
  const act = useChange((body: typeof draft) =>
    team ? call(changeTeam, { params: { id: team.id }, body }) : call(addTeam, { body }),
  );
  return (
    <FormPanel
      title={t(team ? "team.change.title" : "team.add.title")}
      {...(team && { note: team.name })}
      word={t(team ? "frame.save" : "team.add")}
      act={act}
      body={() => ({ ...draft, name: draft.name.trim() })}
      onClose={onClose}
      forget={forget}
      onDone={({ id }) => {
        if (!team) void navigate({ to: "/teams/$id", params: { id } });
      }}
    >
      <TextField
        label={t("team.name")}
        value={draft.name}
        onChange={(name) => set((old) => ({ ...old, name }))}
        error={errorAt(act.error, "/name")}
        maxLength={200}
        required
        first
      />
      <MembersField
        legend={t("team.members")}
        value={draft.members}
        onChange={(members) => set((old) => ({ ...old, members }))}
        error={errorAt(act.error, "/members")}
      />
    </FormPanel>
  );
}
