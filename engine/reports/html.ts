import { createHash } from 'node:crypto';
import { hostPort } from '../../shared/host.ts';
import { headline, outcomeOf, type RunOutcome } from '../../shared/outcome.ts';
import {
  type Diagnosis,
  type Finding,
  STAGE_WORDS,
  type StageResult,
  type StageStatus,
  type TestReport,
} from '../../shared/report.ts';
import { daysWords, factLines } from '../../shared/report-facts.ts';
import { STATUS_WORDS } from '../../shared/report-text.ts';
import { type Html, html, NOTHING, Html as Raw } from './html-escape.ts';
import { REPORT_STYLE } from './html-style.ts';

/** Signs beside the words, so that the page reads the same without colour. */
const SIGNS: Record<StageStatus | RunOutcome, string> = {
  passed: '✓',
  warned: '!',
  failed: '✕',
  skipped: '○',
  cancelled: '○',
};

// The page may show its own style and nothing else: no script, no image, no font, no request of any kind.
const STYLE_HASH = createHash('sha256').update(REPORT_STYLE).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

/** A report as one HTML page that needs nothing else: to be opened, printed, or attached to a ticket. */
export function reportHtml(report: TestReport): string {
  const { profileName, destination, startedAt, ms, notTested, diagnosis } = report;
  const outcome = outcomeOf(report);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${headline(report)}: ${profileName}</title>
<style>${new Raw(REPORT_STYLE)}</style>
</head>
<body>
<header>
<h1 class="${outcome}">${SIGNS[outcome]} ${headline(report)}</h1>
<p><bdi>${profileName}</bdi></p>
<dl>
<dt>Server</dt><dd>${hostPort(destination.host, destination.port)}, ${destination.security}</dd>
<dt>Tested</dt><dd>${startedAt}</dd>
<dt>Took</dt><dd>${Math.round(ms)} ms</dd>
<dt>Run</dt><dd>${report.id}</dd>
</dl>
</header>
<main>
${diagnosis ? diagnosisBox(diagnosis, report) : NOTHING}
<h2>Stages</h2>
<ol class="stages">
${report.stages.map(stageItem)}
</ol>
${notTested.length > 0 ? html`<p class="soft">Not tested: ${notTested.map((stage) => STAGE_WORDS[stage]).join(', ')}.</p>` : NOTHING}
${chainSection(report)}
${transcriptSection(report)}
</main>
<footer class="soft"><p>Relaysmith test report. Secrets were replaced before it was kept.</p></footer>
</body>
</html>
`;
  return page.text;
}

function diagnosisBox(
  { cause, remedy, rule, reference, transient, alsoPossible }: Diagnosis,
  report: TestReport,
): Html {
  const reply = report.stages.find(({ status }) => status === 'failed')?.facts.reply;
  return html`<section class="box" aria-label="Diagnosis">
<h2>${cause}</h2>
<p>${remedy}</p>
${transient ? html`<p>Trying again later may help with nothing changed.</p>` : NOTHING}
${reply ? html`<p>The server said: <code>${reply.code || ''} ${reply.text}</code></p>` : NOTHING}
<p class="soft">Rule <code>${rule}</code>${reference === '' ? '' : `, ${reference}`}</p>
${alsoPossible.length > 0 ? html`<h3>Also possible</h3>${alsoPossible.map(({ cause: other, remedy: then }) => html`<p>${other} ${then}</p>`)}` : NOTHING}
</section>`;
}

function stageItem({ stage, status, ms, note, facts, warnings }: StageResult): Html {
  // The chain has a section of its own.
  const lines = factLines(facts).filter(({ key }) => key !== 'chain');
  return html`<li>
<div class="line"><h3>${STAGE_WORDS[stage]}</h3><span class="word ${status}">${SIGNS[status]} ${STATUS_WORDS[status]}</span><span class="note">${note}</span><span class="ms">${status === 'skipped' ? '' : `${Math.round(ms)} ms`}</span></div>
${lines.length > 0 ? html`<dl>${lines.map(({ label, values }) => html`<dt>${label}</dt><dd>${joined(values)}</dd>`)}</dl>` : NOTHING}
${warnings.map(warningLine)}
</li>
`;
}

function warningLine({ cause, remedy }: Finding): Html {
  return html`<p class="warning"><span class="warned">! Warning:</span> ${cause} ${remedy}</p>`;
}

function joined(values: readonly string[]): Html[] {
  return values.map((value, at) => (at === 0 ? html`${value}` : html`<br>${value}`));
}

function chainSection({ stages }: TestReport): Html {
  const chain = stages.find(({ facts }) => facts.chain !== undefined)?.facts.chain ?? [];
  if (chain.length === 0) return NOTHING;
  return html`<h2>Certificate chain</h2>
<ol>
${chain.map(
  (certificate) => html`<li><dl>
<dt>Subject</dt><dd>${certificate.subject}</dd>
<dt>Issuer</dt><dd>${certificate.issuer}</dd>
${certificate.names.length > 0 ? html`<dt>Names</dt><dd>${certificate.names.join(', ')}</dd>` : NOTHING}
<dt>Valid</dt><dd>${certificate.validFrom} to ${certificate.validTo} (${daysWords(certificate.daysLeft)})</dd>
<dt>Key</dt><dd>${certificate.key}, ${certificate.signatureAlgorithm}</dd>
<dt>SHA-256</dt><dd>${certificate.fingerprint}</dd>
${certificate.sent ? NOTHING : html`<dt>Source</dt><dd>the trust store; the server did not send it</dd>`}
</dl></li>
`,
)}
</ol>`;
}

function transcriptSection({ transcript }: TestReport): Html {
  if (transcript.length === 0) return html`<p class="soft">No word was exchanged with the server.</p>`;
  const sides = { client: 'We', server: 'Server', note: 'Note' };
  return html`<h2>Transcript</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">ms</th><th scope="col">Side</th><th scope="col">TLS</th><th scope="col">Line</th></tr></thead>
<tbody>
${transcript.map(
  ({ ms, from, encrypted, text }) =>
    html`<tr><td class="ms">${Math.round(ms)}</td><td>${sides[from]}</td><td>${encrypted ? 'inside' : ''}</td><td class="mono">${text}</td></tr>
`,
)}
</tbody>
</table></div>`;
}
