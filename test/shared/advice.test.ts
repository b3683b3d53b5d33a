import { describe, expect, it } from 'vitest';
import { type Advice, adviceOn } from '../../shared/advice.ts';
import { applyFix, type FixValue } from '../../shared/fix.ts';
import { applyPreset, PRESETS, presetForHost } from '../../shared/presets.ts';
import { emptySettings, type ProfileSettings, problemsOf } from '../../shared/profile.ts';

function settings(...pairs: [field: string, value: FixValue][]): ProfileSettings {
  const sound: [string, FixValue][] = [
    ['name', 'Acme'],
    ['server.host', 'mail.example.com'],
    ['signIn.username', 'app@example.com'],
    ['sender.from.address', 'app@example.com'],
  ];
  return applyFix(emptySettings(), {
    label: '',
    set: [...sound, ...pairs].map(([field, value]) => ({ field, value })),
  });
}

/** For each piece of advice, the change to sound settings that calls it up. */
const CALLED_BY: Record<string, [field: string, value: FixValue][]> = {
  'port-465-expects-tls': [['server.port', 465]],
  'tls-on-starttls-port': [['server.security', 'tls']],
  'incoming-port': [['server.port', 993]],
  'incoming-host': [['server.host', 'imap.example.com']],
  'password-without-tls': [['server.security', 'none']],
  'starttls-can-be-stripped': [['server.security', 'starttls-if-offered']],
  'plain-text-mail': [
    ['server.security', 'none'],
    ['signIn.method', 'none'],
  ],
  'certificate-not-checked': [['tls.verifyCertificate', false]],
  'old-tls': [['tls.minVersion', 'TLSv1.1']],
  'address-as-host': [['server.host', '192.0.2.1']],
  'short-host': [['server.host', 'relay']],
  'gmail-app-password': [['server.host', 'smtp.gmail.com']],
  'microsoft-password': [['server.host', 'smtp.office365.com']],
  'username-missing': [['signIn.username', '']],
  'username-edge-space': [['signIn.username', ' app']],
  'from-missing': [['sender.from.address', '']],
  'from-differs-from-login': [
    ['server.host', 'smtp.gmail.com'],
    ['sender.from.address', 'other@example.com'],
  ],
  'from-outside-relay-domains': [
    ['sender.relayAllowed', true],
    ['sender.relayDomains', ['example.org']],
  ],
  'envelope-differs': [['sender.envelopeFrom', 'bounce@example.org']],
  'sendgrid-username': [['server.host', 'smtp.sendgrid.net']],
  'ehlo-short': [['server.ehloName', 'app']],
  'client-certificate-without-tls': [
    ['server.security', 'none'],
    ['tls.clientCertificatePem', '-----BEGIN CERTIFICATE-----'],
  ],
  'product-placeholder': [
    ['server.host', 'dockerhost'],
    ['server.port', 2500],
  ],
};

const ids = (advice: Advice[]) => advice.map(({ id }) => id);

describe('advice', () => {
  it('has nothing to say about sound settings', () => expect(adviceOn(settings())).toEqual([]));

  it.each(Object.entries(CALLED_BY))('%s is given when it applies, and its fix settles it', (id, change) => {
    const troubled = settings(...change);
    const advice = adviceOn(troubled).find((item) => item.id === id);
    expect(advice?.text).toMatch(/^[A-Z].*\.$/);
    expect(advice?.text).not.toMatch(/please|!/i);
    if (!advice?.fix) return;
    const mended = applyFix(troubled, advice.fix);
    expect(ids(adviceOn(mended))).not.toContain(id);
    expect(problemsOf(mended)).toEqual([]);
  });

  it('covers at least the first twenty cases', () => expect(Object.keys(CALLED_BY).length).toBeGreaterThanOrEqual(20));

  it('never lowers security by a fix', () => {
    const rank = ['none', 'starttls-if-offered', 'starttls', 'tls'];
    for (const change of Object.values(CALLED_BY)) {
      const before = settings(...change);
      for (const { fix } of adviceOn(before)) {
        if (!fix) continue;
        const after = applyFix(before, fix);
        expect(after.tls.verifyCertificate || !before.tls.verifyCertificate).toBe(true);
        const [was, is] = [rank.indexOf(before.server.security), rank.indexOf(after.server.security)];
        // TLS on a STARTTLS port becomes STARTTLS required: both are protected.
        expect(is >= was || is >= 2).toBe(true);
      }
    }
  });

  it('puts warnings before hints', () => {
    const severities = adviceOn(settings(['server.host', 'imap'], ['server.port', 465])).map(
      ({ severity }) => severity,
    );
    expect(severities).toEqual([...severities].sort().reverse());
  });
});

describe('presets', () => {
  it.each(PRESETS.map((preset) => [preset.id, preset] as const))(
    '%s makes valid settings without a warning of its own',
    (id, preset) => {
      const filled = applyPreset(settings(), id);
      expect(problemsOf(filled)).toEqual([]);
      expect(filled.provider).toBe(id);
      expect(filled.server.security).not.toBe('none');
      expect(ids(adviceOn(filled))).not.toContain('port-465-expects-tls');
      expect(ids(adviceOn(filled))).not.toContain('tls-on-starttls-port');
      expect(preset.source).toMatch(/^https:\/\//);
    },
  );

  it('are found by host name, wildcards and case included', () => {
    expect(presetForHost('SMTP.office365.com.')?.id).toBe('microsoft365');
    expect(presetForHost('email-smtp.eu-west-1.amazonaws.com')?.id).toBe('ses');
    expect(presetForHost('acme-com.mail.protection.outlook.com')?.id).toBe('microsoft365-relay');
    expect(presetForHost('smtp.gmail.com.evil.example')).toBeNull();
    expect(presetForHost('mail.example.com')).toBeNull();
  });

  it('leave settings alone when there is no such preset', () =>
    expect(applyPreset(settings(), 'nope')).toEqual(settings()));
});
