import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { PriorityBadge, StateTicks } from "../ui/marks.tsx";
import { stepOf } from "./arrangement.ts";

export function Priority({ view, list }: { view: Pick<IncidentView, "priority">; list?: boolean }) {
  const { t } = useWords();
  const { priority } = view;
  if (priority === null) return <span className="muted none">{t("priority.none")}</span>;
  const word = t("priority.badge", { priority, word: t(`priority.${priority}`) });
  return <PriorityBadge priority={priority} word={word} list={list ?? false} />;
}

/** From here on the service works. */
const restoredStep = 7;

export function State({ view }: { view: IncidentView }) {
  const { t } = useWords();
  const step = stepOf(view);
  return <StateTicks word={t(`stage.${view.stage}`)} step={step} done={step >= restoredStep} />;
}
