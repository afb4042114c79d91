/** What is chosen for a third party: within the limit, and nothing stricter is offered. */
import { useQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { disclosureLimits } from "#core/kernel/security-words.ts";
import type { Tlp } from "#core/kernel/vocabulary.ts";
import { fits } from "#core/security/disclosing.ts";
import { isDisclosable, tlpOfEntry } from "#core/security/manifest.ts";
import { errorAt } from "../directory/FormPanel.tsx";
import { tell } from "../incidents/entry-words.ts";
import { useNames } from "../incidents/names.ts";
import { timelineQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import type { Part } from "./ActPanel.tsx";
import { numbersIn } from "./draft.ts";
import { tlpWords } from "./MarkField.tsx";
import { useSecurityWords } from "./words.ts";

type Offered = { readonly number: number; readonly label: string; readonly tlp: Tlp | null };
const noEntries: readonly TimelineEntry[] = [];

export function DisclosureFields({ incident, ...part }: Part & { incident: IncidentView }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const { view, draft, put, error } = part;
  const entries = useQuery(timelineQuery(incident.number)).data?.data ?? noEntries;
  const names = useNames(incident, entries);
  const marks = { observables: view.observables, evidence: view.evidence };
  const told = entries.filter(isDisclosable).map((entry): Offered => {
    const { kind, text } = tell(words, names, entry);
    return { number: entry.seq, label: `${entry.seq}. ${kind} · ${text}`, tlp: tlpOfEntry(entry, marks) };
  });
  const limits = disclosureLimits.filter((one) => fits(one, null, view.tlp));
  return (
    <>
      <TextField
        label={say("field.recipient")}
        value={draft.to ?? ""}
        onChange={(to) => put({ to })}
        error={errorAt(error, "/to")}
        required
        first
      />
      <TextField
        label={say("field.purpose")}
        value={draft.purpose ?? ""}
        onChange={(purpose) => put({ purpose })}
        error={errorAt(error, "/purpose")}
        required
        lines
      />
      <SelectField
        label={say("field.limit")}
        value={draft.limit ?? ""}
        onChange={(limit) => put({ limit, evidence: "", observables: "", entries: "" })}
        options={limits.map((value) => ({ value, label: words.t(tlpWords[value]) }))}
      />
      <Chosen
        {...part}
        name="evidence"
        legend={say("evidence")}
        all={view.evidence.map((one) => ({
          ...one,
          label: `${say("evidence.id", { number: one.number })} ${one.description}`,
        }))}
      />
      <Chosen
        {...part}
        name="observables"
        legend={say("observables")}
        all={view.observables.map((one) => ({ ...one, label: `${one.defanged} (${say(`kind.${one.kind}`)})` }))}
      />
      <Chosen {...part} name="entries" legend={say("field.entries")} all={told} />
    </>
  );
}

type ChosenProps = Part & {
  name: "evidence" | "observables" | "entries";
  legend: string;
  all: readonly Offered[];
};

function Chosen({ view, draft, put, name, legend, all }: ChosenProps) {
  const { t: say } = useSecurityWords();
  const limit = (disclosureLimits.find((one) => one === draft.limit) ?? "amber") satisfies Tlp;
  const offered = all.filter(({ tlp }) => fits(limit, tlp, view.tlp));
  const missing = all.length - offered.length;
  const chosen = numbersIn(draft[name]);
  const turn = (number: number, on: boolean) =>
    put({ [name]: (on ? [...chosen, number] : chosen.filter((one) => one !== number)).join(",") });
  return (
    <fieldset className="chosen-things">
      <legend className="lab">{legend}</legend>
      {offered.length === 0 && <p className="muted">{say("field.nothing")}</p>}
      {offered.map(({ number, label }) => (
        <CheckField key={number} label={label} value={chosen.includes(number)} onChange={(on) => turn(number, on)} />
      ))}
      {missing > 0 && <p className="hint">{say("field.too-strict", { count: missing })}</p>}
    </fieldset>
  );
}
