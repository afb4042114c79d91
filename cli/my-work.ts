/** `my-work`: what awaits whoever's token it is, why it is theirs, and until when. */
import type { Command } from "commander";
import { type AwaitedView, readMyWork } from "../contract/my-work.ts";
import { createMessages } from "../languages/messages.ts";
import { myWork } from "../languages/my-work.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { type Cell, plain, printTable, shownTime } from "./text.ts";

const saidIn = ({ locale }: Console) => createMessages(locale, myWork);

export function addMyWork(program: Command, console: Console): void {
  const { t } = console.said;
  program
    .command("my-work")
    .description(t("my-work.what"))
    .action(async () => {
      const work = await ask(console, readMyWork);
      if (console.json) return console.printJson(work);
      const own = saidIn(console);
      if (work.data.length === 0) return console.tell(own.t("mywork.none.title"));
      const heads = [t("column.due"), t("column.priority"), t("column.number"), t("column.kind"), t("column.why")];
      const now = Date.parse(work.at);
      printTable(
        console,
        [...heads, t("column.title")],
        work.data.map((one) => [...rowOf(console, own, one, now), plain(one.incident.title)]),
      );
      if (work.truncated) console.tell(own.t("mywork.truncated"));
    });
}

function rowOf(
  console: Console,
  own: ReturnType<typeof saidIn>,
  { incident, command, about, why, until }: AwaitedView,
  now: number,
): Cell[] {
  const offeredBy = command === "accept-coordination" ? about : null;
  const act = own.t(`mywork.do.${command ?? "none"}`);
  return [
    { text: shownTime(console, until), style: until !== null && Date.parse(until) < now ? "red" : null },
    incident.priority === null ? "" : `P${incident.priority}`,
    incident.number,
    about === null || offeredBy !== null ? act : `${act} · ${plain(about)}`,
    own.t(`mywork.why.${why}`, { about: offeredBy }),
  ];
}
