import type { Rule } from '../rule.ts';
import { anyRules } from './any.ts';
import { authRules } from './auth.ts';
import { authMechanismRules } from './auth-mechanism.ts';
import { certificateRules } from './certificate.ts';
import { clientCertificateRules } from './client-certificate.ts';
import { configRules } from './config.ts';
import { dataRules } from './data.ts';
import { dnsRules } from './dns.ts';
import { ehloRules } from './ehlo.ts';
import { exchangeRules } from './exchange.ts';
import { googleRules } from './google.ts';
import { googleRelayRules } from './google-relay.ts';
import { greetingRules } from './greeting.ts';
import { mailRules } from './mail.ts';
import { mailboxServicesRules } from './mailbox-services.ts';
import { microsoft365OauthRules } from './microsoft365-oauth.ts';
import { microsoft365SendingRules } from './microsoft365-sending.ts';
import { microsoft365SignInRules } from './microsoft365-sign-in.ts';
import { oauthRules } from './oauth.ts';
import { oauthEndpointRules } from './oauth-endpoint.ts';
import { rcptRules } from './rcpt.ts';
import { sendingServicesRules } from './sending-services.ts';
import { serverProductsRules } from './server-products.ts';
import { starttlsRules } from './starttls.ts';
import { tcpRules } from './tcp.ts';
import { tlsRules } from './tls.ts';

/** Every rule. Their order matters only between rules of equal weight: the earlier wins. */
export const RULES: readonly Rule[] = [
  ...configRules,
  ...clientCertificateRules,
  ...dnsRules,
  ...tcpRules,
  ...greetingRules,
  ...ehloRules,
  ...starttlsRules,
  ...tlsRules,
  ...certificateRules,
  ...authRules,
  ...authMechanismRules,
  ...oauthRules,
  ...oauthEndpointRules,
  ...mailRules,
  ...rcptRules,
  ...dataRules,
  ...anyRules,
  ...microsoft365OauthRules,
  ...microsoft365SignInRules,
  ...microsoft365SendingRules,
  ...googleRules,
  ...googleRelayRules,
  ...exchangeRules,
  ...serverProductsRules,
  ...sendingServicesRules,
  ...mailboxServicesRules,
];
