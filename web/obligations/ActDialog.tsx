/** What an act on an obligation asks: when a fact happened, what was submitted, what a submission has to say, what is withheld. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { zoned } from "#core/kernel/time.ts";
import { meQuery } from "../account/queries.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { attachmentsQuery, useCommand } from "../incidents/queries.ts";
import { zonedInstant } from "../incidents/zoned-instant.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { now } from "../ui/now.ts";
import { Derogation, derogating, useMay } from "./derogation.tsx";
import type { ObligationView } from "./queries.ts";
import { useObligationWords } from "./words.ts";

export type Acting =
  | { readonly kind: "date"; readonly fact: string }
  | { readonly kind: "submit"; readonly leg: string }
  /** Without a leg, all that its submissions have to say. */
  | { readonly kind: "describe"; readonly leg: string | null }
  | { readonly kind: "withdraw"; readonly leg: string; readonly at: string }
  | { readonly kind: "withhold"; readonly leg: string };

type Props = { view: IncidentView; law: ObligationView; onClose: () => void };

export function ActDialog({ acting, ...props }: Props & { acting: Acting }) {
  switch (acting.kind) {
    case "date":
      return <DateDialog {...props} fact={acting.fact} />;
    case "submit":
      return <SubmitDialog {...props} leg={acting.leg} />;
    case "describe":
      return <DescribeDialog {...props} leg={acting.leg} />;
    case "withdraw":
      return <WithdrawDialog {...props} leg={acting.leg} at={acting.at} />;
    case "withhold":
      return <WithholdDialog {...props} leg={acting.leg} />;
  }
}

const wall = (at: number | string, zone: string): string =>
  zoned(typeof at === "string" ? Date.parse(at) : at, zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });

function DateDialog({ view, law, fact: id, onClose }: Props & { fact: string }) {
  const { t, zone } = useWords();
  const { t: say } = useObligationWords();
  const act = useCommand(view);
  const may = useMay(view, "date-obligation");
  const fact = law.facts.find((one) => one.id === id);
  const corrects = fact?.at != null;
  const [draft, set] = useState({
    at: wall(fact?.at ?? now(), zone),
    toldBy: fact?.toldBy ?? "",
    ...{ reason: "", derogation: "", back: false },
  });
  const put = (part: Partial<typeof draft>) => set((old) => ({ ...old, ...part }));
  const body = () => {
    const at = draft.back ? null : zonedInstant(draft.at, zone);
    if (at === undefined) return null;
    const { reason } = draft;
    const around = { ...(reason.trim() && { reason }), ...derogating(draft.derogation) };
    return {
      name: "date-obligation" as const,
      body: { law: law.id, fact: id, at, toldBy: draft.toldBy || null, ...around },
    };
  };
  return (
    <FormPanel
      title={fact?.name ?? id}
      note={law.name}
      word={say(corrects ? "date.correct" : "date.do")}
      act={act}
      body={body}
      onClose={onClose}
    >
      <TextField
        label={say("date.at")}
        hint={say("date.at.hint", { zone })}
        type="datetime-local"
        value={draft.at}
        onChange={(at) => put({ at })}
        error={errorAt(act.error, "/at")}
        required={!draft.back}
        first
      />
      <TextField
        label={say("date.told")}
        note={t("ui.optional")}
        hint={say("date.told.hint")}
        value={draft.toldBy}
        onChange={(toldBy) => put({ toldBy })}
        maxLength={200}
      />
      {corrects && (
        <>
          <TextField
            label={say("date.reason")}
            value={draft.reason}
            onChange={(reason) => put({ reason })}
            error={errorAt(act.error, "/reason")}
            required
            lines
          />
          <CheckField label={say("date.back")} value={draft.back} onChange={(back) => put({ back })} />
        </>
      )}
      <Derogation may={may} value={draft.derogation} onChange={(derogation) => put({ derogation })} />
    </FormPanel>
  );
}

const unsaid = { reference: "", way: "", attachment: "", derogation: "" };

const given = ({ reference, way, attachment }: typeof unsaid) => ({
  reference: reference.trim() || null,
  way: way.trim() || null,
  attachment: attachment || null,
});

function SubmitDialog({ view, law, leg: id, onClose }: Props & { leg: string }) {
  const { t, zone } = useWords();
  const { t: say } = useObligationWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const files = useQuery({ ...attachmentsQuery(view.number), enabled: view.attachments > 0 }).data?.data ?? [];
  const act = useCommand(view);
  const may = useMay(view, "record-submission");
  const leg = law.legs.find((one) => one.id === id);
  const [draft, set] = useState({ ...unsaid, at: wall(now(), zone), by: me.name });
  const put = (part: Partial<typeof draft>) => set((old) => ({ ...old, ...part }));
  const body = () => {
    const at = zonedInstant(draft.at, zone);
    if (at === undefined) return null;
    const { by, derogation } = draft;
    return {
      name: "record-submission" as const,
      body: { law: law.id, leg: id, at, by: by.trim() || me.name, ...given(draft), ...derogating(derogation) },
    };
  };
  return (
    <FormPanel
      title={say("submit.title", { leg: leg?.name })}
      note={law.name}
      word={say("act.submit")}
      act={act}
      body={body}
      onClose={onClose}
    >
      <p className="hint">{say("submit.what", { recipient: leg?.recipient })}</p>
      <TextField
        label={say("submit.at")}
        hint={say("date.at.hint", { zone })}
        type="datetime-local"
        value={draft.at}
        onChange={(at) => put({ at })}
        error={errorAt(act.error, "/at")}
        required
        first
      />
      <TextField label={say("submit.by")} value={draft.by} onChange={(by) => put({ by })} maxLength={200} required />
      <TextField
        label={say("submit.reference")}
        note={t("ui.optional")}
        hint={say("submit.reference.hint")}
        value={draft.reference}
        onChange={(reference) => put({ reference })}
        maxLength={200}
      />
      <TextField
        label={say("submit.way")}
        note={t("ui.optional")}
        hint={say("submit.way.hint")}
        value={draft.way}
        onChange={(way) => put({ way })}
        maxLength={500}
      />
      {files.length > 0 && (
        <SelectField
          label={say("submit.file")}
          value={draft.attachment}
          onChange={(attachment) => put({ attachment })}
          options={files.map(({ id: value, name }) => ({ value, label: name }))}
          empty={say("submit.file.none")}
        />
      )}
      <Derogation may={may} value={draft.derogation} onChange={(derogation) => put({ derogation })} />
    </FormPanel>
  );
}

