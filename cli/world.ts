/** Everything outside the command line, passed in: a test gives its own. */
export type World = {
  /** Arguments after the program's name. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the process runs; the caller may stand elsewhere (npm moves to the package). */
  readonly directory: string;
  readonly terminal: { readonly out: boolean; readonly err: boolean };
  /** Data. */
  readonly write: (chunk: string) => void;
  /** Talk. */
  readonly say: (chunk: string) => void;
  readonly readInput: () => Promise<string>;
  readonly now: () => number;
  readonly newKey: () => string;
  /** On this machine's own desk, without its API. */
  readonly makeToken: (wanted: TokenWanted) => Promise<TokenMade>;
};

export type TokenWanted = {
  readonly name: string;
  /** An e-mail address; null for the first administrator. */
  readonly person: string | null;
  readonly scopes: readonly ("read" | "write")[];
  /** Null for the usual length. */
  readonly lastsMs: number | null;
};

export type TokenMade =
  | { readonly id: string; readonly token: string; readonly expiresAt: string }
  | {
      readonly refused: "no-desk" | "database-silent" | "no-administrator" | "person-unknown";
      readonly where: string;
    };
