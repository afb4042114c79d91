/** What the command line's exit code means; scripts rely on it. */
export const exits = {
  ok: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  auth: 4,
  conflict: 5,
  problemsFound: 6,
  temporary: 75,
  interrupted: 130,
} as const;
export type Exit = (typeof exits)[keyof typeof exits];

/** Ends the command with one sentence for the reader and a code for the script. */
export class Ended extends Error {
  override name = "Ended";
  readonly exit: Exit;
  /** Stable word, shown with `--json`. */
  readonly code: string;
  /** Lines under the sentence: fields, what is missing. */
  readonly more: readonly string[];
  constructor(exit: Exit, code: string, sentence: string, more: readonly string[] = []) {
    super(sentence);
    this.exit = exit;
    this.code = code;
    this.more = more;
  }
}
