import type { RuleStage } from '../../../shared/report.ts';

/** A value that a rule can ask for. Absent and null both mean "not known". */
export type FactValue = string | number | boolean | null;

/** What was seen when a step failed or passed. Nothing here is shown to anyone; it only chooses rules. */
export interface Observation {
  stage: RuleStage;
  /** Error code of Node, OpenSSL, nodemailer or c-ares, such as ECONNREFUSED. */
  code?: string;
  /** The raw reply, its lines joined by a line feed, with or without the three-digit codes. */
  reply?: string;
  /** What the server sent first, whatever it was. */
  banner?: string;
  /** The EHLO reply, raw, its lines joined by a line feed. */
  ehlo?: string;
  /** Text of a TLS, OAuth or library error. */
  message?: string;
  /** Issuer of the server's certificate. */
  issuer?: string;
  /** Host that was connected to. */
  host?: string;
  /** Facts under the names in README.md; `security` is none, starttls or implicit. */
  facts: Record<string, FactValue>;
}
