/** Help asked for an incident, beside its page: of whom the rules say, or of somebody chosen. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { useKeptMine } from "../account/kept-mine.ts";
import { FormPanel } from "../directory/FormPanel.tsx";
import { useWords } from "../language/words.tsx";
import { toast } from "../ui/toast.tsx";
import { type AskDraft, AskFields, emptyAsk, sentWords, wantedOf } from "./AskFields.tsx";
import { PartyField } from "./PartyField.tsx";
import { Preview } from "./Preview.tsx";
import { partyOf } from "./party.ts";
import { assistanceRulesQuery, useAsk } from "./queries.ts";
import { useAssistanceWords } from "./words.ts";

type Draft = AskDraft & { readonly to: string };
type Props = { incident: Pick<IncidentView, "number" | "service" | "domains">; onClose: () => void };

export function AskPanel({ incident: { number, service, domains }, onClose }: Props) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const { data: rules } = useSuspenseQuery(assistanceRulesQuery());
  const { draft, set, forget } = useKeptMine<Draft>(`help ${number}`, () => ({
    ...emptyAsk(rules),
    service: service?.id ?? "",
    domains,
    to: "",
  }));
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useAsk();
  const wanted = wantedOf(draft);
  return (
    <FormPanel
      title={say("help.title.incident", { number })}
      word={say("help.send")}
      act={act}
      body={() => ({ ...wanted, incident: number, to: partyOf(draft.to) })}
      onClose={onClose}
      forget={forget}
      onDone={(view) => {
        toast({ text: sentWords(view, say), closeWord: words.t("ui.close"), seconds: 8 });
      }}
    >
      <AskFields draft={draft} set={put} error={act.error} />
      <PartyField
        label={say("field.to")}
        value={draft.to}
        onChange={(to) => put({ to })}
        empty={say("field.to.rules")}
      />
      {draft.to === "" && <Preview wanted={draft.title.trim() === "" ? null : wanted} />}
    </FormPanel>
  );
}
