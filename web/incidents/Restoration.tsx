/** Whether it works again, as those say who need it. */
import { lazy, Suspense, useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { Asked } from "../contributors/AskPanel.tsx";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { hasEnded } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";

const AskPanel = lazy(() => import("../contributors/AskPanel.tsx").then((m) => ({ default: m.AskPanel })));
const AskWorking = lazy(() => import("../contributors/AskWorking.tsx").then((m) => ({ default: m.AskWorking })));

/** A question that was begun stays in sight when the incident moves on meanwhile, also where nothing else is left of this. */
export function Restoration({ view }: { view: IncidentView }) {
  const [asking, setAsking] = useState<Asked | null>(null);
  return (
    <>
      <Words view={view} onAsk={setAsking} />
      {asking && (
        <Suspense fallback={null}>
          <AskPanel view={view} like={null} asked={asking} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </>
  );
}

function Words({ view, onAsk }: { view: IncidentView; onAsk: (asked: Asked) => void }) {
  const words = useWords();
  const { t } = words;
  const { restoration, milestones, language } = view;
  const over = hasEnded(view);
  if (milestones.restored === undefined || (over && restoration.words.length === 0)) return null;
  const wanted = milestones.recovered === undefined ? restoration.wanted : null;
  return (
    <section className="sec" aria-labelledby="restoration">
      <header>
        <h2 id="restoration">{t("restoration.title")}</h2>
      </header>
      {wanted && <p className="muted">{t("restoration.wanted", { by: wanted })}</p>}
      {restoration.words.length > 0 && (
        <ul className="asked">
          {restoration.words.map((one) => (
            <li key={`${one.id} ${one.name}`}>
              <Icon name={one.working ? "check" : "question"} size={14} />
              <span>
                <b>{one.name}</b> <span>{t(one.working ? "restoration.yes" : "restoration.no")}</span>
                {one.text && <span lang={language}> · {one.text}</span>}
                <small className="muted" title={words.exact(one.at)}>
                  {t(`restoration.as.${one.as}`)} · {words.moment(one.at)}
                </small>
              </span>
            </li>
          ))}
        </ul>
      )}
      {!over && <CommandButton view={view} command="confirm-restored" className="btn s" />}
      <Suspense fallback={null}>
        <AskWorking view={view} onAsk={onAsk} />
      </Suspense>
    </section>
  );
}
