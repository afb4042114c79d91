/** One category: what it asks of its incidents, and every version that was ever published. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { Category } from "#contract/categories.ts";
import { minuteMs } from "#core/kernel/time.ts";
import { useWords } from "../language/words.tsx";
import { useSupplierWords } from "../suppliers/words.ts";
import { TeamsOf } from "../teams/TeamsFields.tsx";
import { useCalendarNames } from "./BusinessCalendars.tsx";
import { CategoryForm } from "./CategoryForm.tsx";
import { categoryQuery } from "./category-query.ts";
import { AdminAct, Fact, Facts, ObjectFrame, Section } from "./frame.tsx";
import { nameIn } from "./names.ts";
import { ProcessForm } from "./ProcessForm.tsx";
import { functionsQuery } from "./queries.ts";

const route = getRouteApi("/shell/categories/$id");

type Part = { process: Category["process"] };

export function CategoryPage() {
  const { t, language, list } = useWords();
  const { id } = route.useParams();
  const { data: category } = useSuspenseQuery(categoryQuery(id));
  const { process } = category;
  const name = nameIn(language, category);
  return (
    <ObjectFrame
      title={name}
      note={`${id}@${category.version}`}
      from={{ to: "/categories", word: t("categories.title") }}
      copied={{ page: `/categories/${id}`, api: `/api/v1/categories/${id}`, name }}
      act={
        <>
          <AdminAct
            word={t("frame.change")}
            keeper
            form={(close) => <CategoryForm category={category} onClose={close} />}
          />
          <AdminAct
            word={t("process.write")}
            keeper
            quiet
            form={(close) => <ProcessForm key={category.version} category={category} onClose={close} />}
          />
        </>
      }
    >
      <div className="page sides">
        <div>
          {Object.values(process).every((one) => !Array.isArray(one) || one.length === 0) && (
            <p className="empty">{t("process.none")}</p>
          )}
          <Lines title={t("process.entry")} items={process.entry ?? []} />
          <FlagRules process={process} />
          <Lines
            title={t("process.questions")}
            items={process.questions.map(({ words, required }) => ({
              words,
              note: required ? null : t("ui.optional"),
            }))}
          />
          <Lines title={t("process.criteria")} items={process.criteria} />
          <Lines title={t("process.recovery")} items={process.recovery} />
          <Roles process={process} />
          <Informed process={process} />
          <TeamsOf teams={process.teams} />
        </div>
        <div>
          <Targets process={process} />
          <Pauses process={process} />
          <Levels process={process} />
          <Section title={t("category.about")}>
            <Facts>
              <Fact word={t("category.keywords")}>
                {category.keywords[language].length > 0 ? (
                  list(category.keywords[language])
                ) : (
                  <span className="muted">{t("ui.none")}</span>
                )}
              </Fact>
              {category.retired && <Fact word={t("category.retired")}>{t("category.retired.what")}</Fact>}
            </Facts>
          </Section>
          <Versions versions={category.versions} />
        </div>
      </div>
    </ObjectFrame>
  );
}

function FlagRules({ process: { flags = [] } }: Part) {
  const { t } = useWords();
  return (
    <Lines title={t("process.flags")} items={flags.map(({ words, flag }) => ({ words, note: t(`flag.${flag}`) }))} />
  );
}

type Line = { readonly words: { readonly fr: string; readonly en: string }; readonly note?: string | null };

function Lines({ title, items }: { title: string; items: readonly Line[] }) {
  const { language } = useWords();
  if (items.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="lines">
        {items.map(({ words, note }) => (
          <li key={words.en}>
            <span>{words[language]}</span>
            {note && <small className="muted">{note}</small>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Roles({ process }: Part) {
  const { t, language } = useWords();
  const nameOf = useFunctionNames();
  if (process.roles.length === 0) return null;
  return (
    <Section title={t("process.roles")}>
      <ul className="lines">
        {process.roles.map(({ id, words, duty, level, required, function: called }) => (
          <li key={id}>
            <span>
              {words[language]}
              <small className="muted">{duty[language]}</small>
              {called && (
                <small className="muted">{t("process.role.called", { name: nameOf(called).words[language] })}</small>
              )}
              {required && <small className="muted">{t("process.role.required")}</small>}
            </span>
            <small className="muted">{level === null ? t("process.role.anybody") : t(`level.${level}`)}</small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Informed({ process: { informed = [] } }: Part) {
  const { t } = useWords();
  const nameOf = useFunctionNames();
  return <Lines title={t("process.informed")} items={informed.map(nameOf)} />;
}

/** In both languages, as a line wants them. */
function useFunctionNames() {
  const { data } = useSuspenseQuery(functionsQuery());
  return (id: string): Line => {
    const duty = data.data.find((one) => one.id === id);
    return { words: { fr: duty?.nameFr ?? id, en: duty?.nameEn ?? id } };
  };
}

function Targets({ process }: Part) {
  const words = useWords();
  const { t } = words;
  const calendarName = useCalendarNames();
  if (process.targets.length === 0) return null;
  return (
    <Section title={t("process.targets")}>
      <Facts>
        {process.targets.map(({ kind, priorities, minutes, openHours, calendar }) => (
          <Fact key={`${kind} ${priorities} ${openHours} ${calendar}`} word={t(`clock.name.${kind}`)}>
            {openHours ? t("target.open-hours", { hours: minutes / 60 }) : words.lasting(minutes * minuteMs)}
            {calendar && <small className="muted"> {t("clocks.by", { calendar: calendarName(calendar) })}</small>}
            {priorities && <small className="muted"> {words.list(priorities.map((one) => `P${one}`))}</small>}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}

/** Where it says nothing, what usually may. */
function Pauses({ process }: Part) {
  const { pauses = [] } = process;
  const { t: say } = useSupplierWords();
  const { t, lasting } = useWords();
  const items = pauses.map(({ words, minutes, onSupplier }) => ({
    words,
    note: [lasting(minutes * minuteMs), onSupplier && say(`pause.${onSupplier}`)].filter(Boolean).join(" · "),
  }));
  return (
    <>
      <Lines title={t("process.pauses")} items={items} />
      <Notices process={process} />
    </>
  );
}

function Notices({ process: { notices = [] } }: Part) {
  const { t, lasting } = useWords();
  if (notices.length === 0) return null;
  return (
    <Section title={t("process.notices")}>
      <Facts>
        {notices.map(({ action, minutes }) => (
          <Fact key={action} word={t(`process.notice.${action}`)}>
            {lasting(minutes * minuteMs)}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}

function Levels({ process }: Part) {
  const { t } = useWords();
  if (process.levels.length === 0) return null;
  return (
    <Section title={t("process.levels")}>
      <Facts>
        {process.levels.map(({ command, level }) => (
          <Fact key={command} word={t(`level.${level}`)}>
            {t(`command.${command}.do`)}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}

function Versions({ versions }: { versions: Category["versions"] }) {
  const words = useWords();
  const { t } = words;
  return (
    <Section title={t("category.versions")}>
      <ul className="lines">
        {versions.map(({ version, at, by }) => (
          <li key={version}>
            <span className="mono">{version}</span>
            <small className="muted">
              {at === null ? t("category.versions.came") : [words.moment(at), by].filter(Boolean).join(" · ")}
            </small>
          </li>
        ))}
      </ul>
    </Section>
  );
}
