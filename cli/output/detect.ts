import {
  DETECT_WORDS,
  type Detection,
  type DetectProposal,
  type DetectStatus,
  type DetectStep,
  type DetectStepResult,
} from '../../shared/detect.ts';
import { hostPort } from '../../shared/host.ts';
import { SECURITY_WORDS } from '../../shared/matrix.ts';
import { indented, pad } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

const MARKS: Record<DetectStatus, 'passed' | 'warned' | 'skipped'> = {
  found: 'passed',
  nothing: 'skipped',
  failed: 'warned',
  skipped: 'skipped',
};

/** One finished step: its mark, its name, and what was looked at and found. */
export function detectStepLine({ step, status, text }: DetectStepResult, style: Style, columns: number): string {
  const mark = MARKS[status];
  const paint = mark === 'skipped' ? style.dim : style[mark];
  const [first = '', ...rest] = indented(safe(text, 600), 32, Math.min(columns, 110)).split('\n');
  return [`  ${paint(style.icons[mark])} ${pad(DETECT_WORDS[step], 28)}${first.trimStart()}`, ...rest].join('\n');
}

/** The line that stands while a step is taken. */
export function stepRunningLine(step: DetectStep, style: Style): string {
  return `  ${style.accent(style.icons.running)} ${DETECT_WORDS[step]}`;
}

/** The proposal with its reason and settings, then the alternatives. */
export function proposalLines({ proposals, cancelled, about }: Detection, style: Style, columns: number): string[] {
  if (cancelled) return ['', `${style.warned(style.icons.warned)} Cancelled.`];
  const [first, ...others] = proposals;
  if (!first) {
    return [
      '',
      `${style.failed(style.icons.failed)} No server for sending was found for ${safe(about)}.`,
      '  Ask whoever runs the mail for its host and port, or try another network: a firewall may be in the way.',
    ];
  }
  const width = Math.min(columns, 100);
  const mark = first.caution === '' ? style.passed(style.icons.passed) : style.warned(style.icons.warned);
  const lines = ['', `${mark} ${style.bold(words(first))}`, indented(safe(first.reason, 600), 2, width)];
  if (first.caution !== '')
    lines.push(indented(style.warned(`${style.icons.warned} ${safe(first.caution)}`), 2, width));
  const { username, method } = first.settings.signIn;
  if (method !== 'none')
    lines.push(`  ${pad('Sign-in', 10)}${method}${username === '' ? '' : ` as ${safe(username)}`}`);
  if (first.settings.sender.from.address !== '')
    lines.push(`  ${pad('From', 10)}${safe(first.settings.sender.from.address)}`);
  if (others.length > 0) lines.push('', '  Instead:');
  for (const other of others) {
    const bad = other.caution === '' ? '' : ` ${style.warned(`${style.icons.warned} ${safe(other.caution)}`)}`;
    lines.push(indented(`${style.icons.bullet} ${words(other)}${bad}`, 4, width));
  }
  return [...lines, ''];
}

function words({ settings: { server }, cell }: DetectProposal): string {
  return `${safe(hostPort(server.host, server.port))}, ${SECURITY_WORDS[cell.security]}`;
}
