import type { Rule } from '../rule.ts';

/** Looking the host up. */
export const dnsRules: readonly Rule[] = [
  {
    id: 'DNS_ENOTFOUND',
    stage: 'dns',
    match: { code: ['ENOTFOUND', 'ENODATA', 'ENONAME'] },
    cause:
      "The server name does not exist in DNS (typing mistake, or an internal name this machine's DNS does not know).",
    remedy: 'Check the spelling; if it is an internal name, check that this computer uses the company DNS or VPN.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/dns.html#error-codes',
    priority: 50,
    transient: false,
    example: { code: 'ENOTFOUND' },
  },
  {
    id: 'DNS_EAI_AGAIN',
    stage: 'dns',
    match: { code: ['EAI_AGAIN', 'ETIMEOUT', 'ESERVFAIL', 'EREFUSED', 'ECONNREFUSED'], when: { failedStage: 'dns' } },
    cause:
      'The DNS server did not answer, so the name could not be looked up (no network, wrong DNS server, or a container without DNS).',
    remedy: 'Check the network connection and the DNS server setting, then try again.',
    reference: 'https://github.com/nocodb/nocodb/issues/11019',
    priority: 50,
    transient: true,
    example: { code: 'EAI_AGAIN', facts: { failedStage: 'dns' } },
  },
  {
    id: 'DNS_TIMEOUT',
    stage: 'dns',
    match: { when: { timeoutPhase: 'dns' } },
    cause: 'The DNS lookup took too long.',
    remedy:
      "Check the DNS server this computer uses; try again or enter the server's IP address to see whether only DNS is at fault.",
    reference: 'https://nodejs.org/docs/latest-v20.x/api/dns.html#error-codes',
    priority: 50,
    transient: true,
    example: { facts: { timeoutPhase: 'dns' } },
  },
  {
    id: 'DNS_MX_ONLY',
    stage: 'dns',
    match: { when: { hasMx: true, hasAddress: false } },
    cause: 'The name entered is a mail domain: it has a mail exchanger (MX) but no address of its own.',
    remedy:
      "Enter the outgoing server's name instead (for example smtp.<domain>); the MX host listed is where the domain receives mail.",
    reference: 'https://www.rfc-editor.org/rfc/rfc5321#section-5.1',
    priority: 70,
    transient: false,
    example: { facts: { hasMx: true, hasAddress: false } },
  },
  {
    id: 'DNS_NULL_MX',
    stage: 'dns',
    match: { when: { nullMx: true } },
    cause: 'The domain publishes a "null MX": it says it accepts no mail at all.',
    remedy: 'Use a different domain for the recipient or sender address.',
    reference: 'https://www.rfc-editor.org/rfc/rfc7505',
    priority: 80,
    transient: false,
    example: { facts: { nullMx: true } },
  },
  {
    id: 'DNS_CNAME_DANGLING',
    stage: 'dns',
    match: { when: { cnameDangling: true } },
    cause: 'The name is an alias (CNAME) that points to a host which does not exist.',
    remedy: 'Ask the owner of the domain to correct the alias, or enter the real server name.',
    reference: 'https://www.rfc-editor.org/rfc/rfc5321#section-5.1',
    priority: 75,
    transient: false,
    example: { facts: { cnameDangling: true } },
  },
  {
    id: 'DNS_PRIVATE_FROM_PUBLIC',
    stage: 'dns',
    match: { when: { resolvedPrivate: true, failedStage: 'tcp' } },
    cause:
      'The name resolves to a private address (10.x, 172.16-31.x, 192.168.x) that can only be reached inside that network.',
    remedy: 'Connect to that network or VPN, or use the public name of the server.',
    reference: 'https://www.rfc-editor.org/rfc/rfc1918',
    priority: 60,
    transient: false,
    example: { facts: { resolvedPrivate: true, failedStage: 'tcp' } },
  },
  {
    id: 'DNS_LOOPBACK',
    stage: 'dns',
    match: [
      { when: { resolvedLoopback: true, failedStage: 'tcp' } },
      { when: { resolvedLoopback: true, hostIsLoopback: false, failedStage: null } },
    ],
    cause: 'The name resolves to this computer itself (127.0.0.1 or ::1).',
    remedy:
      'Check the hosts file and DNS; use the real server\'s address unless the mail server runs on this machine. In a container, "localhost" is the container, not the host.',
    reference: 'https://github.com/getsentry/self-hosted/issues/1372',
    priority: 65,
    transient: false,
    kind: 'both',
    example: { facts: { resolvedLoopback: true, failedStage: 'tcp' } },
  },
];
