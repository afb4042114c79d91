/** Whether a law wants anything told: its questions one at a time, by one key each, then the conclusion with its reasons. What the answers
 *  come to is said; who assesses decides. */
import { useEffect, useRef, useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { type Answer, type Outcome, outcomes, questionsOf, suggested } from "#core/obligations/assessment.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { useCommand } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { CheckField, ChoiceField, TextField } from "../ui/fields.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Derogation, derogating, useMay } from "./derogation.tsx";
import type { ObligationView } from "./queries.ts";
import { useObligationWords } from "./words.ts";

type Props = { view: IncidentView; law: ObligationView; onClose: () => void };
type Given = Readonly<Record<string, Answer>>;

const answersOf = (law: ObligationView): Given =>
  Object.fromEntries(law.questions.flatMap(({ id, answer }) => (answer === null ? [] : [[id, answer]])));

export function AssessDialog({ view, law, onClose }: Props) {
  const [answers, setAnswers] = useState<Given>(() => answersOf(law));
  /* Assessed once, it begins with its conclusion: what is known need not be asked again. */
  const [at, setAt] = useState(law.assessment === null ? 0 : law.questions.length);
  /* Kept while the questions are gone through again. */
  const [text, setText] = useState("");
  const question = law.questions[at];
  if (!question)
    return (
      <Conclusion
        view={view}
        law={law}
        answers={answers}
        text={text}
        onText={setText}
        onBack={() => setAt(0)}
        onClose={onClose}
      />
    );
  const answer = (given: Answer) => {
    const all = { ...answers, [question.id]: given };
    setAnswers(all);
    const settled = suggested(questionsOf(law.id), all) !== "unknown";
    setAt(settled ? law.questions.length : at + 1);
  };
  return (
    <Question
      law={law}
      at={at}
      said={answers[question.id] ?? null}
      onAnswer={answer}
      onBack={setAt}
      onClose={onClose}
    />
  );
}

type Asking = {
  law: ObligationView;
  at: number;
  said: Answer | null;
  onAnswer: (answer: Answer) => void;
  onBack: (at: number) => void;
  onClose: () => void;
};

const given = ["yes", "no", "unknown"] as const;
const keyOf = { yes: { fr: "O", en: "Y" }, no: { fr: "N", en: "N" }, unknown: { fr: "?", en: "?" } } as const;

function Question({ law, at, said, onAnswer, onBack, onClose }: Asking) {
  const { t, language } = useWords();
  const { t: say } = useObligationWords();
  const question = law.questions[at];
  const answered = useRef(onAnswer);
  answered.current = onAnswer;
  /* Single keys of pages rest while something is open over them: these are its own. */
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      /* Held down, it would answer what nobody has read. */
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      const answer = given.find((one) => keyOf[one][language].toLowerCase() === event.key.toLowerCase());
      if (!answer) return;
      /* It would be written in the field that follows. */
      event.preventDefault();
      answered.current(answer);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [language]);
  return (
    <Modal title={say("assess.title", { law: law.name })} closeWord={t("ui.cancel")} onClose={onClose} panel>
      <div className="body law-question" aria-live="polite">
        <p className="hint">{say("question.of", { at: at + 1, of: law.questions.length })}</p>
        <fieldset className="answers">
          <legend className="asked">{question?.name}</legend>
          {given.map((answer, index) => (
            <button
              key={answer}
              className="btn big"
              type="button"
              aria-pressed={said === answer}
              data-first={index === 0 || undefined}
              onClick={({ detail }) => detail < 2 && onAnswer(answer)}
            >
              {say(`answer.${answer}`)} <kbd>{keyOf[answer][language]}</kbd>
            </button>
          ))}
        </fieldset>
        <p className="acts">
          {at > 0 && (
            <button className="link" type="button" onClick={() => onBack(at - 1)}>
              {say("question.back")}
            </button>
          )}
          <button className="link" type="button" onClick={() => onBack(law.questions.length)}>
            {say("question.skip")}
          </button>
        </p>
        <p className="hint">{say("assess.hint")}</p>
      </div>
    </Modal>
  );
}

type Concluding = Props & { answers: Given; text: string; onText: (text: string) => void; onBack: () => void };

function Conclusion({ view, law, answers, text, onText, onBack, onClose }: Concluding) {
  const { t: say } = useObligationWords();
  const act = useCommand(view);
  const may = useMay(view, "assess-obligation");
  const proposed = suggested(questionsOf(law.id), answers);
  const [outcome, setOutcome] = useState<Outcome>(law.assessment?.outcome ?? proposed);
  const [derogation, setDerogation] = useState("");
  const own = law.traits.filter(({ of }) => of === "incident");
  const [traits, setTraits] = useState<readonly string[]>(own.filter(({ holds }) => holds).map(({ id }) => id));
  const set = (id: string) => (on: boolean) =>
    setTraits((old) => (on ? [...old, id] : old.filter((one) => one !== id)));
  return (
    <FormPanel
      title={say("assess.title", { law: law.name })}
      note={view.number}
      word={say("assess.conclude")}
      act={act}
      body={() => ({
        name: "assess-obligation" as const,
        body: { law: law.id, outcome, answers, traits, text, ...derogating(derogation) },
      })}
      onClose={onClose}
      onDone={() => {
        announce(say(`outcome.${outcome}`));
      }}
    >
      <p className="suggested">
        {say("assess.suggested")} <b>{say(`outcome.${proposed}`)}</b>{" "}
        <button className="link" type="button" onClick={onBack}>
          {say("question.again")}
        </button>
      </p>
      <ChoiceField
        legend={say("assess.outcome")}
        value={outcome}
        onChange={(value) => setOutcome(outcomes.find((one) => one === value) ?? "unknown")}
        options={outcomes.map((value) => ({ value, label: say(`outcome.${value}.choice`) }))}
      />
      {own.length > 0 && (
        <fieldset className="choices">
          <legend className="lab">{say("assess.traits")}</legend>
          {own.map(({ id, name }) => (
            <CheckField key={id} label={name} value={traits.includes(id)} onChange={set(id)} />
          ))}
        </fieldset>
      )}
      <TextField
        label={say("assess.reasons")}
        hint={say("assess.reasons.hint")}
        value={text}
        onChange={onText}
        error={errorAt(act.error, "/text")}
        required
        first
        lines
      />
      <Derogation may={may} value={derogation} onChange={setDerogation} />
    </FormPanel>
  );
}
