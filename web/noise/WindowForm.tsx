/** Maintenance is planned for services, with a reason, and with a look at its next times. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { mayHoldBack } from "#core/noise/permission.ts";
import { meQuery } from "../account/queries.ts";
import { nameIn, useNamed } from "../directory/names.ts";
import { failureSentence, refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { now } from "../ui/now.ts";
import { toast } from "../ui/toast.tsx";
import { sayWhyNot } from "../ui/why-not.ts";
import { NextTimes, PlanFields } from "./PlanFields.tsx";
import { emptyPlan, planOf } from "./plan.ts";
import { useAddWindow } from "./queries.ts";
import { useNoiseWords } from "./words.ts";

export function WindowForm() {
  const words = useWords();
  const { t: say } = useNoiseWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const make = useAddWindow();
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const [services, setServices] = useState<readonly string[]>([]);
  const [draft, setDraft] = useState(() => emptyPlan(words.zone));
  const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(words.zone).toPlainDate().toString();
  const plan = planOf(draft, { zone: words.zone, today });
  const refusal = mayHoldBack("window", me);
  const isReady = plan !== null && services.length > 0 && refusal === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (refusal) return sayWhyNot(words, refusalSentence(words, refusal));
    if (services.length === 0) return sayWhyNot(words, say("window.no-services"));
    if (plan === null) return sayWhyNot(words, say("window.no-times"));
    if (make.isPending) return;
    make.mutate(
      { name: name.trim(), reason: reason.trim(), services: [...services], plan },
      {
        onSuccess: (made) => {
          toast({ text: say("window.made", { name: made.name }), closeWord: words.t("ui.close"), seconds: 6 });
          setName("");
          setReason("");
          setServices([]);
        },
      },
    );
  };
  return (
    <form className="fields" onSubmit={submit}>
      <TextField label={say("window.name")} value={name} onChange={setName} maxLength={200} required />
      <TextField
        label={say("silence.reason")}
        hint={say("silence.reason.hint")}
        value={reason}
        onChange={setReason}
        maxLength={1_000}
        required
      />
      <ServicesField value={services} onChange={setServices} />
      <PlanFields draft={draft} onChange={(change) => setDraft((old) => ({ ...old, ...change }))} />
      <NextTimes plan={plan} />
      {make.error && <Fault>{failureSentence(words, make.error)}</Fault>}
      {refusal && <p className="hint">{refusalSentence(words, refusal)}</p>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={make.isPending || !isReady}>
          {say("window.make")}
        </button>
      </p>
    </form>
  );
}

type ServicesProps = { value: readonly string[]; onChange: (ids: readonly string[]) => void };

function ServicesField({ value, onChange }: ServicesProps) {
  const { language } = useWords();
  const { t: say } = useNoiseWords();
  const { services } = useNamed();
  return (
    <fieldset className="choosing">
      <legend className="lab">
        {say("window.services")} <small>{say("window.chosen", { count: value.length })}</small>
      </legend>
      <div className="many">
        {services.map((one) => (
          <CheckField
            key={one.id}
            label={nameIn(language, one)}
            value={value.includes(one.id)}
            onChange={(on) => onChange(on ? [...value, one.id] : value.filter((id) => id !== one.id))}
          />
        ))}
      </div>
    </fieldset>
  );
}
