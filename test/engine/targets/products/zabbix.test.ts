import { describe, expect, it } from 'vitest';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const zabbix = target('zabbix');
const TWO =
  "zabbix_export:\n  version: '6.4'\n  media_types:\n    - name: One\n      type: EMAIL\n      provider: GMAIL\n      smtp_email: a@gmail.com\n    - name: Two\n      type: EMAIL\n      smtp_server: b.example\n      smtp_port: '25'\n";

describe('Zabbix', () => {
  it('reads every mail media type, the provider’s own server where it is left out', () => {
    expect(
      imported(TWO).profiles.map(({ settings: { server, name } }) => [server.host, server.security, name]),
    ).toEqual([
      ['smtp.gmail.com', 'starttls', 'Zabbix One smtp.gmail.com'],
      ['b.example', 'none', 'Zabbix Two b.example'],
    ]);
  });

  it('asks which one, changes it, and switches the provider off', () => {
    expect(JSON.stringify(errorOf(zabbix.merge(TWO, sampleSettings(), contextFor(zabbix))))).toContain(
      'several mail media types',
    );
    const merged = must(zabbix.merge(TWO, sampleSettings(), contextFor(zabbix, { name: 'One' })));
    expect(merged).toContain('provider: SMTP\n');
    expect(merged.endsWith("      smtp_server: b.example\n      smtp_port: '25'\n")).toBe(true);
  });

  it('writes texts where the import wants them', () => {
    const text = must(zabbix.render(sampleSettings(), contextFor(zabbix, { version: '6.0' })));
    expect(text).toContain('version: "6.0"');
    expect(text).toContain('smtp_port: "587"');
    expect(text).toContain('smtp_verify_peer: "YES"');
  });

  it('counts one verification alone as none, and says so', () => {
    const one = imported(
      "zabbix_export:\n  media_types:\n    - type: EMAIL\n      smtp_server: a.example\n      smtp_security: STARTTLS\n      smtp_verify_peer: 'YES'\n",
    );
    expect(onlyProfile(one).settings.tls.verifyCertificate).toBe(false);
    expect(one.warnings.join()).toContain('Only one of');
  });

  it('tells that an import replaces the password', () => {
    expect(fieldsOf(zabbix.limits(sampleSettings(), contextFor(zabbix)))).toContain('lossy signIn.method');
    expect(fieldsOf(zabbix.limits(sampleSettings(), contextFor(zabbix, {}, 'include', 'x')))).not.toContain(
      'lossy signIn.method',
    );
  });
});