function WithdrawDialog({ view, law, leg: id, at, onClose }: Props & { leg: string; at: string }) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const act = useCommand(view);
  const may = useMay(view, "record-submission");
  const [reason, setReason] = useState("");
  const [derogation, setDerogation] = useState("");
  const leg = law.legs.find((one) => one.id === id);
  return (
    <FormPanel
      title={say("withdraw.title", { leg: leg?.name })}
      note={law.name}
      word={say("act.withdraw")}
      act={act}
      body={() => ({
        name: "record-submission" as const,
        body: { law: law.id, leg: id, at, withdrawn: true, reason, ...derogating(derogation) },
      })}
      onClose={onClose}
    >
      <p className="hint">{say("withdraw.what", { moment: words.dateTime(at) })}</p>
      <TextField
        label={say("withhold.reason")}
        value={reason}
        onChange={setReason}
        error={errorAt(act.error, "/reason")}
        required
        first
        lines
      />
      <Derogation may={may} value={derogation} onChange={setDerogation} />
    </FormPanel>
  );
}

function DescribeDialog({ view, law, leg: id, onClose }: Props & { leg: string | null }) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const act = useCommand(view);
  const may = useMay(view, "describe-obligation");
  const leg = law.legs.find((one) => one.id === id);
  const asked = law.fields.filter((one) => leg === undefined || leg.fields.includes(one.id));
  const written = Object.fromEntries(asked.map(({ id, value, from }) => [id, from === "written" ? (value ?? "") : ""]));
  const [draft, set] = useState<Readonly<Record<string, string>>>(written);
  const [derogation, setDerogation] = useState("");
  const body = () => {
    const changed = Object.entries(draft).filter(([name, text]) => text.trim() !== written[name]);
    const fields = Object.fromEntries(changed.map(([name, text]) => [name, text.trim() || null]));
    return { name: "describe-obligation" as const, body: { law: law.id, fields, ...derogating(derogation) } };
  };
  return (
    <FormPanel
      title={leg?.name ?? say("describe.all")}
      note={law.name}
      word={say("describe.do")}
      act={act}
      body={body}
      onClose={onClose}
    >
      <p className="hint">{say("describe.what")}</p>
      {asked.map(({ id: field, name, value, at, from }, index) => (
        <TextField
          key={field}
          label={name}
          value={draft[field] ?? ""}
          onChange={(text) => set((old) => ({ ...old, [field]: text }))}
          hint={
            from === "record"
              ? say("describe.record", { value: shorten(value ?? (at ? words.dateTime(at) : "")) })
              : undefined
          }
          error={errorAt(act.error, `/fields/${field}`)}
          first={index === 0}
          lines
        />
      ))}
      <Derogation may={may} value={derogation} onChange={setDerogation} />
    </FormPanel>
  );
}

const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

function WithholdDialog({ view, law, leg: id, onClose }: Props & { leg: string }) {
  const { t, zone } = useWords();
  const { t: say } = useObligationWords();
  const act = useCommand(view);
  const may = useMay(view, "withhold-notice");
  const leg = law.legs.find((one) => one.id === id);
  const [draft, set] = useState({ authority: "", reason: "", until: "", derogation: "" });
  const put = (part: Partial<typeof draft>) => set((old) => ({ ...old, ...part }));
  const body = () => {
    const { authority, reason, derogation } = draft;
    const until = draft.until === "" ? null : (zonedInstant(draft.until, zone) ?? null);
    const given = { law: law.id, legs: [id], authority, reason, until };
    return { name: "withhold-notice" as const, body: { ...given, ...derogating(derogation) } };
  };
  return (
    <FormPanel
      title={say("withhold.title", { leg: leg?.name })}
      note={law.name}
      word={say("act.withhold")}
      act={act}
      body={body}
      onClose={onClose}
    >
      <p className="hint">{say("withhold.what")}</p>
      <TextField
        label={say("withhold.authority")}
        value={draft.authority}
        onChange={(authority) => put({ authority })}
        maxLength={200}
        required
        first
      />
      <TextField
        label={say("withhold.reason")}
        value={draft.reason}
        onChange={(reason) => put({ reason })}
        error={errorAt(act.error, "/reason")}
        required
        lines
      />
      <TextField
        label={say("withhold.until")}
        note={t("ui.optional")}
        hint={say("withhold.until.hint", { zone })}
        type="datetime-local"
        value={draft.until}
        onChange={(until) => put({ until })}
      />
      <Derogation may={may} value={draft.derogation} onChange={(derogation) => put({ derogation })} />
    </FormPanel>
  );
}
