/** Facts of a specialised team that was activated on an incident. Its number is that of its calls, among those for escalations. */
import type { Bilingual, Item } from "../directory/category-process.ts";
import type { Charter } from "../directory/team-charter.ts";
import type { CategoryId, Level } from "../kernel/vocabulary.ts";

type Someone = { readonly id: string; readonly name: string };

export type TeamEvent =
  | {
      type: "team.activated";
      /** `charter`: as it was then, which is what counts until it is stood down. `category`: by whose rule, where by one. */
      data: { number: number; team: string; name: string; charter: Charter; until: string; category?: CategoryId };
    }
  /** `role`: null where none of its roles is free for them; `words`: what it is called. */
  | {
      type: "team.joined";
      data: {
        number: number;
        teamName: string;
        personId: string;
        name: string;
        level: Level;
        role: string | null;
        words: Bilingual | null;
      };
    }
  /** `was`: they had joined, or were called and cannot come. */
  | {
      type: "team.left";
      data: { number: number; teamName: string; personId: string; name: string; was: "joined" | "called" };
    }
  /** `late`: after it had been said that too few came. */
  | { type: "team.quorum-met"; data: { number: number; teamName: string; people: number; late: boolean } }
  | {
      type: "team.quorum-missed";
      /** `roles`: required, and not filled. `deputy`: who is called now. */
      data: {
        number: number;
        teamName: string;
        people: number;
        needed: number;
        roles: Item[];
        because: "time-out" | "nobody-left" | "left";
        deputy: Someone | null;
      };
    }
  | { type: "team.stood-down"; data: { number: number; teamName: string; because: "asked" | "ended" } };
