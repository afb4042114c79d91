import { teams } from "#languages/teams.ts";
import { useMessages } from "../language/use-messages.ts";

export const useTeamWords = () => useMessages(teams);
export type Say = ReturnType<typeof useTeamWords>["t"];
