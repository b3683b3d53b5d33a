import type { Fix } from '../../../shared/fix.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { RuleStage } from '../../../shared/report.ts';
import type { FactValue, Observation } from './observation.ts';
import type { Provider } from './providers.ts';

/** What a fact must be: a value, one of several (null stands for "not known"), or a number within bounds. */
export type Condition =
  | FactValue
  | readonly FactValue[]
  | { readonly gt: number }
  | { readonly lt: number }
  /** Both ends count. */
  | { readonly between: readonly [low: number, high: number] };

/** What a rule looks for. All keys must hold; within a list one entry is enough. */
export interface Match {
  readonly code?: readonly string[];
  /** Three digits, or `5xx` and `4xx` for any of that class. */
  readonly reply?: readonly string[];
  /** RFC 3463 codes, whole: as text, or as an anchored pattern for a range. */
  readonly enhanced?: readonly (string | RegExp)[];
  /** On the reply's text without its codes, lines joined by a space. */
  readonly text?: RegExp;
  readonly banner?: RegExp;
  readonly ehlo?: RegExp;
  readonly message?: RegExp;
  readonly issuer?: RegExp;
  readonly host?: RegExp;
  readonly when?: Readonly<Record<string, Condition>>;
}

/** Makes the change that mends a fault; undefined when these settings have it already or it would not be safe. */
export type FixBuilder = (settings: ProfileSettings) => Fix | undefined;

/** An observation by which a rule is recognised and tested. */
export type Example = Partial<Omit<Observation, 'stage'>>;

/** One thing that goes wrong with outgoing mail: how it shows, why it happens, what to do. */
export interface Rule {
  /** Never changes once released: reports, bookmarks and scripts name it. */
  readonly id: string;
  /** Where a person meets the problem. It is shown, not used to match. */
  readonly stage: RuleStage;
  /** One match, or several of which one is enough. */
  readonly match: Match | readonly Match[];
  /** Only one provider or server product says this; the rule weighs more there and less elsewhere. */
  readonly provider?: Provider;
  readonly cause: string;
  readonly remedy: string;
  /** Address of the standard, manual or issue that the rule rests on. */
  readonly reference: string;
  /** 0 to 100; the highest that matches wins. Fallbacks have 5. */
  readonly priority: number;
  /** True when trying again later may help with nothing changed. */
  readonly transient: boolean;
  /** `warning`: worth a word on success, never the reason of a failure. Default: `failure`. */
  readonly kind?: 'failure' | 'warning' | 'both';
  readonly fix?: FixBuilder;
  /** Observation with which this rule must win over all others. */
  readonly example: Example;
}
