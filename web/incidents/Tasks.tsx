/** The work of an incident: one line for each task, with who has it and by when; what is over is folded. */
import type { IncidentView } from "#contract/shapes.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { hasEnded } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import { useStreamWords } from "./workstream-words.ts";

export type Task = IncidentView["tasks"][number];

const later = "9999";

type Props = {
  view: IncidentView;
  /** No more than so many, and of each only the act that ends it. */
  short?: number;
  /** In which order, where it is not that of their dates. */
  order?: (open: readonly Task[]) => readonly Task[];
};

export function Tasks({ view, short, order }: Props) {
  const { t } = useWords();
  const over = hasEnded(view);
  const dated = openByDate(view);
  const open = order ? order(dated) : dated;
  const ended = view.tasks.filter(({ status }) => status !== "open");
  if (over && view.tasks.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="tasks">
      <header>
        <h2 id="tasks">{t("tasks.title")}</h2>
        {view.tasks.length > 0 && (
          <small className="push">{t("tasks.count", { done: ended.length, all: view.tasks.length })}</small>
        )}
      </header>
      {open.length > 0 && (
        <ul className="tasks">
          {open.slice(0, short).map((task) => (
            <Line key={task.number} view={view} task={task} acts={over ? [] : short === undefined ? allActs : oneAct} />
          ))}
        </ul>
      )}
      {open.length === 0 && <p className="muted">{t("tasks.none")}</p>}
      {!over && short === undefined && (
        <CommandButton view={view} command="add-task" className="btn s" word={t("tasks.add")} />
      )}
      {ended.length > 0 && short === undefined && (
        <details className="disclose">
          <summary>
            <Icon name="chevron" size={12} />
            {t("tasks.over", { count: ended.length })}
          </summary>
          <ul className="tasks">
            {ended.toReversed().map((task) => (
              <Line key={task.number} view={view} task={task} acts={[]} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** As they fall due; what has no date comes last. */
export const openByDate = ({ tasks }: IncidentView): Task[] =>
  tasks.filter(({ status }) => status === "open").toSorted((a, b) => ((a.due ?? later) < (b.due ?? later) ? -1 : 1));

const allActs = ["complete-task", "assign-task", "cancel-task"] as const;
const oneAct = ["complete-task"] as const;

type LineProps = { view: IncidentView; task: Task; acts: readonly (typeof allActs)[number][] };

type Own = ReturnType<typeof useStreamWords>["t"];

function Line({ view, task, acts }: LineProps) {
  const words = useWords();
  const { t } = words;
  const { t: own } = useStreamWords();
  useMinutes();
  const { number, text, owner, due, staleAt, left } = task;
  const late = task.status === "open" && due !== null && Date.parse(due) < now();
  return (
    <li className={task.status === "open" ? "task" : "task over"}>
      <p>
        <span className="id">{number}</span> {text}
      </p>
      <p className="muted">
        {owner ? t("tasks.owner", { name: owner.name }) : t("tasks.nobody")}
        {due !== null && " · "}
        {due !== null && (
          <span className={late ? "late" : undefined} title={words.exact(due)}>
            {t(late ? "tasks.late" : "tasks.due", { at: late ? words.phrase("since", due) : words.moment(due) })}
          </span>
        )}
        {task.workstream !== null && ` · ${own("workstreams.about", { number: task.workstream })}`}
        {staleAt !== null && ` · ${t("tasks.stale", { at: words.moment(staleAt) })}`}
      </p>
      {left && <p className="muted">{leftSentence(words, own, task)}</p>}
      {acts.length > 0 && (
        <p className="acts">
          {acts.map((command) => (
            <CommandButton
              key={command}
              view={view}
              command={command}
              task={number}
              className={command === "complete-task" ? "btn s" : "link"}
              word={t(`tasks.${command}`)}
              about={t("tasks.about", { number })}
            />
          ))}
        </p>
      )}
    </li>
  );
}

function leftSentence(words: Words, own: Own, { status, left }: Task): string {
  if (!left || status === "open") return "";
  if (status === "moved") return own("tasks.moved", { name: left.by, at: words.moment(left.at) });
  const said = words.t(`tasks.${status}`, { name: left.by, at: words.moment(left.at) });
  return left.text ? `${said} · ${left.text}` : said;
}
