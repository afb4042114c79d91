/** The step that is open: its own form, and the ways on from it. */
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { type SetupStep, setupSteps } from "#contract/setup.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { AddressStep } from "./AddressStep.tsx";
import { AlertStep } from "./AlertStep.tsx";
import { MailStep } from "./MailStep.tsx";
import { OnCallStep } from "./OnCallStep.tsx";
import { OrganisationStep } from "./OrganisationStep.tsx";
import { useChangeSetup } from "./queries.ts";
import { ServiceStep } from "./ServiceStep.tsx";
import { nextStep, type StepProps, standingOf } from "./steps.ts";
import { useSetupWords } from "./words.ts";

const steps: Readonly<Record<SetupStep, (props: StepProps) => ReactNode>> = {
  address: AddressStep,
  mail: MailStep,
  organisation: OrganisationStep,
  service: ServiceStep,
  "on-call": OnCallStep,
  alert: AlertStep,
};

export function StepPanel({ step, checks, setup }: StepProps & { step: SetupStep | null }) {
  const words = useWords();
  const t = useSetupWords();
  const heading = useFocusOnChange(step);
  if (step === null) return <AllDone />;
  const Step = steps[step];
  return (
    <section className="step" aria-labelledby="step" key={step}>
      <header>
        <h2 id="step" tabIndex={-1} ref={heading}>
          {t(`${step}.title`)}
        </h2>
        <p className="muted">{t("setup.step", { step: setupSteps.indexOf(step) + 1, total: setupSteps.length })}</p>
      </header>
      <Step checks={checks} setup={setup} />
      <WaysOn step={step} checks={checks} setup={setup} words={words} />
    </section>
  );
}

/** A step that is opened by hand is where the reader goes on; the one that the page opens with is not. */
function useFocusOnChange(step: SetupStep | null) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}

type WaysProps = StepProps & { step: SetupStep; words: ReturnType<typeof useWords> };

function WaysOn({ step, checks, setup, words }: WaysProps) {
  const t = useSetupWords();
  const navigate = useNavigate();
  const change = useChangeSetup();
  const standing = standingOf(step, checks, setup.skipped);
  const next = nextStep(step, checks, setup.skipped);
  const go = () => void navigate({ to: "/setup", search: { step: next ?? "done" }, replace: true, resetScroll: false });
  const putOff = () => change.mutate({ skip: step }, { onSuccess: go });
  return (
    <>
      {change.error && <Fault>{failureSentence(words, change.error)}</Fault>}
      <p className="ways">
        {standing === "todo" ? (
          <button className="btn quiet" type="button" aria-disabled={change.isPending} onClick={putOff}>
            {t("setup.skip")}
          </button>
        ) : (
          <button className={standing === "done" ? "btn primary" : "btn"} type="button" onClick={go}>
            {t("setup.next")}
          </button>
        )}
      </p>
    </>
  );
}

function AllDone() {
  const t = useSetupWords();
  return (
    <section className="step" aria-labelledby="step">
      <header>
        <h2 id="step">{t("setup.done.title")}</h2>
      </header>
      <p className="good">
        <Icon name="check" />
        <span>{t("setup.done.text")}</span>
      </p>
      <p className="ways">
        <Link className="btn primary" to="/">
          {t("setup.done.go")}
        </Link>
      </p>
    </section>
  );
}
