import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { z } from "zod";
import { addFunction, type dutyFunction } from "#contract/directory.ts";
import { changeFunction } from "#contract/organisation.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useWords } from "../language/words.tsx";
import { useKept } from "../ui/kept.ts";
import { errorAt, FormPanel } from "./FormPanel.tsx";
import { MembersField } from "./MembersField.tsx";
import { NamesFields } from "./NamesFields.tsx";
import { nameIn } from "./names.ts";
import { useChange } from "./queries.ts";

type Props = { duty?: z.output<typeof dutyFunction>; onClose: () => void };

export function FunctionForm({ duty, onClose }: Props) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept(`${me.id} function ${duty?.id ?? ""}`, () => ({
    nameFr: duty?.nameFr ?? "",
    nameEn: duty?.nameEn ?? "",
    members: [...(duty?.members ?? [])],
  }));
  const act = useChange((body: typeof draft) =>
    duty ? call(changeFunction, { params: { id: duty.id }, body }) : call(addFunction, { body }),
  );
  return (
    <FormPanel
      title={t(duty ? "function.change.title" : "function.add.title")}
      {...(duty && { note: nameIn(language, duty) })}
      word={t(duty ? "frame.save" : "function.add")}
      act={act}
      body={() => draft}
      onClose={onClose}
      forget={forget}
      onDone={({ id }) => {
        if (!duty) void navigate({ to: "/functions/$id", params: { id } });
      }}
    >
      <NamesFields draft={draft} set={(part) => set((old) => ({ ...old, ...part }))} error={act.error} />
      <MembersField
        legend={t("team.members")}
        value={draft.members}
        onChange={(members) => set((old) => ({ ...old, members }))}
        error={errorAt(act.error, "/members")}
      />
    </FormPanel>
  );
}
