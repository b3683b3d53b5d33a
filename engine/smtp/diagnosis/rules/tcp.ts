import { submissionPortIfSigningIn } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Reaching the port. */
export const tcpRules: readonly Rule[] = [
  {
    id: 'DNS_SPLIT_FAMILY',
    stage: 'tcp',
    match: { when: { ipv6Ok: false, ipv4Ok: true } },
    cause: 'The server has IPv6 and IPv4 addresses; IPv6 does not work from here but IPv4 does.',
    remedy:
      'Mail will work over IPv4; to remove the delay, repair IPv6 on this network or force IPv4 in the sending program.',
    reference: 'https://github.com/docker-mailserver/docker-mailserver/issues/233',
    priority: 60,
    transient: false,
    kind: 'warning',
    example: { facts: { ipv6Ok: false, ipv4Ok: true } },
  },
  {
    id: 'TCP_REFUSED',
    stage: 'tcp',
    match: { code: ['ECONNREFUSED'] },
    cause: 'The machine answered but nothing is listening on that port, or a firewall rejects it actively.',
    remedy:
      'Check the port number (587, 465 or 25) and that the mail service is running and listening on the network, not only on localhost.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors',
    priority: 50,
    transient: false,
    example: { code: 'ECONNREFUSED' },
  },
  {
    id: 'TCP_TIMEOUT',
    stage: 'tcp',
    match: { when: { timeoutPhase: 'connect' } },
    cause: 'No answer at all: a firewall drops the connection, or the address is wrong or down.',
    remedy:
      'Ask the network team to allow outgoing connections to this host and port; try from another network to compare.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors',
    priority: 50,
    transient: true,
    example: { facts: { timeoutPhase: 'connect' } },
  },
  {
    id: 'TCP_TIMEOUT_25',
    stage: 'tcp',
    match: { when: { timeoutPhase: 'connect', port: 25 } },
    cause:
      'Port 25 gives no answer. Internet providers and clouds (AWS, Azure, Google Cloud, DigitalOcean and others) block outgoing port 25 to stop spam.',
    remedy:
      'Use port 587 or 465 with a login (or 2525 where the provider offers it), or ask the hosting provider to unblock port 25.',
    reference: 'https://www.rfc-editor.org/rfc/rfc8314#section-3.3',
    priority: 70,
    transient: false,
    fix: submissionPortIfSigningIn,
    example: { facts: { timeoutPhase: 'connect', port: 25 } },
  },
  {
    // Beats TCP_TIMEOUT: normalising sets timeoutPhase for the system’s own ETIMEDOUT as well.
    id: 'TCP_OS_TIMEOUT',
    stage: 'tcp',
    match: { code: ['ETIMEDOUT'], when: { failedStage: 'tcp' } },
    cause:
      'The operating system gave up waiting for an answer to the connection request: a firewall drops it, or the address is wrong.',
    remedy:
      'Check host and port, and ask the network team whether this computer may reach the server on that port; try port 587 or 465 instead of 25.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors',
    priority: 52,
    transient: true,
    example: { code: 'ETIMEDOUT', facts: { failedStage: 'tcp' } },
  },
  {
    id: 'TCP_REFUSED_25_CLOUD',
    stage: 'tcp',
    match: { code: ['ECONNREFUSED'], when: { port: 25, otherSmtpPortOpen: true } },
    cause:
      'Port 25 is refused although other ports of the same host answer; outgoing port 25 is probably blocked on this network.',
    remedy: 'Use port 587 or 465 with a login instead of port 25.',
    reference: 'https://www.rfc-editor.org/rfc/rfc5068#section-3.1',
    priority: 70,
    transient: false,
    fix: submissionPortIfSigningIn,
    example: { code: 'ECONNREFUSED', facts: { port: 25, otherSmtpPortOpen: true } },
  },
  {
    id: 'TCP_OTHER_PORT_WORKS',
    stage: 'tcp',
    match: { when: { failedStage: 'tcp', otherSmtpPortOpen: true } },
    cause: 'This port is closed or blocked, but another mail port of the same server answers.',
    remedy: 'Switch to the port that answered and set the matching security (465 = TLS, 587 = STARTTLS).',
    reference: 'https://github.com/go-gitea/gitea/issues/21697',
    priority: 65,
    transient: false,
    example: { facts: { failedStage: 'tcp', otherSmtpPortOpen: true } },
  },
  {
    id: 'TCP_HOSTUNREACH',
    stage: 'tcp',
    match: { code: ['EHOSTUNREACH', 'EHOSTDOWN'] },
    cause: 'There is no route to the host from this network (a router said it cannot be reached).',
    remedy: 'Check the IP address, VPN and routing; ping the gateway or try from another network.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors',
    priority: 50,
    transient: true,
    example: { code: 'EHOSTUNREACH' },
  },
  {
    id: 'TCP_NETUNREACH',
    stage: 'tcp',
    match: { code: ['ENETUNREACH', 'EADDRNOTAVAIL'] },
    cause:
      'This computer has no network that leads there (offline, VPN down, or an IPv6 address on an IPv4-only network).',
    remedy: 'Connect the network or VPN; if the address is IPv6, use IPv4 instead.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors',
    priority: 50,
    transient: true,
    example: { code: 'ENETUNREACH' },
  },
  {
    id: 'TCP_LOCAL_FIREWALL',
    stage: 'tcp',
    match: { code: ['EACCES', 'EPERM', 'ERR_ACCESS_DENIED'] },
    cause: "This computer's own firewall or security software forbids the connection.",
    remedy:
      'Allow this program to make outgoing connections to the mail ports in the local firewall or security suite.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors',
    priority: 50,
    transient: false,
    example: { code: 'EACCES' },
  },
  {
    id: 'TCP_BAD_LOCAL_ADDRESS',
    stage: 'tcp',
    match: { code: ['EINVAL'] },
    cause: 'The source address set in the profile does not exist on this computer or belongs to the other IP family.',
    remedy: 'Clear the source address field or choose an address of this computer.',
    reference: 'https://nodejs.org/docs/latest-v20.x/api/net.html#socketconnectoptions-connectlistener',
    priority: 50,
    transient: false,
    example: { code: 'EINVAL' },
  },
  {
    id: 'PROXY_FAILED',
    stage: 'tcp',
    match: { code: ['EPROXY'] },
    cause: 'The configured HTTP or SOCKS proxy refused or could not make the connection to the mail server.',
    remedy:
      'Check proxy address, port and login, and that the proxy permits the mail port; many web proxies only allow port 443.',
    reference: 'https://nodemailer.com/smtp/proxies',
    priority: 50,
    transient: false,
    example: { code: 'EPROXY' },
  },
];
