import type { ProfileSettings } from '../../../shared/profile.ts';
import type { CodeItem, CodeValue } from '../code/value.ts';

const UNSAFE = { allow_self_signed: true, verify_peer: false, verify_peer_name: false } as const;

/** The stream options with the check of the certificate on or off and everything else kept; undefined for none. */
function streamOptions({ server, tls }: ProfileSettings, old: CodeValue | undefined): CodeValue | undefined {
  const items = old?.kind === 'list' ? old.items : [];
  const ssl = items.find(({ key }) => key === 'ssl')?.value;
  const others = (ssl?.kind === 'list' ? ssl.items : []).filter(
    ({ key }) => !(key !== null && key in UNSAFE) && key !== 'peer_name',
  );
  const encrypted = server.security !== 'none';
  const check: CodeItem[] =
    encrypted && !tls.verifyCertificate
      ? Object.entries(UNSAFE).map(([key, value]) => ({ key, value: { kind: 'flag', value } }))
      : [];
  const name: CodeItem[] =
    encrypted && tls.serverName ? [{ key: 'peer_name', value: { kind: 'text', value: tls.serverName } }] : [];
  const inner = [...check, ...name, ...others];
  const rest = items.filter(({ key }) => key !== 'ssl');
  const all: CodeItem[] = inner.length > 0 ? [{ key: 'ssl', value: { kind: 'list', items: inner } }, ...rest] : rest;
  return all.length === 0 ? undefined : { kind: 'list', items: all };
}

/**
 * The value of mail_smtpstreamoptions: the check of the certificate on or off, everything else as it was; undefined when
 * nothing is left. The old value itself when it already says so, in whatever order.
 */
export function keptOptions(settings: ProfileSettings, old: CodeValue | undefined): CodeValue | undefined {
  const wanted = streamOptions(settings, old);
  const sorted = (value: CodeValue | undefined) => JSON.stringify(value && order(value));
  return sorted(wanted) === sorted(old) ? old : wanted;
}

function order(value: CodeValue): unknown {
  if (value.kind !== 'list') return value;
  return value.items
    .map(({ key, value: item }) => [key, order(item)])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
}
