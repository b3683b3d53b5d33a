import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhpLiteral } from '../../../../engine/targets/php/literal.ts';
import { readPhpConfig } from '../../../../engine/targets/php/read.ts';
import { requireTool } from '../../../support/requires.ts';
import { hostileSecret, sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const nextcloud = target('nextcloud');
const php = requireTool('php');
const file = contextFor(nextcloud);

/** What PHP itself makes of `$CONFIG` in each text. */
function runPhp(texts: string[]): Record<string, unknown>[] {
  const script =
    'echo json_encode(array_map(function ($text) { $CONFIG = null; eval("?>" . $text); return $CONFIG; }, json_decode(stream_get_contents(STDIN))), JSON_PRESERVE_ZERO_FRACTION);';
  const { stdout, stderr, status } = spawnSync('php', ['-d', 'display_errors=stderr', '-r', script], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${stderr}${stdout}`);
  return JSON.parse(stdout) as Record<string, unknown>[];
}

const GOLDEN = `<?php
$CONFIG = array (
  'mail_smtpmode' => 'smtp',
  'mail_smtphost' => 'mail.acme.example',
  'mail_smtpport' => 587,
  'mail_smtpsecure' => '',
  'mail_smtpauth' => true,
  'mail_smtpname' => 'svc-mail@acme.example',
  'mail_from_address' => 'alerts',
  'mail_domain' => 'acme.example',
  'mail_smtptimeout' => 10,
);
`;

const EXISTING = `<?php
/* $CONFIG = array ('mail_smtphost' => 'no'); */
$CONFIG = array (
\t'instanceid' => 'oc1', // it's "here"
\t# 'mail_smtphost' => 'comment',
\t'trusted_domains' =>
\tarray (
\t\t0 => 'cloud.acme.example',
\t),
\t'mail_smtphost' => "old.\\x61cme.example", /* kept */
\t'secret' => getenv('NC_SECRET') ?: 'canary',
\t'mail_smtpstreamoptions' => array('ssl' => array('verify_peer' => false, 'cafile' => '/x.pem')),
\t'mail_smtpauthtype' => 'LOGIN',
\t'apps' => [ 'a' => [1, 2] ]
);
$after = "mail_smtphost";
`;

describe('Nextcloud rendering', () => {
  it('writes config.php', () => {
    expect(must(nextcloud.render(sampleSettings(), file))).toBe(GOLDEN);
  });

  it('writes JSON for occ with real numbers and switches', () => {
    const settings = sampleSettings((draft) => {
      draft.server.security = 'tls';
      draft.server.port = 465;
      draft.tls.verifyCertificate = false;
    });
    const text = must(nextcloud.render(settings, contextFor(nextcloud, { form: 'json' })));
    expect(JSON.parse(text).system).toMatchObject({
      mail_smtpport: 465,
      mail_smtpsecure: 'ssl',
      mail_smtpauth: true,
      mail_smtpstreamoptions: { ssl: { allow_self_signed: true, verify_peer: false, verify_peer_name: false } },
    });
  });

  it('writes commands that keep the password out of their arguments', () => {
    const text = must(
      nextcloud.render(sampleSettings(), contextFor(nextcloud, { form: 'commands' }, 'include', "can'ary")),
    );
    expect(text).toContain('occ config:system:set mail_smtpport --type=integer --value=587\n');
    expect(text).toContain("occ config:system:set mail_smtpsecure --value=''\n");
    expect(text.split('\n').filter((line) => line.includes('ary'))).toEqual([
      '{"system":{"mail_smtppassword":"can\'ary"}}',
    ]);
    expect(nextcloud.mask(text)).not.toContain("can'ary");
  });

  it('writes the variables of the image, which wants host, local part and domain together', () => {
    expect(must(nextcloud.render(sampleSettings(), contextFor(nextcloud, { form: 'env' }, 'environment')))).toBe(
      `SMTP_HOST=mail.acme.example
SMTP_SECURE=
SMTP_PORT=587
SMTP_NAME=svc-mail@acme.example
SMTP_PASSWORD_FILE=/run/secrets/smtp_password
MAIL_FROM_ADDRESS=alerts
MAIL_DOMAIN=acme.example
`,
    );
  });

  it('points to the environment in PHP’s own words', () => {
    const text = must(nextcloud.render(sampleSettings(), contextFor(nextcloud, {}, 'environment')));
    expect(text).toContain("'mail_smtppassword' => getenv('SMTP_PASSWORD'),\n");
    expect(onlyProfile(imported(text)).secrets).toMatchObject([
      { state: 'reference', reference: "getenv('SMTP_PASSWORD')" },
    ]);
  });

  it.skipIf(!php)('gives PHP every password as it is, or refuses it', () => {
    const written = fc.sample(hostileSecret, { numRuns: 1_000, seed: 6 }).flatMap((password) => {
      const text = nextcloud.render(sampleSettings(), contextFor(nextcloud, {}, 'include', password));
      return text.ok ? [{ password, text: text.value }] : [];
    });
    expect(written.length).toBeGreaterThan(900);
    const read = runPhp(written.map(({ text }) => text));
    expect(read.map(({ mail_smtppassword }) => mail_smtppassword)).toEqual(written.map(({ password }) => password));
  });
});

describe('Nextcloud reading', () => {
  it.skipIf(!php)('takes literals as PHP does, and nothing else', () => {
    const parts = fc.constantFrom('a', '\\', "'", '"', '{', '\\n', '\\u{e9}', '\\x41', '\\101', ' ', '//', '#', '\\$');
    const sources = fc.sample(
      fc.oneof(
        fc.array(parts, { maxLength: 6 }).chain((list) => fc.constantFrom(`'${list.join('')}'`, `"${list.join('')}"`)),
        fc.constantFrom(
          '587',
          'TRUE',
          'null',
          "array('a' => 1, /* c */ 'b' => [true, 'x'],)",
          '[]',
          "['a' => ['b' => -1]]",
        ),
      ),
      { numRuns: 1_500, seed: 4 },
    );
    const read = sources.flatMap((source) => {
      const found = readPhpLiteral(source, 0);
      return found?.end === source.length ? [{ source, literal: found.literal }] : [];
    });
    expect(read.length).toBeGreaterThan(300);
    const plain = (value: (typeof read)[number]['literal']): unknown => {
      if (value.kind !== 'list') return 'value' in value ? value.value : null;
      if (value.items.every(({ key }) => key === null)) return value.items.map((item) => plain(item.value));
      return Object.fromEntries(value.items.map(({ key, value: item }) => [key, plain(item)]));
    };
    const real = runPhp(read.map(({ source }) => `<?php $CONFIG = array('x' => ${source});`));
    expect(real.map(({ x }) => x)).toEqual(read.map(({ literal }) => plain(literal)));
  });

  it('reads the file with its comments, lists and expressions', () => {
    const { settings, origins } = onlyProfile(imported(EXISTING));
    expect(settings.server).toMatchObject({ host: 'old.acme.example', port: 25, security: 'none' });
    expect(settings.tls.verifyCertificate).toBe(false);
    expect(origins['server.host']).toEqual({ key: 'mail_smtphost', line: 10 });
  });

  it.each([
    ["'mail_smtpport' => 465", 'tls'],
    ["'mail_smtpsecure' => 'ssl'", 'tls'],
    ["'mail_smtpsecure' => ''", 'starttls-if-offered'],
    ["'mail_smtpsecure' => '', 'mail_smtpauthtype' => 'LOGIN'", 'none'],
    ["'mail_smtpsecure' => 'tls', 'mail_smtpauthtype' => 'LOGIN'", 'starttls'],
  ])('of %s takes %s', (items, security) => {
    const text = `<?php $CONFIG = ['mail_smtphost' => 'a.example', ${items}];`;
    expect(onlyProfile(imported(text)).settings.server.security).toBe(security);
  });

  it('takes the first of several servers, with its port', () => {
    const text = "<?php $CONFIG = ['mail_smtphost' => 'a.example:2525;b.example'];";
    const { profiles, ignored } = imported(text);
    expect(profiles[0]?.settings.server).toMatchObject({ host: 'a.example', port: 2525 });
    expect(ignored).toHaveLength(1);
  });

  it('takes what occ shows instead of a password for a mask', () => {
    const text = JSON.stringify({
      system: {
        mail_smtphost: 'a.example',
        mail_smtpauth: 1,
        mail_smtpname: 'u',
        mail_smtppassword: '***REMOVED SENSITIVE VALUE***',
      },
    });
    const { secrets, settings } = onlyProfile(imported(text));
    expect(settings.signIn.method).toBe('password');
    expect(secrets).toMatchObject([{ state: 'mask' }]);
  });

  it('says what it cannot read', () => {
    expect(() => imported("<?php $CONFIG = array('mail_smtphost' => 'a'", 'nextcloud')).toThrow('PARSE_FAILED');
    expect(() => imported("<?php\n$CONFIG = array(\n'mail_smtphost' => {{ host }},\n", 'nextcloud')).toThrow(
      'TEMPLATE_FILE',
    );
    expect(() => imported("<?php $CONFIG = ['a' => 1];", 'nextcloud')).toThrow('NO_MAIL_SETTINGS');
  });
});

describe('Nextcloud merging', () => {
  const merged = must(nextcloud.merge(EXISTING, sampleSettings(), file));

  it('leaves everything else as it was', () => {
    expect(merged).toContain("\t'instanceid' => 'oc1', // it's \"here\"\n\t# 'mail_smtphost' => 'comment',\n");
    expect(merged).toContain(
      "\t'mail_smtphost' => 'mail.acme.example', /* kept */\n\t'secret' => getenv('NC_SECRET') ?: 'canary',\n",
    );
    expect(merged).not.toContain('mail_smtpauthtype');
    expect(merged).not.toContain('verify_peer');
    expect(merged).toContain("'cafile' => '/x.pem'");
    expect(merged).toContain("\t'apps' => [ 'a' => [1, 2] ],\n\t'mail_");
    expect(merged.endsWith(');\n$after = "mail_smtphost";\n')).toBe(true);
    expect(must(nextcloud.merge(merged, sampleSettings(), file))).toBe(merged);
  });

  it.skipIf(!php)('makes a file that PHP reads, whatever the old one looked like', () => {
    const olds = [
      EXISTING,
      '',
      '<?php $CONFIG=[];',
      '<?php $CONFIG = array();',
      "<?php\r\n$CONFIG = array (\r\n  'a' => 1\r\n);\r\n",
      "<?php $CONFIG = ['a'=>1,'mail_smtphost'=>'x','b'=>2];",
    ];
    const texts = olds.map((old) => must(nextcloud.merge(old, sampleSettings(), file)));
    for (const config of runPhp(texts)) {
      expect(config).toMatchObject({ mail_smtphost: 'mail.acme.example', mail_smtpport: 587, mail_smtptimeout: 10 });
    }
    for (const text of texts) expect(must(nextcloud.merge(text, sampleSettings(), file))).toBe(text);
    expect(texts[4]?.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('hides every secret of the file', () => {
    expect(nextcloud.mask(EXISTING)).not.toContain('canary');
    expect(nextcloud.mask(EXISTING).split('\n')).toHaveLength(EXISTING.split('\n').length);
    const password = must(
      nextcloud.merge(EXISTING, sampleSettings(), contextFor(nextcloud, {}, 'include', "cana\nry'x")),
    );
    expect(nextcloud.mask(password)).not.toContain('ry');
  });

  it('refuses a file without the array', () => {
    expect(errorOf(nextcloud.merge('<?php echo 1;', sampleSettings(), file)).code).toBe('TARGET_REFUSES');
    expect(readPhpConfig('<?php echo 1;')).toBeNull();
  });
});

describe('Nextcloud limits', () => {
  it('tell that STARTTLS cannot be required and that the name is elsewhere', () => {
    expect(fieldsOf(nextcloud.limits(sampleSettings(), file))).toEqual([
      'lossy server.security',
      'lossy sender.from.name',
      'lossy sender.replyTo.address',
    ]);
  });
});
