/** Passwords: argon2id (RFC 9106) with the parameters kept beside each hash, so that they can rise. As many hashes at a
 *  time as there are cores, since each takes its memory and its core. */
import { argon2, randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { HttpProblem } from "../platform/problems.ts";
import { sameBytes } from "../platform/secrets.ts";

const current = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;

/** A turn that nobody has taken within some ten seconds of hashing is not worth waiting for. */
const waitingMax = 500;

let running = 0;
const queue: (() => void)[] = [];

/** Who leaves hands its place on: were it given up first, whoever came in between would be one too many. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < availableParallelism()) running++;
  else if (queue.length < waitingMax) await new Promise<void>((turn) => queue.push(turn));
  else throw new HttpProblem(503, "overloaded");
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else running--;
  }
}

function derive(
  password: string,
  nonce: Buffer,
  cost: typeof current | { memory: number; passes: number; parallelism: number },
): Promise<Buffer> {
  return inTurn(
    () =>
      new Promise((done, failed) => {
        argon2(
          "argon2id",
          { message: Buffer.from(password.normalize("NFC")), nonce, tagLength, ...cost },
          (error, tag) => (error ? failed(error) : done(Buffer.from(tag))),
        );
      }),
  );
}

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive(password, nonce, current);
  return [
    "argon2id",
    current.memory,
    current.passes,
    current.parallelism,
    nonce.toString("base64url"),
    tag.toString("base64url"),
  ].join("$");
}

/** `stale`: right, but made with lower parameters than today's. A missing hash costs the same time as a wrong password. */
export async function checkPassword(
  password: string,
  hash: string | null,
): Promise<{ readonly right: boolean; readonly stale: boolean }> {
  const [, memory, passes, parallelism, nonce, tag] = (hash ?? (await decoy)).split("$");
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const made = await derive(password, Buffer.from(nonce ?? "", "base64url"), cost);
  const right = hash !== null && sameBytes(made, Buffer.from(tag ?? "", "base64url"));
  return {
    right,
    stale:
      right && (cost.memory < current.memory || cost.passes < current.passes || cost.parallelism < current.parallelism),
  };
}

const decoy = hashPassword(randomBytes(16).toString("hex"));
