/** Inputs that follow one another share a flush, as they do in life when they come together: their drafts become one draft,
 *  so that five months are some forty flushes and not six thousand. */
import { type Case, type Draft, emptyDraft } from "../../core/desk/draft.ts";
import { yearOf } from "../../core/kernel/time.ts";

/** Enough for a good insert. */
const draftsPerFlushMax = 150;

export type Flushes = {
  readonly add: (draft: Draft) => Promise<void>;
  /** A timer that has fired is gone, unless what it causes sets it again. */
  readonly endTimer: (key: string) => void;
  readonly end: () => Promise<void>;
};

export function gatherFlushes(write: (draft: Draft) => Promise<void>): Flushes {
  let gathered: Draft | null = null;
  let count = 0;
  const ended: string[] = [];
  const end = async (): Promise<void> => {
    if (gathered) await write(gathered);
    gathered = null;
    count = 0;
  };
  return {
    add: async (draft) => {
      if (gathered && (count === draftsPerFlushMax || !mayShare(gathered, draft))) await end();
      gathered ??= emptyDraft(draft);
      for (const key of ended.splice(0)) gathered.effects.push({ kind: "cancel-timer", key });
      addTo(gathered, draft);
      count++;
    },
    endTimer: (key) => void ended.push(key),
    end,
  };
}

/** Sweeps are written before alerts: one that concerns an alert of this flush waits for the next. Numbers are given by
 *  year. */
function mayShare(gathered: Draft, next: Draft): boolean {
  const { zone } = next.directory;
  if (yearOf(gathered.at, zone) !== yearOf(next.at, zone)) return false;
  const swept = new Set(next.sweeps.map((sweep) => sweep.incidentId));
  return swept.size === 0 || gathered.changedAlerts.values().every(({ alert }) => !swept.has(alert.incidentId ?? ""));
}

function addTo(gathered: Draft, draft: Draft): void {
  for (const [id, on] of draft.cases) if (on.touched) gathered.cases.set(id, joined(gathered.cases.get(id), on));
  for (const [id, { alert, isNew }] of draft.changedAlerts) {
    const known = gathered.changedAlerts.get(id);
    gathered.changedAlerts.set(id, { alert, isNew: isNew || known?.isNew === true });
  }
  for (const id of draft.changedStorms) {
    gathered.changedStorms.add(id);
    const storm = draft.storms.get(id);
    if (storm) gathered.storms.set(id, storm);
  }
  gathered.sweeps.push(...draft.sweeps);
  gathered.effects.push(...draft.effects);
  gathered.decisions.push(...draft.decisions);
  for (const id of draft.raised) gathered.raised.add(id);
  if (draft.reportGate !== null) gathered.reportGate = draft.reportGate;
}

function joined(before: Case | undefined, on: Case): Case {
  if (!before) return { ...on, appended: [...on.appended] };
  return { ...on, isNew: before.isNew, seq: before.seq, appended: [...before.appended, ...on.appended] };
}
