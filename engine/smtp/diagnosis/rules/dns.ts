import type { Rule } from '../rule.ts';

/** Looking the host up. */
export const dnsRules: readonly Rule[] = [
  {
    id: 'DNS_ENOTFOUND',
    stage: 'dns',
    match: { code: ['ENOTFOUND', 'ENODATA', 'ENONAME'] },
    cause:
      'The host name does not exist in DNS: a typing mistake, or an internal name that this machine’s DNS server does not know.',
    remedy: 'Check the spelling. For an internal name, connect the VPN or use the company’s DNS server.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/dns.html#error-codes',
    priority: 50,
    transient: false,
    example: { code: 'ENOTFOUND' },
  },
  {
    id: 'DNS_EAI_AGAIN',
    stage: 'dns',
    match: [
      { code: ['EAI_AGAIN', 'ETIMEOUT', 'ESERVFAIL', 'EREFUSED'] },
      { code: ['ECONNREFUSED'], when: { failedStage: 'dns' } },
    ],
    cause: 'The DNS server did not answer, so the host name could not be looked up.',
    remedy:
      'Check the network and the DNS server setting. In a container, check that it has a DNS server at all. Then try again.',
    reference: 'https://github.com/nocodb/nocodb/issues/11019',
    priority: 50,
    transient: true,
    example: { code: 'EAI_AGAIN', facts: { failedStage: 'dns' } },
  },
  {
    id: 'DNS_TIMEOUT',
    stage: 'dns',
    match: { when: { timeoutPhase: 'dns' } },
    cause: 'Looking up the host name took too long.',
    remedy:
      'Check which DNS server this machine uses. To see whether only DNS is at fault, try the server’s IP address.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/dns.html#error-codes',
    priority: 50,
    transient: true,
    example: { facts: { timeoutPhase: 'dns' } },
  },
  {
    id: 'DNS_MX_ONLY',
    stage: 'dns',
    match: { when: { hasMx: true, hasAddress: false } },
    cause:
      'This is a mail domain, not a server: it has a mail exchanger (MX) for receiving, but no address of its own.',
    remedy: 'Enter the outgoing server’s name, such as smtp. and the domain.',
    reference: 'https://www.rfc-editor.org/rfc/rfc5321#section-5.1',
    priority: 70,
    transient: false,
    example: { facts: { hasMx: true, hasAddress: false } },
  },
  {
    id: 'DNS_NULL_MX',
    stage: 'dns',
    match: { when: { nullMx: true } },
    cause: 'The domain says in DNS (null MX) that it takes no mail at all.',
    remedy: 'Use an address in another domain.',
    reference: 'https://www.rfc-editor.org/rfc/rfc7505',
    priority: 80,
    transient: false,
    example: { facts: { nullMx: true } },
  },
  {
    id: 'DNS_CNAME_DANGLING',
    stage: 'dns',
    match: { when: { cnameDangling: true } },
    cause: 'The host name is an alias (CNAME) for a host that does not exist.',
    remedy: 'Enter the real server’s name, or have the alias corrected.',
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
      'The host name leads to a private address (10.x, 172.16 to 31.x or 192.168.x), which only machines inside that network can reach.',
    remedy: 'Connect to that network or VPN, or use the server’s public name.',
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
    cause: 'The host name leads to this machine itself (127.0.0.1 or ::1).',
    remedy:
      'Enter the mail server’s real name, unless it runs here. In a container, localhost is the container and not its host. Otherwise check the hosts file.',
    reference: 'https://github.com/getsentry/self-hosted/issues/1372',
    priority: 65,
    transient: false,
    kind: 'both',
    example: { facts: { resolvedLoopback: true, failedStage: 'tcp' } },
  },
];
