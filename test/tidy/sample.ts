/** Small projects, as a map of files. */
import type { Source } from "./source.ts";

export type Project = Readonly<Record<string, string>>;
export type Samples = { readonly bad: readonly Project[]; readonly good: readonly Project[] };

export const filesOf = (project: Project): Source[] => Object.entries(project).map(([path, text]) => ({ path, text }));

export const inServer = (text: string): Project => ({ "server/incidents/routes.ts": text });
export const inWeb = (text: string): Project => ({ "web/incidents/BoardPage.tsx": text });
