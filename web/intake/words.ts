import { intake } from "#languages/intake.ts";
import { useMessages } from "../language/use-messages.ts";

export const useIntakeWords = () => useMessages(intake);
