import { describe, expect, it } from 'vitest';
import { sampleSettings, variable } from '../arbitrary.ts';
import { contextFor, errorOf, fieldsOf, imported, must, onlyProfile, target } from '../support.ts';

const kubernetes = target('kubernetes');
const encoded = (text: string) => Buffer.from(text).toString('base64');

describe('Kubernetes', () => {
  it('reads base64 and plain keys of several objects together', () => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  SMTP_HOST: mail.example\n  SMTP_PORT: "587"\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: b}\ndata:\n  SMTP_USERNAME: ${encoded('ü')}\n  smtp-password: ${encoded('p$1')}\n`;
    const { settings, secrets } = onlyProfile(imported(text));
    expect(settings.signIn.username).toBe('ü');
    expect(secrets).toMatchObject([{ state: 'value', value: 'p$1', key: 'Secret.data.smtp-password', line: 13 }]);
    expect(kubernetes.mask(text)).not.toContain(encoded('p$1'));
  });

  it('changes a Secret in base64 where it is kept so, and puts nothing secret into the ConfigMap', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n  data: {SMTP_HOST: old}\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: a}\n  data:\n    SMTP_PASSWORD: ${encoded('old')} # keep\n    SMTP_USERNAME: ${encoded('u')}\n`;
    const merged = must(kubernetes.merge(text, sampleSettings(), contextFor(kubernetes, {}, 'include', 'new')));
    expect(merged).toMatch(new RegExp(`SMTP_PASSWORD: "?${encoded('new')}"? # keep`));
    expect(merged).toContain(encoded('svc-mail@acme.example'));
    expect(merged).not.toMatch(/SMTP_USERNAME: "?svc/);
    expect(merged.match(/SMTP_PASSWORD/g)).toHaveLength(1);
  });

  it('refuses to put a password where there is no Secret', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  SMTP_HOST: old\n';
    expect(
      JSON.stringify(errorOf(kubernetes.merge(text, sampleSettings(), contextFor(kubernetes, {}, 'include', 'pw')))),
    ).toContain('no Secret');
    expect(must(kubernetes.merge(text, sampleSettings(), contextFor(kubernetes)))).toContain(
      'SMTP_HOST: mail.acme.example\n',
    );
  });

  it('reads what a container says itself, references as such', () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        env:\n        - {name: SMTP_HOST, value: mail.example}\n        - {name: SMTP_USER, value: u}\n        - name: SMTP_PASSWORD\n          valueFrom:\n            secretKeyRef: {name: s, key: pw}\n';
    const { settings, secrets } = onlyProfile(imported(text));
    expect(settings.server.host).toBe('mail.example');
    expect(secrets).toMatchObject([{ state: 'reference', reference: variable('s/pw'), line: 12 }]);
  });

  it('reads a product’s whole file inside a ConfigMap, with the lines of the outer one', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  alertmanager.yml: |\n    global:\n      smtp_smarthost: mail.example:587\n      smtp_from: a@b.example\n    route: {receiver: x}\n    receivers: [{name: x}]\n';
    const { origins, settings } = onlyProfile(imported(text));
    expect(settings.server.host).toBe('mail.example');
    expect(origins['server.host']).toEqual({ key: 'alertmanager.yml: global.smtp_smarthost', line: 7 });
  });

  it('refuses names that the server refuses, and Helm templates', () => {
    expect(errorOf(kubernetes.render(sampleSettings(), contextFor(kubernetes, { name: 'My Name' }))).code).toBe(
      'TARGET_REFUSES',
    );
    const helm = 'apiVersion: v1\nkind: Secret\ndata:\n  a: {{ .Values.a | b64enc }}\n  b: {{- if .c }}\n';
    expect(errorOf(kubernetes.merge(helm, sampleSettings(), contextFor(kubernetes))).code).toBe('TEMPLATE_FILE');
    expect(fieldsOf(kubernetes.limits(sampleSettings(), contextFor(kubernetes)))).toContain('lossy name');
  });
});
