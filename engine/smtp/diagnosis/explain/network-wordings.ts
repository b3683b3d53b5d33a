import type { Wording } from './wording.ts';

/** DNS and TCP faults as Node, Go, Java, Python, Ruby, PHP, .NET and the systems word them. Codes are found apart. */
export const NETWORK_WORDINGS: readonly Wording[] = [
  // musl, glibc, macOS and Windows; Java; Go; curl and PHP.
  {
    pattern:
      /name or service not known|nodename nor servname|name does not resolve|no address associated with (?:host)?name|no such host|UnknownHostException|could not resolve host|getaddrinfo failed|getaddrinfo: name or service|host(?:name)? not found \(authoritative\)|Errno 11001/i,
    code: 'ENOTFOUND',
    stage: 'dns',
  },
  {
    pattern:
      /temporary failure in name resolution|getaddrinfo EAI_AGAIN|lookup [^\n]{1,300}(?:server misbehaving|:53: (?:i\/o timeout|connection refused|connect: connection refused))/i,
    code: 'EAI_AGAIN',
    stage: 'dns',
  },
  {
    pattern:
      /connection refused|actively refused|WinError 10061|Errno (?:111|61)\]|ConnectException: Connection refused/i,
    code: 'ECONNREFUSED',
    stage: 'tcp',
  },
  {
    pattern: /no route to host|NoRouteToHostException|host is unreachable|host is down|Errno 113\]|WinError 10065/i,
    code: 'EHOSTUNREACH',
    stage: 'tcp',
  },
  {
    pattern: /network is unreachable|unreachable network|Errno 101\]|WinError 10051/i,
    code: 'ENETUNREACH',
    stage: 'tcp',
  },
  { pattern: /operation not permitted|access permissions|WinError 10013/i, code: 'EACCES', stage: 'tcp' },
  {
    pattern:
      /dial tcp[^\n]{0,200}i\/o timeout|connect(?:ion)? timed out|connection timeout|Net::OpenTimeout|WinError 10060|connected party did not properly respond|Errno (?:110|60)\]|connect: operation timed out|the operation has timed out|context deadline exceeded/i,
    stage: 'tcp',
    facts: { timeoutPhase: 'connect' },
  },
  // Python's socket.timeout says no more than this while connecting and greeting.
  {
    pattern: /(?:socket\.timeout|TimeoutError): (?:the read operation )?timed out/i,
    facts: { timeoutPhase: 'connect' },
  },
  {
    pattern: /greeting never received|could not connect to SMTP host[\s\S]{0,400}read timed out/i,
    stage: 'greeting',
    facts: { timeoutPhase: 'greeting' },
  },
  {
    pattern: /Net::ReadTimeout|SocketTimeoutException: Read timed out|read tcp[^\n]{0,200}i\/o timeout/i,
    facts: { timeoutPhase: 'command' },
  },
  // JavaMail: the peer hung up instead of greeting. On port 465 it waited for TLS.
  {
    pattern: /could not connect to SMTP host[^\n]{0,300}response: -1/i,
    stage: 'greeting',
    facts: { closedBeforeGreeting: true },
  },
  {
    pattern: /port: 465, response: -1/i,
    stage: 'greeting',
    facts: { timeoutPhase: 'greeting', port: 465, security: 'starttls' },
  },
  {
    pattern:
      /before secure TLS connection was established|SSL_connect SYSCALL|(?:handshake|SSL_connect|TLS)[^\n]{0,120}connection (?:was )?(?:reset|closed)|remote host (?:terminated|closed connection during) (?:the )?handshake|EOF occurred in violation of protocol|handshake[^\n]{0,60}: EOF|UNEXPECTED_EOF_WHILE_READING/i,
    code: 'ECONNRESET',
    stage: 'tls',
  },
  {
    pattern:
      /connection reset|forcibly closed by the remote host|broken pipe|connection unexpectedly closed|unexpected socket close|EOFError: end of file reached|please run connect\(\) first|can't send command to SMTP host|server closed the connection|closed by foreign host|net_io_connectionclosed|connection (?:was )?closed by (?:the )?(?:remote|peer|server)|(?:^|[\s:"])EOF["\s]{0,3}$/im,
    code: 'ECONNRESET',
  },
  {
    pattern:
      /proxy (?:connection )?(?:refused|failed|error)|SOCKS(?:5| proxy)? (?:error|connection failed)|proxyconnect tcp/i,
    code: 'EPROXY',
    stage: 'tcp',
  },
];
