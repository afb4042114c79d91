import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { addPolicy } from "#contract/directory.ts";
import { changePolicy } from "#contract/organisation.ts";
import { repeatMax, timeoutMinutesMax } from "#core/escalation/policy.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { type Policy, useChange } from "../directory/queries.ts";
import { ZoneField } from "../directory/ZoneField.tsx";
import { useWords } from "../language/words.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { PolicySentences } from "./PolicySentences.tsx";
import { bodyOf, changeOf, type PolicyDraft, policyDraftOf, policyOfDraft, readsHours } from "./policy-draft.ts";
import { ReachCheck } from "./ReachCheck.tsx";
import { StepFields } from "./StepFields.tsx";
import { WhatIf } from "./WhatIf.tsx";

export function PolicyForm({ policy, onClose }: { policy?: Policy; onClose: () => void }) {
  const { t, zone } = useWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<PolicyDraft>(`${me.id} policy-steps ${policy?.id ?? ""}`, () =>
    policyDraftOf(policy, zone),
  );
  const put = (part: Partial<PolicyDraft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((body: ReturnType<typeof bodyOf>) =>
    policy ? call(changePolicy, { params: { id: policy.id }, body }) : call(addPolicy, { body }),
  );
  const change = changeOf(policy, draft);
  const said = policyOfDraft(draft);
  return (
    <FormPanel
      title={t(policy ? "policy.change.title" : "policy.add.title")}
      {...(policy && { note: policy.name })}
      word={t(policy ? "frame.save" : "policy.add")}
      act={act}
      body={() => bodyOf(draft)}
      onClose={onClose}
      forget={forget}
      onDone={({ id }) => {
        if (!policy) void navigate({ to: "/escalation-policies/$id", params: { id } });
      }}
    >
      <TextField
        label={t("policy.name")}
        value={draft.name}
        onChange={(name) => put({ name })}
        error={errorAt(act.error, "/name")}
        maxLength={200}
        required
        first
      />
      <StepFields steps={draft.steps} onChange={(steps) => put({ steps })} error={act.error} />
      <Limits draft={draft} put={put} error={act.error} />
      {said && (
        <section aria-label={t("policy.says")}>
          <p className="lab">{t("policy.says")}</p>
          <PolicySentences policy={said} />
        </section>
      )}
      {change && <ReachCheck change={change} />}
      <CheckField
        label={t("policy.default.choose")}
        value={draft.default}
        onChange={(chosen) => put({ default: chosen })}
      />
      {policy && <WhatIf change={change} />}
    </FormPanel>
  );
}

type LimitsProps = { draft: PolicyDraft; put: (part: Partial<PolicyDraft>) => void; error: unknown };

/** How often it goes through all, how long somebody may have it and do nothing, and by whose clocks. */
function Limits({ draft, put, error }: LimitsProps) {
  const { t } = useWords();
  return (
    <>
      <TextField
        label={t("policy.repeat")}
        hint={t("policy.repeat.hint")}
        type="number"
        min="0"
        max={String(repeatMax)}
        value={draft.repeat}
        onChange={(repeat) => put({ repeat })}
        required
      />
      <TextField
        label={t("policy.act-within")}
        note={t("ui.optional")}
        hint={t("policy.act-within.hint")}
        type="number"
        min="1"
        max={String(timeoutMinutesMax)}
        value={draft.actWithin}
        onChange={(actWithin) => put({ actWithin })}
        error={errorAt(error, "/actWithinMinutes")}
      />
      {readsHours(draft) && (
        <ZoneField
          value={draft.zone}
          onChange={(chosen) => put({ zone: chosen })}
          hint={t("policy.zone.hint")}
          error={errorAt(error, "/zone")}
        />
      )}
    </>
  );
}
