/** A silence is written with its reason and its end, and with a look at what it would hold back. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { mayHoldBack } from "#core/noise/permission.ts";
import { meQuery } from "../account/queries.ts";
import { errorAt } from "../directory/FormPanel.tsx";
import { zonedInstant } from "../incidents/zoned-instant.ts";
import { failureSentence, refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { now } from "../ui/now.ts";
import { toast } from "../ui/toast.tsx";
import { Preview } from "./Preview.tsx";
import { useAddSilence } from "./queries.ts";
import { RuleWhatIf } from "./RuleWhatIf.tsx";
import { ScopeFields } from "./ScopeFields.tsx";
import { askedOf, emptyScope, matchersOf, type ScopeDraft, saysSomething } from "./scope.ts";
import { useNoiseWords } from "./words.ts";

const hours = ["1", "2", "4", "8", "24", "168"] as const;
type Lasts = (typeof hours)[number] | "other";
const hourMs = 3_600_000;

type Props = { begun?: ScopeDraft; met?: readonly { readonly id: string; readonly name: string }[] };

export function SilenceForm({ begun = emptyScope, met = [] }: Props) {
  const words = useWords();
  const { t: say } = useNoiseWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const make = useAddSilence();
  const [scope, setScope] = useState(begun);
  const [reason, setReason] = useState("");
  const [lasts, setLasts] = useState<Lasts>("2");
  const [until, setUntil] = useState("");
  const asked = askedOf(scope);
  const refusal = mayHoldBack("silence", me);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending || refusal !== null || matchersOf(scope.labels).wrong !== null) return;
    const end =
      lasts === "other" ? zonedInstant(until, words.zone) : new Date(now() + Number(lasts) * hourMs).toISOString();
    if (end === undefined) return;
    make.mutate(
      { reason: reason.trim(), ...asked, until: end },
      {
        onSuccess: (made) => {
          toast({
            text: say("silence.made", { until: words.phrase("until", made.until) }),
            closeWord: words.t("ui.close"),
            seconds: 6,
          });
          setScope(emptyScope);
          setReason("");
        },
      },
    );
  };
  return (
    <form className="fields" onSubmit={submit}>
      <ScopeFields met={met} draft={scope} onChange={(change) => setScope((old) => ({ ...old, ...change }))} />
      <Preview draft={scope} />
      <TextField
        label={say("silence.reason")}
        hint={say("silence.reason.hint")}
        value={reason}
        onChange={setReason}
        maxLength={1_000}
        required
      />
      <Lasting
        lasts={lasts}
        until={until}
        error={errorAt(make.error, "/until")}
        onLasts={setLasts}
        onUntil={setUntil}
      />
      <RuleWhatIf change={saysSomething(asked) ? { silence: asked } : null} what="replay.silence.what" />
      {make.error && <Fault>{failureSentence(words, make.error)}</Fault>}
      {refusal && <p className="hint">{refusalSentence(words, refusal)}</p>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={make.isPending || refusal !== null}>
          {say("silence.make")}
        </button>
      </p>
    </form>
  );
}

type LastingProps = {
  lasts: Lasts;
  until: string;
  error: string | undefined;
  onLasts: (lasts: Lasts) => void;
  onUntil: (until: string) => void;
};

function Lasting({ lasts, until, error, onLasts, onUntil }: LastingProps) {
  const { t: say } = useNoiseWords();
  return (
    <div className="pair">
      <SelectField
        label={say("silence.lasts")}
        value={lasts}
        onChange={(chosen) => onLasts(chosen as Lasts)}
        options={[...hours, "other" as const].map((value) => ({ value, label: say(`silence.lasts.${value}`) }))}
      />
      {lasts === "other" && (
        <TextField
          label={say("silence.until")}
          type="datetime-local"
          value={until}
          onChange={onUntil}
          error={error}
          required
        />
      )}
    </div>
  );
}
