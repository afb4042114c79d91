/** All the rules, in the order in which they are worth reading. */
import { accessibilityChecked } from "./accessibility.ts";
import {
  dependenciesDecided,
  environmentDocumented,
  errorsDocumented,
  linksLead,
  lockfile,
  lockfileEveryPlatform,
  noLeftovers,
  noMachinePaths,
  pinned,
  readmeTwins,
} from "./documents.ts";
import { direction, genericUi, noBarrels, noCycles, orderOfCore, packagesOfCore, serverApart } from "./imports.ts";
import { licenceRule } from "./licences.ts";
import { pitfallsTested } from "./pitfalls.ts";
import { purity } from "./purity.ts";
import {
  constantSql,
  noCodeFromText,
  noHttpClient,
  noShell,
  oneClock,
  spawnsListed,
  sqlReadsNoClock,
} from "./safety.ts";
import { securityTested } from "./security.ts";
import {
  exportedNames,
  fileCase,
  fileNames,
  fileSize,
  functionSize,
  noDefaultExports,
  parameterCount,
} from "./shape.ts";
import type { Rule } from "./source.ts";
import { visibleReads } from "./visible.ts";
import { firstWords, wordsInCatalogues, wordsOfServer } from "./words.ts";

export const rules = (root: string): readonly Rule[] => [
  direction,
  orderOfCore,
  serverApart,
  genericUi,
  noCycles,
  packagesOfCore,
  purity,
  noBarrels,
  noDefaultExports,
  fileSize,
  functionSize,
  parameterCount,
  fileNames,
  fileCase,
  exportedNames,
  noCodeFromText,
  noShell,
  spawnsListed,
  constantSql,
  noHttpClient,
  oneClock,
  sqlReadsNoClock,
  visibleReads,
  wordsInCatalogues,
  wordsOfServer,
  firstWords,
  errorsDocumented,
  environmentDocumented,
  securityTested,
  accessibilityChecked,
  pitfallsTested,
  dependenciesDecided,
  pinned,
  lockfile,
  lockfileEveryPlatform,
  noMachinePaths,
  noLeftovers,
  readmeTwins,
  linksLead,
  licenceRule(root),
];
