import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { keycloak } from './keycloak.ts';
import { mattermost } from './mattermost.ts';
import { nodemailer } from './nodemailer.ts';
import { alertmanager } from './products/alertmanager.ts';
import { ansible } from './products/ansible.ts';
import { authentik } from './products/authentik.ts';
import { compose } from './products/compose.ts';
import { discourse } from './products/discourse.ts';
import { django } from './products/django.ts';
import { env } from './products/env.ts';
import { gitea } from './products/gitea.ts';
import { gitlab } from './products/gitlab.ts';
import { grafana } from './products/grafana.ts';
import { helmGrafana } from './products/helm-grafana.ts';
import { homeassistant } from './products/homeassistant.ts';
import { jenkins } from './products/jenkins.ts';
import { keepnet } from './products/keepnet.ts';
import { kubernetes } from './products/kubernetes.ts';
import { laravel } from './products/laravel.ts';
import { mastodon } from './products/mastodon.ts';
import { metabase } from './products/metabase.ts';
import { msmtp } from './products/msmtp.ts';
import { n8n } from './products/n8n.ts';
import { nextcloud } from './products/nextcloud.ts';
import { odoo } from './products/odoo.ts';
import { postfix } from './products/postfix.ts';
import { redmine } from './products/redmine.ts';
import { rocketchat } from './products/rocketchat.ts';
import { sentry } from './products/sentry.ts';
import { sonarqube } from './products/sonarqube.ts';
import { springProperties } from './products/spring-properties.ts';
import { springYaml } from './products/spring-yaml.ts';
import { vaultwarden } from './products/vaultwarden.ts';
import { zabbix } from './products/zabbix.ts';
import { zuora } from './products/zuora.ts';
import type { Target } from './target.ts';
import { zerothreat } from './zerothreat.ts';

/** Every product, in the order in which a picker shows them. */
export const TARGETS: readonly Target[] = [
  mattermost,
  keycloak,
  zerothreat,
  keepnet,
  nodemailer,
  grafana,
  gitea,
  odoo,
  springProperties,
  msmtp,
  postfix,
  zuora,
  sonarqube,
  alertmanager,
  sentry,
  homeassistant,
  redmine,
  zabbix,
  springYaml,
  jenkins,
  gitlab,
  nextcloud,
  mastodon,
  n8n,
  metabase,
  rocketchat,
  authentik,
  vaultwarden,
  laravel,
  django,
  env,
  compose,
  discourse,
  kubernetes,
  ansible,
  helmGrafana,
];

/** Finds a target by its id. Errors: TARGET_UNKNOWN. */
export function targetById(id: string): Result<Target> {
  const target = TARGETS.find(({ info }) => info.id === id);
  return target ? ok(target) : fail(appErrorOf('TARGET_UNKNOWN', { target: id.slice(0, 60) }));
}
