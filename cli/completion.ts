/** `completion bash|zsh|fish`: scripts made from the very commands that are served. */
import { Argument, type Command, InvalidArgumentError } from "commander";
import type { Console } from "./console.ts";
import { addExamples } from "./help.ts";

const shells = ["bash", "zsh", "fish"] as const;
type Shell = (typeof shells)[number];

export function addCompletion(program: Command, console: Console): void {
  const { t } = console.said;
  const shell = new Argument("<bash|zsh|fish>", t("completion.shell")).argParser((value) => {
    if (!shells.includes(value as Shell))
      throw new InvalidArgumentError(t("usage.possible", { values: shells.join(", ") }));
    return value;
  });
  const command = program
    .command("completion")
    .description(t("completion.what"))
    .addArgument(shell)
    .action((asked: Shell) => console.print(scripts[asked](placesOf(program))));
  addExamples(command, console.said, [
    ["completion bash > ~/.local/share/bash-completion/completions/tocsin", "bash"],
    ["completion zsh > ~/.zfunc/_tocsin", "zsh"],
    ["completion fish > ~/.config/fish/completions/tocsin.fish", "fish"],
  ]);
}

/** The words that may follow some words. */
type Place = { readonly after: string; readonly words: readonly string[]; readonly flags: readonly string[] };

function placesOf(command: Command, before: readonly string[] = []): Place[] {
  const flags = (one: Command | null): string[] =>
    one === null ? [] : [...one.options.flatMap(({ long }) => long ?? []), ...flags(one.parent)];
  const words = command.commands.map((one) => one.name());
  const here = { after: before.join(" "), words, flags: [...new Set([...flags(command), "--help"])] };
  return [here, ...command.commands.flatMap((one) => placesOf(one, [...before, one.name()]))];
}

const cases = (places: readonly Place[], indent: string): string =>
  places
    .map(({ after, words, flags }) => `${indent}"${after}") words="${words.join(" ")}"; flags="${flags.join(" ")}" ;;`)
    .join("\n");

/** Words that name the place: those before the cursor that are no option, two at most. */
const bash = (places: readonly Place[]): string => `_tocsin() {
  local word words flags place="" index
  word="\${COMP_WORDS[COMP_CWORD]}"
  for ((index = 1; index < COMP_CWORD && index < 3; index++)); do
    [[ "\${COMP_WORDS[index]}" == -* ]] && break
    place="\${place:+$place }\${COMP_WORDS[index]}"
  done
  case "$place" in
${cases(places, "    ")}
    *) words=""; flags="" ;;
  esac
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$word"))
  else COMPREPLY=($(compgen -W "$words" -- "$word")); fi
}
complete -o default -F _tocsin tocsin`;

const zsh = (places: readonly Place[]): string => `#compdef tocsin
_tocsin() {
  local place="" index
  for ((index = 2; index < CURRENT && index < 4; index++)); do
    [[ "\${words[index]}" == -* ]] && break
    place="\${place:+$place }\${words[index]}"
  done
  local -a next options
  case "$place" in
${places
  .map(({ after, words, flags }) => `    "${after}") next=(${words.join(" ")}); options=(${flags.join(" ")}) ;;`)
  .join("\n")}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then compadd -- $options
  elif (( \${#next} )); then compadd -- $next
  else _files; fi
}
if [[ "\${funcstack[1]}" == _tocsin ]]; then _tocsin "$@"; else compdef _tocsin tocsin; fi`;

const fish = (places: readonly Place[]): string =>
  places
    .flatMap(({ after, words, flags }) => {
      const names = after.split(" ").filter((one) => one !== "");
      const seen = names.map((name) => `__fish_seen_subcommand_from ${name}`);
      const none = words.length > 0 ? [`not __fish_seen_subcommand_from ${words.join(" ")}`] : [];
      const when = `-n "${[...seen, ...none].join("; and ")}"`;
      return [
        ...(words.length > 0 ? [`complete -c tocsin -f ${when} -a "${words.join(" ")}"`] : []),
        ...flags.map((flag) => `complete -c tocsin ${when} -l ${flag.slice(2)}`),
      ];
    })
    .join("\n");

const scripts: Readonly<Record<Shell, (places: readonly Place[]) => string>> = { bash, zsh, fish };
