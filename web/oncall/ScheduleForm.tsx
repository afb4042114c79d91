import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { addSchedule, changeSchedule } from "#contract/oncall.ts";
import { dayMs } from "#core/kernel/time.ts";
import { scheduleOf } from "#core/oncall/definition.ts";
import { placesOf } from "#core/oncall/holidays.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { type Schedule, useChange } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { useMinutes } from "../ui/now.ts";
import { ChangeDiff } from "./ChangeDiff.tsx";
import { useHolidays } from "./holidays.ts";
import { LayerFields } from "./LayerFields.tsx";
import { isShowable, type LayerDraft, layerDraftOf, layerOfDraft, newLayerDraft } from "./layer-draft.ts";
import { moved } from "./Moves.tsx";
import { ReachCheck } from "./ReachCheck.tsx";
import { type StandsInDraft, StandsInFields, standsInDraftOf, standsInOfDraft } from "./StandsInFields.tsx";
import { coreSchedule, useAbsences } from "./schedules.ts";
import { Turns } from "./Turns.tsx";
import { WhatIf } from "./WhatIf.tsx";
import type { Change } from "./what-if.ts";

type Draft = {
  name: string;
  layers: readonly LayerDraft[];
  /** Absent in a draft that was kept before there were any. */
  standsIn?: StandsInDraft | null;
};

const layersMax = 20;
/** A change is looked at over so long: two rounds of most rotations. */
const diffMs = 56 * dayMs;

const bodyOf = ({ name, layers, standsIn }: Draft, zone: string) => ({
  name: name.trim(),
  layers: layers.map(layerOfDraft),
  standsIn: standsInOfDraft(standsIn, zone),
});

const changeOf = ({ id, declaredGaps }: Schedule, { layers }: Draft): Change | null =>
  layers.every(isShowable) ? { schedule: { id, declaredGaps, layers: layers.map(layerOfDraft) } } : null;

export function ScheduleForm({ schedule, onClose }: { schedule?: Schedule; onClose: () => void }) {
  const { t, zone } = useWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<Draft>(`${me.id} schedule-layers ${schedule?.id ?? ""}`, () => ({
    name: schedule?.name ?? "",
    layers: schedule?.layers.map(layerDraftOf) ?? [newLayerDraft(zone)],
    standsIn: schedule ? standsInDraftOf(schedule, zone) : null,
  }));
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((body: ReturnType<typeof bodyOf>) =>
    schedule ? call(changeSchedule, { params: { id: schedule.id }, body }) : call(addSchedule, { body }),
  );
  const change = schedule ? changeOf(schedule, draft) : null;
  return (
    <FormPanel
      title={t(schedule ? "schedule.change.title" : "schedule.add.title")}
      {...(schedule && { note: schedule.name })}
      word={t(schedule ? "frame.save" : "schedule.add")}
      act={act}
      body={() => bodyOf(draft, zone)}
      onClose={onClose}
      forget={forget}
      onDone={({ id }) => {
        if (!schedule) void navigate({ to: "/schedules/$id", params: { id } });
      }}
    >
      <TextField
        label={t("schedule.name")}
        value={draft.name}
        onChange={(name) => put({ name })}
        error={errorAt(act.error, "/name")}
        maxLength={200}
        required
        first
      />
      <StandsInFields
        value={draft.standsIn ?? null}
        id={schedule?.id ?? null}
        onChange={(standsIn) => put({ standsIn })}
        error={act.error}
      />
      <Layers layers={draft.layers} onChange={(layers) => put({ layers })} error={act.error} />
      <Preview draft={draft} {...(schedule && { schedule })} />
      {change && <ReachCheck change={change} />}
      {schedule && <WhatIf change={change} />}
    </FormPanel>
  );
}

type LayersProps = { layers: readonly LayerDraft[]; onChange: (layers: readonly LayerDraft[]) => void; error: unknown };

function Layers({ layers, onChange, error }: LayersProps) {
  const { t, zone } = useWords();
  return (
    <>
      {layers.map((layer, index) => (
        <LayerFields
          key={layer.key}
          layer={layer}
          index={index}
          count={layers.length}
          error={error}
          onChange={(part) => onChange(layers.map((one, at) => (at === index ? { ...one, ...part } : one)))}
          onMove={(by) => onChange(moved(layers, index, by))}
          onRemove={() => onChange(layers.filter((_, at) => at !== index))}
        />
      ))}
      {layers.length < layersMax && (
        <div>
          <button className="btn s" type="button" onClick={() => onChange([...layers, newLayerDraft(zone)])}>
            {t("layer.add")}
          </button>
          <p className="hint">{t("layer.add.hint")}</p>
        </div>
      )}
    </>
  );
}

function Preview({ draft, schedule }: { draft: Draft; schedule?: Schedule }) {
  const { t } = useWords();
  const absences = useAbsences();
  const at = useMinutes();
  const holidays = useHolidays(
    placesOf(draft.layers.map((one) => ({ restriction: layerOfDraft(one).restriction ?? null }))),
    [0, 1, 2].map((years) => new Date(at).getUTCFullYear() + years),
  );
  if (!draft.layers.every(isShowable)) return null;
  const layers = draft.layers.map(layerOfDraft).map((one, index) => ({
    ...one,
    id: one.id ?? `new-${index}`,
    restriction: one.restriction && { ...one.restriction, closedOn: one.restriction.closedOn ?? [] },
  }));
  const after = scheduleOf({
    overrides: schedule?.overrides ?? [],
    declaredGaps: schedule?.declaredGaps ?? [],
    standIns: schedule?.standIns ?? [],
    holidays,
    layers: layers as Parameters<typeof scheduleOf>[0]["layers"],
  });
  return (
    <>
      <section aria-label={t("schedule.turns")}>
        <p className="lab">{t("schedule.preview")}</p>
        <Turns schedule={after} absences={absences} count={5} />
      </section>
      {schedule && (
        <ChangeDiff
          before={coreSchedule(schedule)}
          after={after}
          absences={absences}
          period={{ from: at, until: at + diffMs }}
        />
      )}
    </>
  );
}
