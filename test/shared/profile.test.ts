import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMailbox, parseMailbox, splitAddress } from '../../shared/address.ts';
import { applyFix, fieldValue } from '../../shared/fix.ts';
import { bareHost, hostPort, hostSyntax, isIPv4, isIPv6, isLoopback } from '../../shared/host.ts';
import { ENVIRONMENTS, emptySettings, type ProfileSettings, problemsOf } from '../../shared/profile.ts';
import { destinationOf, isMask, sameDestination, secretsNeeded } from '../../shared/secrets.ts';
import { escapeControls } from '../../shared/text.ts';

function settings(change: (draft: ProfileSettings) => void = () => undefined): ProfileSettings {
  const draft = { ...emptySettings(), name: 'Acme', server: { ...emptySettings().server, host: 'mail.example.com' } };
  change(draft);
  return draft;
}

describe('profile settings', () => {
  it('accept a new profile with a name and a host', () => expect(problemsOf(settings())).toEqual([]));

  it('name each wrong field', () => {
    const wrong = settings((draft) => {
      draft.name = ' ';
      draft.server.port = 70_000;
      draft.sender.from.address = 'a@b.c, evil@example.com';
      draft.sender.headers = [{ name: 'X: y', value: 'a' }];
    });
    expect(problemsOf(wrong).map(({ field }) => field)).toEqual([
      'name',
      'server.port',
      'sender.from.address',
      'sender.headers.0.name',
    ]);
  });

  it('say what they are used for, or nothing', () => {
    expect(emptySettings()).not.toHaveProperty('environment');
    for (const environment of ENVIRONMENTS) expect(problemsOf({ ...settings(), environment })).toEqual([]);
    expect(problemsOf({ ...settings(), environment: 'live' }).map(({ field }) => field)).toEqual(['environment']);
  });

  it('refuse unknown keys, so that nothing is dropped in silence', () => {
    expect(problemsOf({ ...settings(), password: 'x' })).toHaveLength(1);
  });

  it('refuse a private key where certificates belong', () => {
    const wrong = settings((draft) => {
      draft.tls.caPem = '-----BEGIN PRIVATE KEY-----';
    });
    expect(problemsOf(wrong)[0]?.message).toContain('private key');
  });

  it('let no text field carry a line break into the SMTP dialogue', () => {
    const fields = [
      'server.host',
      'server.ehloName',
      'signIn.username',
      'sender.from.address',
      'sender.from.name',
      'sender.envelopeFrom',
    ];
    for (const field of fields) {
      for (const bad of ['\r\n', '\n', '\0', '\u0085', '\u202e']) {
        const wrong = applyFix(settings(), { label: '', set: [{ field, value: `a${bad}b@example.com` }] });
        expect(problemsOf(wrong).map((problem) => problem.field)).toContain(field);
      }
    }
  });
});

describe('a fix', () => {
  it('returns new settings and leaves the given ones alone', () => {
    const before = settings();
    const after = applyFix(before, { label: 'Switch to TLS', set: [{ field: 'server.security', value: 'tls' }] });
    expect([before.server.security, after.server.security]).toEqual(['starttls', 'tls']);
    expect(fieldValue(after, 'server.security')).toBe('tls');
  });

  it.each(['nope', 'server.nope', '__proto__.x', 'server.constructor', 'server.host.length'])(
    'throws on the path %s',
    (field) => {
      expect(() => applyFix(settings(), { label: '', set: [{ field, value: 1 }] })).toThrow();
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    },
  );
});

describe('a mailbox', () => {
  it.each([
    ['a@b.c', { address: 'a@b.c', name: '' }],
    ['Acme Alerts <a@b.c>', { address: 'a@b.c', name: 'Acme Alerts' }],
    ['"Acme, Inc." <a@b.c>', { address: 'a@b.c', name: 'Acme, Inc.' }],
    ['<a@b.c>', { address: 'a@b.c', name: '' }],
  ])('is read from %s', (text, mailbox) => expect(parseMailbox(text)).toEqual(mailbox));

  it.each(['a@b.c, d@e.f', 'a', '@b', 'a@', 'x <a@b.c> <d@e.f>', 'a@b.c>', 'a b@c.d', 'a..b@c.d'])(
    'is not read from %s',
    (text) => expect(parseMailbox(text)).toBeNull(),
  );

  it('survives writing and reading, whatever its name', () => {
    const name = fc.string({ unit: 'grapheme' }).filter((text) => text === text.trim() && !/[\p{C}]/u.test(text));
    fc.assert(
      fc.property(name, (text) => {
        const mailbox = { address: 'a@b.c', name: text };
        expect(parseMailbox(formatMailbox(mailbox))).toEqual(mailbox);
      }),
    );
  });

  it('splits at the only @', () => expect(splitAddress('a@b@c')).toBeNull());
});

