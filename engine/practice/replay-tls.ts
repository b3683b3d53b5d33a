import type { StageResult, TestReport } from '../../shared/report.ts';
import type { Turns } from './replay-dialogue.ts';
import type { Behaviour, Step } from './scenario.ts';

const GO_AHEAD: Step = { do: 'raw', bytes: '220 2.0.0 Ready to start TLS\r\n' };
const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** How the server of a report did TLS, or failed to. */
export function replayTls(report: TestReport, turns: Turns, failed: StageResult | undefined): Behaviour {
  const implicit = report.destination.security === 'tls';
  const handshake = failed?.stage === (implicit ? 'tls' : 'starttls') ? failed : undefined;
  const version = versionOf(report);
  const base: Behaviour = {
    ...(implicit && { tls: 'implicit' }),
    ...(version && { maxTlsVersion: version }),
  };
  const answer = turns.get('starttls') ?? [];
  if (answer.length > 0 && !/^220/.test(answer[0] ?? '')) {
    return { ...base, at: { starttls: [{ do: 'reply', lines: answer }] } };
  }
  const { rule = '' } = report.diagnosis ?? {};
  if (rule === 'GREET_TIMEOUT_TLS_EXPECTED') return { tls: 'implicit' };
  if (rule === 'REPLY_UNSOLICITED' && handshake) {
    const bytes = answer
      .slice(1)
      .map((line) => `${line}\r\n`)
      .join('');
    return { maxTlsVersion: 'TLSv1.2', at: { starttls: [{ do: 'usual' }, { do: 'raw', bytes }] } };
  }
  // Where EHLO came inside TLS there was a handshake, whatever happened then.
  if (!handshake || turns.has('ehlo-in-tls')) return lateDemand(base, failed);
  return { ...base, ...brokenHandshake(handshake.facts.code ?? '', implicit, answer, report) };
}

function versionOf({ stages }: TestReport): (typeof VERSIONS)[number] | undefined {
  const told = stages.find(({ facts }) => facts.tlsVersion !== undefined)?.facts.tlsVersion;
  return VERSIONS.find((version) => version === told);
}

/** In TLS 1.3 a client learns only after the handshake that it should have shown a certificate. */
function lateDemand(base: Behaviour, failed: StageResult | undefined): Behaviour {
  return /CERTIFICATE_REQUIRED/.test(failed?.facts.code ?? '') ? { ...base, clientCertificate: 'demanded' } : base;
}

function brokenHandshake(
  code: string,
  implicit: boolean,
  goAhead: readonly string[],
  { diagnosis }: TestReport,
): Behaviour {
  const instead = (...steps: Step[]): Behaviour =>
    implicit ? { at: { connect: steps } } : { at: { starttls: [GO_AHEAD, ...steps] } };
  if (diagnosis?.rule === 'STARTTLS_INJECTION') return injection(goAhead);
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/.test(code)) {
    return { minTlsVersion: 'TLSv1', maxTlsVersion: 'TLSv1' };
  }
  if (/HANDSHAKE_FAILURE|NO_SHARED_CIPHER/.test(code)) {
    return { maxTlsVersion: 'TLSv1.2', ciphers: 'PSK-AES128-CBC-SHA256' };
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code)) {
    return implicit
      ? { tls: 'starttls' }
      : instead({ do: 'read' }, { do: 'raw', bytes: 'No TLS\r\n' }, { do: 'silence' });
  }
  if (code === 'ETIMEDOUT') return instead({ do: 'silence' });
  if (code === 'ECONNRESET') return instead({ do: 'read' }, { do: 'reset' });
  return instead({ do: 'read' }, { do: 'close' });
}

/** A go-ahead of several lines is the injection itself; else what was slipped in was not kept, and any words do. */
function injection(goAhead: readonly string[]): Behaviour {
  const lines = goAhead.length > 1 ? goAhead : [...goAhead, '250 AUTH LOGIN'];
  return {
    at: { starttls: [{ do: 'raw', bytes: lines.map((line) => `${line}\r\n`).join('') }, { do: 'start-tls' }] },
  };
}
