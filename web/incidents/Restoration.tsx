/** Whether it works again, as those say who need it. */
import { lazy, Suspense } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { hasEnded } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";

const AskWorking = lazy(() => import("../contributors/AskWorking.tsx").then((m) => ({ default: m.AskWorking })));

export function Restoration({ view }: { view: IncidentView }) {
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
        <AskWorking view={view} />
      </Suspense>
    </section>
  );
}
