/** Open incidents that what is being typed may already be: those whose title shares words that say something. */
import type { IncidentView } from "#contract/shapes.ts";

export type Alike = { readonly view: IncidentView; readonly shared: readonly string[] };

const alikeMax = 3;
/** Shorter words are in every title; a number of three figures may be the very answer of the service. */
const isLongEnough = (word: string): boolean => word.length >= 4 || /^\d{3,}$/.test(word);
/** And so are these. */
const saysNothing = new Set(
  `after again also aucun aucune avec avoir been before broken cannot cela certains cette chez comme dans depuis does
  doesn down encore entre error erreur every fait fonctionne fonctionnent from have impossible incident into issue
  leur mais marche marchent meme more need nobody not notre nous panne personne peut plus pour probleme problem quand
  quelques sans since slow some sont sous such that there they this tous tout toute toutes tres very vers votre vous
  when with work working works`.split(/\s+/),
);

/** Names that a service goes by, in both languages. Every incident of a service may have them in its title: they say where,
 *  and not what. */
export type ServiceNames = (serviceId: string) => readonly string[];

/** A title in one word is enough to propose; longer ones must share two. */
export function likely(views: readonly IncidentView[], typed: string, namesOf: ServiceNames = () => []): Alike[] {
  const words = tellingWords(typed);
  return views
    .map((view) => {
      const names = view.service ? [view.service.name, ...namesOf(view.service.id)] : [];
      const where = stemsOf(names.join(" "));
      const telling = words.filter((one) => !where.has(one.stem));
      const titled = stemsOf(view.title);
      const shared = telling.filter((one) => titled.has(one.stem)).map((one) => one.word);
      return { view, shared, enough: Math.min(2, telling.length) };
    })
    .filter((one) => one.shared.length > 0 && one.shared.length >= one.enough)
    .sort((a, b) => b.shared.length - a.shared.length)
    .slice(0, alikeMax);
}

const stemsOf = (text: string): ReadonlySet<string> => new Set(tellingWords(text).map((one) => one.stem));

type Word = { readonly word: string; readonly stem: string };

/** Each once, without accents, and without the ending that a plural or a verb changes. */
function tellingWords(text: string): Word[] {
  const found = new Map<string, Word>();
  for (const word of text.split(/[^\p{L}\p{N}]+/u)) {
    const plain = word
      .normalize("NFD")
      .replace(/\p{Diacritic}/gu, "")
      .toLowerCase();
    if (!isLongEnough(plain) || saysNothing.has(plain)) continue;
    const stem = plain.length > 5 ? plain.replace(/(?:es|s|ed|ing|ent|er|e)$/, "") : plain.replace(/s$/, "");
    if (!found.has(stem)) found.set(stem, { word, stem });
  }
  return [...found.values()];
}
