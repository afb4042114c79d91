import { myWork } from "#languages/my-work.ts";
import { useMessages } from "../language/use-messages.ts";

export const useMyWorkWords = () => useMessages(myWork);
