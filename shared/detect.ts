import * as z from 'zod/mini';
import { matrixCell } from './matrix.ts';
import { profileSettings } from './profile.ts';

/** Where settings are looked for, in this order; see engine/smtp/detect. */
export const DETECT_STEPS = ['provider', 'services', 'exchangers', 'names', 'probe'] as const;
/** See {@link DETECT_STEPS}. */
export type DetectStep = (typeof DETECT_STEPS)[number];

/** The steps in words, the same in window and terminal. */
export const DETECT_WORDS: Record<DetectStep, string> = {
  provider: 'Known providers',
  services: 'Service records (SRV)',
  exchangers: 'Who receives its mail (MX)',
  names: 'Usual names',
  probe: 'Trying them out',
};

/** `found`: it named servers. `nothing`: it did not. `failed`: it could not be asked. `skipped`: it was not needed. */
export const DETECT_STATUSES = ['found', 'nothing', 'failed', 'skipped'] as const;
/** See {@link DETECT_STATUSES}. */
export type DetectStatus = (typeof DETECT_STATUSES)[number];

/** One step: what was looked at, and what it brought. */
export const detectStep = z.strictObject({
  step: z.enum(DETECT_STEPS),
  status: z.enum(DETECT_STATUSES),
  text: z.string(),
  ms: z.number(),
});
/** See {@link detectStep}. */
export type DetectStepResult = z.infer<typeof detectStep>;

/** Settings that were tried and answer, ready to become a profile. */
export const detectProposal = z.strictObject({
  settings: profileSettings,
  /** Why this server, this port and this user name. */
  reason: z.string(),
  /** What is wrong with it all the same, or ''. */
  caution: z.string(),
  /** The trial that it rests on. */
  cell: matrixCell,
});
/** See {@link detectProposal}. */
export type DetectProposal = z.infer<typeof detectProposal>;

/** Everything that was found out for an address, a domain or a host. */
export const detection = z.strictObject({
  version: z.literal(1),
  /** Address, domain or host as it was understood. */
  about: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  ms: z.number(),
  cancelled: z.boolean(),
  steps: z.array(detectStep),
  /** Safest first; [] when no server answers. */
  proposals: z.array(detectProposal),
  /** Every combination that was tried, those that do not work too. */
  cells: z.array(matrixCell),
});
/** See {@link detection}. */
export type Detection = z.infer<typeof detection>;

/** What a detection streams. */
export const detectEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('step-started'), step: z.enum(DETECT_STEPS) }),
  z.strictObject({ type: z.literal('step-finished'), result: detectStep }),
  z.strictObject({ type: z.literal('cell'), cell: matrixCell }),
]);
/** See {@link detectEvent}. */
export type DetectEvent = z.infer<typeof detectEvent>;
