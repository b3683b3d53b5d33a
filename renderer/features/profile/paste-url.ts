import type { ProfileSettings, Security } from '../../../shared/profile.ts';
import { withValue } from '../../state/draft-model.ts';

/** What a pasted address says. The password part is on its way to the secret field and is shown nowhere. */
export interface PastedAddress {
  settings: ProfileSettings;
  password: string;
}

const SECURITY: Record<string, { security: Security; port: number }> = {
  'smtp:': { security: 'starttls', port: 587 },
  'smtps:': { security: 'tls', port: 465 },
  'submission:': { security: 'starttls', port: 587 },
  'submissions:': { security: 'tls', port: 465 },
};

/**
 * Reads `smtp://user:pass@host:port` or `host:port` into settings; null for any other text. Query options of such
 * addresses are left out: some of them weaken TLS, which nobody should do by pasting.
 */
export function fromPastedAddress(text: string, settings: ProfileSettings): PastedAddress | null {
  if (text.length > 8_192) return null;
  const pair = /^([^\s:/@]+\.[^\s:/@]+):(\d{1,5})$/.exec(text);
  if (pair?.[1] && pair[2]) {
    const withHost = withValue(settings, 'server.host', pair[1]);
    return { settings: withValue(withHost, 'server.port', Number(pair[2])), password: '' };
  }
  const scheme = /^[a-z]+:(?=\/\/)/i.exec(text)?.[0]?.toLowerCase() ?? '';
  const known = SECURITY[scheme];
  if (!known) return null;
  // The URL parser knows hosts of http only in full; the scheme is read above.
  const url = parse(`http:${text.slice(scheme.length)}`);
  if (!url?.hostname) return null;
  const port = Number(
    /:(\d{1,5})(?=[/?#]|$)/.exec(text.slice(scheme.length).replace(/^\/\/[^/?#]*@/, '//'))?.[1] ?? known.port,
  );
  const username = decode(url.username);
  const changes: [string, unknown][] = [
    ['server.host', url.hostname.replace(/^\[|\]$/g, '')],
    ['server.port', port],
    ['server.security', known.security],
    ...(username
      ? ([
          ['signIn.method', 'password'],
          ['signIn.username', username],
        ] as [string, unknown][])
      : []),
  ];
  const next = changes.reduce((now, [field, value]) => withValue(now, field, value), settings);
  return { settings: next, password: decode(url.password) };
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
