import type { ComparedSide, ComparedStage, Comparison } from '../../shared/compare.ts';
import { hostPort } from '../../shared/host.ts';
import { STAGE_WORDS } from '../../shared/report.ts';
import { STATUS_WORDS } from '../../shared/report-text.ts';
import { indented, pad } from './layout.ts';
import { OUTCOME_WORDS } from './outcome.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

/** Two runs beside each other: what they are, what stands out, and each stage with the facts that differ. */
export function comparisonLines({ before, after, hints, stages }: Comparison, style: Style, columns: number): string[] {
  const width = Math.min(columns, 100);
  const lines = [...sideLines('A', before, style), ...sideLines('B', after, style), ''];
  for (const { severity, text } of hints) {
    const icon = severity === 'warning' ? style.warned(style.icons.warned) : style.icons.bullet;
    lines.push(`${icon} ${indented(safe(text), 2, width).trimStart()}`);
  }
  if (hints.length > 0) lines.push('');
  lines.push(
    style.dim(`  ${pad('Stage', 12)}${pad('A', 22)}B`),
    ...stages.flatMap((stage) => stageLines(stage, style, width)),
  );
  if (!stages.some(({ differs }) => differs)) lines.push('', 'No difference.');
  return lines;
}

function sideLines(letter: string, side: ComparedSide, style: Style): string[] {
  const { profileName, startedAt, outcome, destination, rule } = side;
  const { host, port, security } = destination;
  const when = startedAt.slice(0, 19).replace('T', ' ');
  const result = `${OUTCOME_WORDS[outcome]}${rule === '' ? '' : ` (${rule})`}`;
  return [`${style.bold(letter)}  ${safe(`${when}  ${profileName}, ${hostPort(host, port)} ${security}: ${result}`)}`];
}

function stageLines(
  { stage, before, after, differs, pace, facts }: ComparedStage,
  style: Style,
  width: number,
): string[] {
  const words = (side: ComparedStage['before']) =>
    side ? `${STATUS_WORDS[side.status]}${side.status === 'skipped' ? '' : `, ${Math.round(side.ms)} ms`}` : '–';
  const mark = differs ? style.warned('≠') : ' ';
  const end = pace === 'similar' ? '' : `  ${pace}`;
  const line = `${mark} ${pad(STAGE_WORDS[stage], 12)}${pad(words(before), 22)}${words(after)}${end}`;
  return [
    differs ? line : style.dim(line),
    ...facts.flatMap(({ label, before: was, after: is }) => [
      `    ${label}:`,
      ...was.map((value) => indented(`A ${safe(value)}`, 6, width)),
      ...is.map((value) => indented(`B ${safe(value)}`, 6, width)),
    ]),
  ];
}