describe('a host', () => {
  it.each([
    ['mail.example.com', 'ok'],
    ['mail.example.com.', 'ok'],
    ['münchen.example', 'ok'],
    ['my_relay', 'ok'],
    ['127.0.0.1', 'ok'],
    ['::1', 'ok'],
    ['[::1]', 'ok'],
    ['fe80::1%eth0', 'ok'],
    ['', 'empty'],
    ['smtp://mail.example.com', 'url'],
    ['mail.example.com:587', 'host-with-port'],
    [' mail.example.com', 'stray-chars'],
    ['mail.example.com,', 'stray-chars'],
    ['-mail.example.com', 'stray-chars'],
    ['a/b', 'stray-chars'],
  ])('%j is %s', (text, syntax) => expect(hostSyntax(text)).toBe(syntax));

  it('knows addresses of both families', () => {
    expect(['1.2.3.4', '255.255.255.255'].every(isIPv4)).toBe(true);
    expect(['256.1.1.1', '1.2.3', '1.2.3.4.5', '127.1'].some(isIPv4)).toBe(false);
    fc.assert(fc.property(fc.ipV6(), (address) => isIPv6(address)));
    expect([':::', '1::2::3', 'g::1', '1:2:3', '1:2:3:4:5:6:7:8:9'].some(isIPv6)).toBe(false);
  });

  it('is written with brackets where it must', () => {
    expect(hostPort('::1', 25)).toBe('[::1]:25');
    expect(hostPort('[::1]', 25)).toBe('[::1]:25');
    expect(hostPort('a.b', 25)).toBe('a.b:25');
    expect(bareHost('[x]')).toBe('[x]');
  });

  it('knows this machine’s own names', () => {
    expect(['localhost', 'LOCALHOST.', '127.0.0.1', '127.9.9.9', '::1', 'x.localhost'].every(isLoopback)).toBe(true);
    expect(['localhost.example.com', '128.0.0.1', 'mail'].some(isLoopback)).toBe(false);
  });

  it('is classified without a crash, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => typeof hostSyntax(text) === 'string'));
  });
});

describe('a secret’s destination', () => {
  it.each(['server.host', 'server.port', 'server.security', 'signIn.username'])('changes with %s', (field) => {
    const value = field === 'server.port' ? 2525 : field === 'server.security' ? 'tls' : 'other';
    const moved = applyFix(settings(), { label: '', set: [{ field, value }] });
    expect(sameDestination(destinationOf(settings(), 'password'), destinationOf(moved, 'password'))).toBe(false);
  });

  it('of a client secret changes with the token endpoint', () => {
    const moved = applyFix(settings(), {
      label: '',
      set: [{ field: 'signIn.oauth.tokenUrl', value: 'https://evil.example/' }],
    });
    expect(sameDestination(destinationOf(settings(), 'clientSecret'), destinationOf(moved, 'clientSecret'))).toBe(
      false,
    );
    expect(sameDestination(destinationOf(settings(), 'password'), destinationOf(moved, 'password'))).toBe(true);
  });

  it('does not change with the case of the host', () => {
    const moved = applyFix(settings(), { label: '', set: [{ field: 'server.host', value: 'MAIL.example.com' }] });
    expect(sameDestination(destinationOf(settings(), 'password'), destinationOf(moved, 'password'))).toBe(true);
  });
});

describe('the secrets that a run needs', () => {
  it('follow from the sign-in and the client certificate', () => {
    expect(secretsNeeded(settings())).toEqual(['password']);
    const none = settings((draft) => {
      draft.signIn.method = 'none';
      draft.tls.clientCertificatePem = '-----BEGIN CERTIFICATE-----';
    });
    expect(secretsNeeded(none)).toEqual(['clientKey']);
    const oauth = settings((draft) => {
      draft.signIn.method = 'oauth2';
      draft.signIn.oauth.grant = 'refresh-token';
    });
    expect(secretsNeeded(oauth)).toEqual(['clientSecret', 'refreshToken']);
  });
});

describe('a mask', () => {
  it.each(['***', '**********', '••••••••', '<secret>', '***REMOVED SENSITIVE VALUE***'])('is %s', (text) =>
    expect(isMask(text)).toBe(true),
  );
  it.each(['', '**', 'p***', 'secret', '* * *'])('is not %j', (text) => expect(isMask(text)).toBe(false));
});

describe('escaping', () => {
  it('leaves nothing that a terminal would act on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
        expect(escapeControls(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
    expect(escapeControls('a\x1b[31m\u202eb')).toBe('a\\x1b[31m\\u202eb');
  });
});
