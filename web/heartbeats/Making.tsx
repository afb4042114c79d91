/** A new heartbeat, and the address that is shown once. */
import { type FormEvent, useState } from "react";
import { heartbeatSeverities } from "#contract/heartbeats.ts";
import { ServiceField } from "../intake/Making.tsx";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { useAddHeartbeat } from "./queries.ts";
import { Address } from "./Snippets.tsx";
import { useHeartbeatWords } from "./words.ts";

const unitSeconds = { minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof unitSeconds;
const units = Object.keys(unitSeconds) as Unit[];
type Severity = (typeof heartbeatSeverities)[number];

const empty = { name: "", interval: "1", unit: "days" as Unit, grace: "", severity: "error" as Severity, service: "" };

export function Making() {
  const words = useWords();
  const { t } = words;
  const { t: say } = useHeartbeatWords();
  const make = useAddHeartbeat();
  const [draft, setDraft] = useState(empty);
  const set = (change: Partial<typeof empty>) => setDraft((old) => ({ ...old, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending) return;
    make.mutate(bodyOf(draft), { onSuccess: () => setDraft(empty) });
  };
  return (
    <>
      <form className="fields" onSubmit={submit}>
        <TextField label={say("name")} value={draft.name} onChange={(name) => set({ name })} maxLength={200} required />
        <div className="pair">
          <TextField
            label={say("interval")}
            type="number"
            min="1"
            value={draft.interval}
            onChange={(interval) => set({ interval })}
            required
          />
          <SelectField
            label={say("unit")}
            value={draft.unit}
            onChange={(unit) => set({ unit: unit as Unit })}
            options={units.map((value) => ({ value, label: say(`unit.${value}`) }))}
          />
        </div>
        <TextField
          label={say("grace.label")}
          note={t("ui.optional")}
          hint={say("grace.hint")}
          type="number"
          min="0"
          value={draft.grace}
          onChange={(grace) => set({ grace })}
        />
        <SelectField
          label={say("severity")}
          value={draft.severity}
          onChange={(severity) => set({ severity: severity as Severity })}
          options={heartbeatSeverities.map((value) => ({ value, label: t(`severity.${value}`) }))}
        />
        <ServiceField value={draft.service} onChange={(service) => set({ service })} />
        {make.error && <Fault>{failureSentence(words, make.error)}</Fault>}
        <p>
          <button className="btn primary" type="submit" aria-disabled={make.isPending}>
            {say("make")}
          </button>
        </p>
      </form>
      {make.data && <Address name={make.data.name} value={make.data.key} />}
    </>
  );
}

function bodyOf({ name, interval, unit, grace, severity, service }: typeof empty) {
  return {
    name: name.trim(),
    intervalSeconds: Math.round(Number(interval) * unitSeconds[unit]),
    ...(grace !== "" && { graceSeconds: Math.round(Number(grace) * 60) }),
    severity,
    service: service || null,
  };
}
