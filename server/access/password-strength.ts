/** Which passwords an attacker would try first: lists of common ones, keyboard walks, dates, repetitions, and what is known
 *  of the person. The lists take some 25 MB and are rarely needed, so they are read when a password is first set. */
import { HttpProblem } from "../platform/problems.ts";

/** Score of zxcvbn under which a password resists an online attack only while attempts are slowed down: fewer than 10⁸
 *  guesses. */
const scoreMin = 3;
/** What follows is not looked at: the time of the estimate grows faster than the length. */
const lookedAtMax = 64;

type Estimate = (password: string, known: string[]) => number;
let reading: Promise<Estimate> | undefined;

async function readLists(): Promise<Estimate> {
  const { ZxcvbnFactory } = await import("@zxcvbn-ts/core");
  const { adjacencyGraphs, dictionary } = await import("@zxcvbn-ts/language-common");
  const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password, known) => estimator.check(password, known).score;
}

/** `about`: name and address of whose password it is; either alone, or with a year, is guessed at once. */
export async function isGuessable(password: string, about: readonly string[]): Promise<boolean> {
  reading ??= readLists();
  const estimate = await reading;
  const known = ["tocsin", ...about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])];
  const words = known.filter((word) => word !== "").map((word) => word.toLowerCase());
  return estimate(password.normalize("NFC").slice(0, lookedAtMax), words) < scoreMin;
}

/** Throws `invalid-body`, naming the field. */
export async function refuseGuessable(password: string, about: readonly string[]): Promise<void> {
  if (!(await isGuessable(password, about))) return;
  throw new HttpProblem(422, "invalid-body", {
    errors: [{ pointer: "/password", code: "too-guessable", detail: "" }],
  });
}
