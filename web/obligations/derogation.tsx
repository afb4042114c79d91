/** Who has not the level acts all the same in an emergency, with a reason that is reviewed. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { whyNot } from "#core/incidents/decide.ts";
import type { Refusal } from "#core/kernel/refusal.ts";
import { meQuery } from "../account/queries.ts";
import { actorFromMe, stateFromView } from "../incidents/state-from-view.ts";
import { refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";

export function useMay(view: IncidentView, command: IncidentCommandName): Refusal | null {
  const { data: me } = useSuspenseQuery(meQuery());
  const refusal = whyNot(stateFromView(view), command, actorFromMe(me));
  return refusal?.refused === "level-too-low" || refusal?.refused === "level-missing" ? refusal : null;
}

export const derogating = (reason: string) => (reason.trim() === "" ? {} : { derogation: { reason: reason.trim() } });

type Props = { may: Refusal | null; value: string; onChange: (reason: string) => void };

export function Derogation({ may, value, onChange }: Props) {
  const words = useWords();
  if (may === null) return null;
  const sentence = refusalSentence(words, may);
  if (may.refused === "level-missing") return <p className="hint fault">{sentence}</p>;
  return (
    <TextField label={words.t("form.derogation")} hint={sentence} value={value} onChange={onChange} required lines />
  );
}
