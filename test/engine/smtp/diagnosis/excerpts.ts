import type { Known } from '../../../../engine/smtp/diagnosis/index.ts';

/** The product or library, the rule that must win, the text, and what is known of the connection. */
export type Excerpt = readonly [who: string, rule: string, text: string, known?: Partial<Known>];

/** Error texts as people paste them. */
export const EXCERPTS: readonly Excerpt[] = [
  // nodemailer
  [
    'nodemailer, Gmail',
    'GMAIL_BAD_CREDENTIALS',
    `Error: Invalid login: 535-5.7.8 Username and Password not accepted. For more information, go to
535 5.7.8  https://support.google.com/mail/?p=BadCredentials d9443c01a7336-1f2f9d5f3b1sm8121215ad.19 - gsmtp
    at SMTPConnection._formatError (/app/node_modules/nodemailer/lib/smtp-connection/index.js:790:19) {
  code: 'EAUTH',
  response: '535-5.7.8 Username and Password not accepted.\\n535 5.7.8 - gsmtp',
  responseCode: 535,
  command: 'AUTH PLAIN'
}`,
  ],
  [
    'nodemailer, wrong version',
    'TLS_WRONG_VERSION',
    `Error: 140735:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:332:
  code: 'ESOCKET', command: 'CONN'`,
    { port: 587, security: 'tls' },
  ],
  [
    'nodemailer, OpenSSL 3',
    'TLS_WRONG_VERSION_ANY',
    '[Error: 00D8E1F4017F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:ssl3_record.c:354:] { library: "SSL routines", code: "ESOCKET" }',
  ],
  [
    'Electron (BoringSSL)',
    'TLS_WRONG_VERSION_ANY',
    'Error: write EPROTO 8560:error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER:..\\..\\third_party\\boringssl\\src\\ssl\\tls_record.cc:242:',
  ],
  [
    'nodemailer, DNS',
    'DNS_ENOTFOUND',
    'Error: getaddrinfo ENOTFOUND smtp.exmaple.com { errno: -3008, code: "EDNS", command: "CONN" }',
  ],
  [
    'nodemailer, container DNS',
    'DNS_EAI_AGAIN',
    'Error: getaddrinfo EAI_AGAIN mailserver\n  code: "EDNS", syscall: "getaddrinfo"',
  ],
  [
    'nodemailer, refused',
    'TCP_REFUSED',
    "{ Error: connect ECONNREFUSED 127.0.0.1:587 errno: -111, code: 'ESOCKET', command: 'CONN' }",
  ],
  [
    'nodemailer, timeout on 25',
    'TCP_TIMEOUT_25',
    'Error: Connection timeout\n  code: "ETIMEDOUT", command: "CONN"',
    { port: 25 },
  ],
  [
    'nodemailer, greeting on 465',
    'GREET_TIMEOUT_465_PORT',
    'Error: Greeting never received',
    { port: 465, security: 'starttls' },
  ],
  ['nodemailer, greeting', 'GREET_TIMEOUT', 'Error: Greeting never received\n    at SMTPConnection._formatError'],
  [
    'nodemailer, TLS cut',
    'TLS_RESET',
    'Error: Client network socket disconnected before secure TLS connection was established { code: "ESOCKET" }',
  ],
  [
    'nodemailer, greeting of a web server',
    'GREET_HTTP',
    'Error: Invalid greeting. response=HTTP/1.1 400 Bad Request: HTTP/1.1 400 Bad Request\n code: "EPROTOCOL"',
  ],
  [
    'nodemailer, name',
    'CERT_IP_HOST',
    "Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames: IP: 10.0.0.5 is not in the cert's list: ",
    { host: '10.0.0.5' },
  ],
  [
    'nodemailer, M365',
    'M365_BASIC_DISABLED',
    'Invalid login: 535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [LO4P123CA0001.GBRP123.PROD.OUTLOOK.COM 2024-09-18T10:02:11.123Z 08DC]',
  ],
  [
    'n8n, M365',
    'M365_SMTPAUTH_TENANT',
    'NodeApiError: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
  ],

  // Java: Keycloak, Jenkins, Zuora, Jira
  [
    'Keycloak, PKIX',
    'CERT_PRIVATE_CA',
    `ERROR [org.keycloak.services] (executor-thread-12) KC-SERVICES0029: Failed to send email: jakarta.mail.MessagingException: Could not convert socket to TLS;
  nested exception is:
	javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target`,
  ],
  [
    'Keycloak, auth',
    'AUTH_BAD_CREDENTIALS_578',
    'jakarta.mail.AuthenticationFailedException: 535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6\n\tat org.eclipse.angus.mail.smtp.SMTPTransport$Authenticator.authenticate(SMTPTransport.java:954)',
  ],
  [
    'JavaMail, plain text on a TLS port',
    'TLS_WRONG_VERSION_ANY',
    'javax.mail.MessagingException: Could not connect to SMTP host: mail.example.com, port: 587;\n  nested exception is:\n\tjavax.net.ssl.SSLException: Unrecognized SSL message, plaintext connection?',
  ],
  [
    'JavaMail, 465 without TLS',
    'GREET_TIMEOUT_465_PORT',
    'javax.mail.MessagingException: Could not connect to SMTP host: smtp.example.com, port: 465, response: -1',
  ],
  [
    'JavaMail, unknown host',
    'DNS_ENOTFOUND',
    "com.sun.mail.util.MailConnectException: Couldn't connect to host, port: smtp.exampel.com, 587; timeout 10000;\n  nested exception is:\n\tjava.net.UnknownHostException: smtp.exampel.com",
  ],
  [
    'JavaMail, refused',
    'TCP_REFUSED',
    "Couldn't connect to host, port: localhost, 25; timeout -1;\n  nested exception is:\n\tjava.net.ConnectException: Connection refused (Connection refused)",
  ],
  [
    'JavaMail, timeout on 25',
    'TCP_TIMEOUT_25',
    "Couldn't connect to host, port: mail.example.com, 25; timeout 10000;\n nested exception is: java.net.SocketTimeoutException: connect timed out",
    { port: 25 },
  ],
  [
    'JavaMail, STARTTLS missing',
    'STARTTLS_NOT_OFFERED',
    'javax.mail.MessagingException: STARTTLS is required but host does not support STARTTLS',
  ],
  [
    'JavaMail, no TLS 1.2',
    'TLS_PROTOCOL_VERSION',
    'javax.net.ssl.SSLHandshakeException: No appropriate protocol (protocol is disabled or cipher suites are inappropriate)',
  ],
  [
    'JavaMail, M365 anonymous',
    'M365_5757',
    'com.sun.mail.smtp.SMTPSendFailedException: 530 5.7.57 Client not authenticated to send mail. [AM6P193CA0053.EURP193.PROD.OUTLOOK.COM]',
  ],
  [
    'Jenkins, name',
    'CERT_NAME_MISMATCH',
    'java.security.cert.CertificateException: No subject alternative DNS name matching mail.example.com found.',
  ],
  [
    'JavaMail, No handshake',
    'TLS_HANDSHAKE_FAILURE',
    'javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure',
  ],

  // Go: Mattermost, Grafana, Gitea
  [
    'Mattermost, unknown authority',
    'CERT_PRIVATE_CA',
    '{"level":"error","msg":"Failed to send email","err":"unable to connect to the SMTP server: x509: certificate signed by unknown authority"}',
  ],
  [
    'Grafana, unencrypted',
    'AUTH_ONLY_AFTER_TLS',
    'logger=context t=2024-03-01 level=error msg="Failed to send notification" error="unencrypted connection"',
  ],
  [
    'Grafana, IP SANs',
    'CERT_IP_HOST',
    "Failed to send alert notification email: x509: cannot validate certificate for 192.168.1.10 because it doesn't contain any IP SANs",
  ],
  ['Grafana, timeout', 'TCP_TIMEOUT', 'Failed to send: dial tcp 203.0.113.7:587: i/o timeout'],
  ['Gitea, port 25', 'TCP_TIMEOUT_25', 'Failed to send emails: dial tcp 203.0.113.7:25: i/o timeout'],
  ['Gitea, no AUTH', 'AUTH_NOT_OFFERED', "[E] Failed to send a test email: smtp: server doesn't support AUTH"],
  ['Gitea, DNS', 'DNS_ENOTFOUND', 'dial tcp: lookup smtp.exampl.com on 127.0.0.11:53: no such host'],
  [
    'Gitea, DNS server down',
    'DNS_EAI_AGAIN',
    'dial tcp: lookup smtp.example.com on 10.96.0.10:53: read udp 10.1.2.3:40000->10.96.0.10:53: i/o timeout',
  ],
  ['Grafana, TLS on a plain port', 'TLS_WRONG_VERSION_ANY', 'tls: first record does not look like a TLS handshake'],
  [
    'Mattermost, expired',
    'CERT_EXPIRED',
    'x509: certificate has expired or is not yet valid: current time 2024-05-03T10:00:00Z is after 2024-05-01T00:00:00Z',
  ],
  [
    'Mattermost, not yet valid',
    'CERT_NOT_YET',
    'x509: certificate has expired or is not yet valid: current time 2020-05-03T10:00:00Z is before 2024-05-01T00:00:00Z',
  ],
  [
    'Gitea, name',
    'CERT_NAME_MISMATCH',
    'tls: failed to verify certificate: x509: certificate is valid for *.hosting.example, not mail.example.com',
  ],
  ['Gitea, common name', 'CERT_CN_ONLY', 'x509: certificate relies on legacy Common Name field, use SANs instead'],
  [
    'Mattermost, SES',
    'SES_NOT_VERIFIED',
    'EmailRequest: 554 Message rejected: Email address is not verified. The following identities failed the check in region US-EAST-1: test@example.com',
  ],
  ['Grafana, hung up', 'CONN_LOST', 'error="Failed to send notification to email addresses: a@example.com: EOF"'],

  // Python: smtplib, Django, Odoo
  [
    'smtplib, Gmail',
    'GMAIL_APP_PASSWORD',
    "smtplib.SMTPAuthenticationError: (534, b'5.7.9 Application-specific password required. For more information, go to\\n5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor')",
  ],
  [
    'Django, sender',
    'SENDER_NOT_OWNED',
    "smtplib.SMTPRecipientsRefused: {'b@example.org': (553, b'5.7.1 <webmaster@localhost>: Sender address rejected: not owned by user joe')}",
  ],
  [
    'smtplib, no STARTTLS',
    'STARTTLS_NOT_OFFERED',
    'smtplib.SMTPNotSupportedError: STARTTLS extension not supported by server.',
  ],
  [
    'smtplib, no AUTH',
    'AUTH_NOT_OFFERED',
    'smtplib.SMTPNotSupportedError: SMTP AUTH extension not supported by server.',
  ],
  ['smtplib, mechanisms', 'AUTH_NO_COMMON_MECH', 'smtplib.SMTPException: No suitable authentication method found.'],
  [
    'smtplib, self-signed',
    'CERT_SELF_SIGNED',
    'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1006)',
  ],
  [
    'smtplib, own root',
    'CERT_PRIVATE_CA',
    '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate in certificate chain (_ssl.c:1129)',
  ],
  [
    'smtplib, wrong version',
    'TLS_WRONG_VERSION_ANY',
    'ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1129)',
  ],
  [
    'smtplib, old server',
    'TLS_PROTOCOL_VERSION',
    'ssl.SSLError: [SSL: UNSUPPORTED_PROTOCOL] unsupported protocol (_ssl.c:1129)',
  ],
  ['smtplib, weak DH', 'TLS_DH_TOO_SMALL', '[SSL: DH_KEY_TOO_SMALL] dh key too small (_ssl.c:1007)'],
  [
    'smtplib, name',
    'CERT_NAME_MISMATCH',
    "certificate verify failed: Hostname mismatch, certificate is not valid for 'smtp.example.com'. (_ssl.c:1129)",
  ],
  ['smtplib, hung up', 'CONN_LOST', 'smtplib.SMTPServerDisconnected: Connection unexpectedly closed'],
  ['Django, DNS', 'DNS_ENOTFOUND', 'socket.gaierror: [Errno -2] Name or service not known'],
  ['Django, DNS in a container', 'DNS_EAI_AGAIN', 'socket.gaierror: [Errno -3] Temporary failure in name resolution'],
  ['Django, unreachable', 'TCP_NETUNREACH', 'OSError: [Errno 101] Network is unreachable'],

  // Ruby: GitLab, Discourse
  [
    'GitLab, certificate',
    'CERT_SELF_SIGNED',
    'OpenSSL::SSL::SSLError (SSL_connect returned=1 errno=0 state=error: certificate verify failed (self signed certificate))',
  ],
  [
    'GitLab, name',
    'CERT_NAME_MISMATCH',
    'OpenSSL::SSL::SSLError: hostname "mail.internal" does not match the server certificate',
  ],
  [
    'GitLab, EHLO name',
    'EHLO_NEED_FQDN',
    'Net::SMTPSyntaxError: 504 5.5.2 <gitlab>: Helo command rejected: need fully-qualified hostname',
  ],
  ['Discourse, timeout', 'TCP_TIMEOUT', 'Net::OpenTimeout: execution expired'],
  [
    'GitLab, greylisting',
    'RCPT_GREYLIST',
    'Net::SMTPServerBusy: 450 4.2.0 <user@example.com>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.com.html',
  ],
  [
    'Net::SMTP, STARTTLS',
    'STARTTLS_NOT_OFFERED',
    'Net::SMTPUnsupportedCommand: STARTTLS is not supported on this server',
  ],

  // PHP: Symfony Mailer, PHPMailer, Nextcloud
  [
    'Symfony, credentials',
    'AUTH_BAD_CREDENTIALS_578',
    'Failed to authenticate on SMTP server with username "a@example.com" using the following authenticators: "LOGIN", "PLAIN". Authenticator "LOGIN" returned "Expected response code "235" but got code "535", with message "535 5.7.8 Error: authentication failed: authentication failure".".',
  ],
  [
    'Symfony, TLS',
    'TLS_WRONG_VERSION',
    'Connection could not be established with host "ssl://mail.example.com:587": stream_socket_client(): SSL operation failed with code 1. OpenSSL Error messages:\nerror:1408F10B:SSL routines:ssl3_get_record:wrong version number',
  ],
  [
    'Nextcloud, name',
    'CERT_NAME_MISMATCH',
    "stream_socket_enable_crypto(): Peer certificate CN=`hosting.example' did not match expected CN=`mail.example.com'",
  ],
  [
    'PHPMailer, password',
    'AUTH_BAD_CREDENTIALS',
    'SMTP ERROR: Password command failed: 535 Incorrect password\nSMTP Error: Could not authenticate.',
  ],
  ['PHPMailer, no reply kept', 'AUTH_BAD_CREDENTIALS', 'SMTP Error: Could not authenticate.'],
  ['PHP, DNS', 'DNS_ENOTFOUND', 'fsockopen(): php_network_getaddresses: getaddrinfo failed: Name or service not known'],
  [
    'Laravel, M365 sender',
    'M365_SENDAS',
    'Expected response code "250" but got code "554", with message "554 5.2.252 SendAsDenied; app@contoso.com not allowed to send as info@contoso.com; STOREDRV.Submission.Exception".',
  ],

  // Server logs, transcripts and .NET
  [
    'Postfix log',
    'RELAY_DENIED',
    'Nov 12 10:01:44 mx postfix/smtp[4312]: 4XnB: to=<u@example.org>, relay=mail.example.com[192.0.2.5]:25, delay=1, dsn=5.7.1, status=bounced (host mail.example.com[192.0.2.5] said: 554 5.7.1 <u@example.org>: Relay access denied (in reply to RCPT TO command))',
  ],
  [
    'swaks transcript',
    'AUTH_BAD_CREDENTIALS',
    '=== Connected to mail.example.com.\n<-  220 mail.example.com ESMTP\n -> EHLO client.example.com\n<-  250-AUTH PLAIN LOGIN\n<-  250 HELP\n -> AUTH LOGIN\n<-  334 VXNlcm5hbWU6\n<** 535 Login incorrect',
  ],
  [
    'swaks, STARTTLS',
    'STARTTLS_REQUIRED',
    ' -> MAIL FROM:<a@example.com>\n<** 530 5.7.0 Must issue a STARTTLS command first',
  ],
  [
    'firewall with masks',
    'GREET_PIX_MASKED',
    '<-  220 ********************************\n -> EHLO client.example.com\n<-  500 5.3.3 Unrecognized command',
  ],
  [
    'XOAUTH2 challenge',
    'OAUTH_XOAUTH2_ERROR',
    `334 ${Buffer.from('{"status":"400","schemes":"Bearer","scope":""}').toString('base64')}\n535 5.7.8 Username and Password not accepted`,
    { host: 'mail.example.com' },
  ],
  [
    'Microsoft sign-in',
    'M365_OAUTH_SECRET',
    '{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value"}',
  ],
  ['Google sign-in', 'OAUTH_INVALID_GRANT', 'oauth2: "invalid_grant" "Token has been expired or revoked."'],
  [
    '.NET, relay',
    'EXCH_UNABLE_RELAY',
    'System.Net.Mail.SmtpFailedRecipientException: Mailbox unavailable. The server response was: 550 5.7.1 Unable to relay',
  ],
  [
    '.NET, refused',
    'TCP_REFUSED',
    'SocketException (10061): No connection could be made because the target machine actively refused it. 192.0.2.5:587',
  ],
  [
    '.NET, chain',
    'CERT_PRIVATE_CA',
    'AuthenticationException: The remote certificate is invalid because of errors in the certificate chain: RemoteCertificateChainErrors',
  ],
  [
    'antivirus in between',
    'CERT_AV_INTERCEPT',
    'Error: self signed certificate in certificate chain, issuer: CN=Avast Web/Mail Shield Root, O=Avast Web/Mail Shield',
  ],
  ['words alone', 'RELAY_DENIED', 'Relay access denied'],
  [
    'SendGrid',
    'SENDGRID_IDENTITY',
    '550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.',
  ],
  ['Zoho login', 'ZOHO_AUTH', '535 Authentication Failed', { host: 'smtp.zoho.eu' }],
  [
    'bounce of a block list',
    'GREET_554_RBL',
    '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1',
  ],
  ['multi-line IMAP greeting', 'GREET_IMAP', 'S: * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS] Dovecot ready.'],
  // Rust (Vaultwarden), MailKit, Exim, Sendmail
  [
    'lettre, credentials',
    'AUTH_BAD_CREDENTIALS_578',
    'SMTP 5xx error: lettre::transport::smtp::Error { kind: Permanent(535) } permanent error (535): 5.7.8 Error: authentication failed',
  ],
  [
    'lettre, TLS on a plain port',
    'TLS_WRONG_VERSION_ANY',
    'lettre::transport::smtp::Error { kind: Connection, source: Custom { kind: InvalidData, error: "received corrupt message of type InvalidContentType" } }',
  ],
  ['rustls, issuer', 'CERT_PRIVATE_CA', 'Connection error: invalid peer certificate: UnknownIssuer'],
  [
    'lettre, mechanisms',
    'AUTH_NO_COMMON_MECH',
    'internal client error: No compatible authentication mechanism was found',
  ],
  [
    'MailKit, Gmail',
    'GMAIL_BAD_CREDENTIALS',
    'MailKit.Security.AuthenticationException: 535: 5.7.8 Username and Password not accepted. For more information, go to https://support.google.com/mail/?p=BadCredentials',
  ],
  [
    'SmtpClient, no code kept',
    'M365_5757',
    'The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.57 Client not authenticated to send mail.',
  ],
  [
    'Exim log',
    'RCPT_UNKNOWN',
    '2024-05-03 10:00:00 1s2abc ** u@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.9]: SMTP error from remote mail server after RCPT TO:<u@example.org>: 550 5.1.1 <u@example.org>: Recipient address rejected: User unknown',
  ],
  [
    'Sendmail log',
    'RELAY_SENDMAIL',
    'sm-mta[311]: 43A: to=<u@example.org>, relay=mail.example.com., dsn=5.7.1, stat=User unknown\n... while talking to mail.example.com.:\n<<< 550 5.7.1 <u@example.org>... Relaying denied. Proper authentication required.',
  ],
  [
    'Odoo, M365',
    'M365_5757',
    "odoo.addons.base: Mail delivery failed via SMTP server 'smtp.office365.com'. SMTPSenderRefused: (530, b'5.7.57 Client not authenticated to send mail.', 'odoo@contoso.com')",
  ],
  ['Discourse, refused', 'TCP_REFUSED', 'Errno::ECONNREFUSED: Connection refused - connect(2) for "localhost" port 25'],
  [
    'Windows, timeout',
    'TCP_TIMEOUT',
    '[WinError 10060] A connection attempt failed because the connected party did not properly respond after a period of time',
  ],
  [
    'JavaMail, cut',
    'CONN_LOST',
    'javax.mail.MessagingException: Exception reading response;\n  nested exception is:\n\tjava.net.SocketException: Connection reset',
  ],
  [
    'JavaMail, cut in the handshake',
    'TLS_RESET',
    'javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake',
  ],
  [
    'Gmail by the day',
    'GMAIL_DAILY_LIMIT',
    '550-5.4.5 Daily user sending limit exceeded. For more information on Gmail\n550 5.4.5 sending limits go to https://support.google.com/a/answer/166852 - gsmtp',
  ],
  [
    'M365, old TLS',
    'TLS_M365_OLD',
    'Unexpected reply 421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls.',
  ],
  ['Exchange connector', 'EXCH_5754', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'],
  ['c-ares, DNS server silent', 'DNS_EAI_AGAIN', 'Error: queryA ETIMEOUT smtp.example.com'],
  ['Go, cut in the handshake', 'TLS_RESET', 'Sending failed: TLS handshake failed: EOF'],
  ['.NET, hung up', 'CONN_LOST', 'Unable to read data from the transport connection: net_io_connectionclosed.'],
  ['qmail, relay', 'RELAY_DENIED', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
  ['no such user', 'RCPT_UNKNOWN_TEXT', '550 No such user here'],
];
