import type { AddressResult, StageFacts, TokenStep } from '../../../shared/report.ts';
import { replyLine } from '../../../shared/report-facts.ts';
import { escapeControls } from '../../../shared/text.ts';
import { bench } from '../../text.ts';
import { bytes, duration } from '../../ui/format.ts';
import { CertificateChain } from './certificate-chain.tsx';
import styles from './facts.module.css';
import { NetworkFacts } from './network-facts.tsx';
import { Transactions } from './transactions.tsx';

const text = bench.facts;

/** True when there is something to unfold. */
export function hasFacts(facts: StageFacts): boolean {
  return Object.keys(facts).length > 0;
}

/** What a stage learned: one line for each fact, lists and certificates in full. */
export function StageFactsList({ facts, withReply }: { facts: StageFacts; withReply: boolean }) {
  const rows = lineFacts(facts, withReply);
  return (
    <>
      {rows.length > 0 && (
        <dl className={styles.facts}>
          {rows.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{escapeControls(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {facts.addresses && facts.addresses.length > 0 && <Addresses addresses={facts.addresses} />}
      <NetworkFacts facts={facts} />
      {facts.transactions && <Transactions transactions={facts.transactions} />}
      <TokenSteps steps={facts.tokenSteps} />
      <Keywords label={text.capabilities} words={facts.capabilities} />
      <Keywords label={text.capabilitiesAfterTls} words={facts.capabilitiesAfterTls} />
      {facts.chain && facts.chain.length > 0 && <CertificateChain chain={facts.chain} faults={facts.faults ?? []} />}
    </>
  );
}

function lineFacts(facts: StageFacts, withReply: boolean): [string, string][] {
  const rows: [string, string | undefined][] = [
    [text.host, facts.host],
    [text.asciiHost, facts.asciiHost === facts.host ? undefined : facts.asciiHost],
    [text.port, facts.port === undefined ? undefined : String(facts.port)],
    [text.security, facts.security],
    [text.answered, facts.connectedTo],
    [text.proxy, facts.proxy],
    [text.banner, facts.banner],
    [text.kind, facts.serverKind],
    [text.ehlo, facts.ehloName],
    [text.version, facts.tlsVersion?.replace('v', ' ')],
    [text.cipher, facts.cipher],
    [text.serverName, facts.serverName],
    [text.clientCertificate, facts.clientCertificate && text.clientCertificates[facts.clientCertificate]],
    [text.trusted, trustWords(facts)],
    ...tokenFacts(facts),
    [text.mechanisms, facts.mechanismsOffered?.join(' ')],
    [text.mechanism, [facts.mechanism, facts.mechanismReason].filter(Boolean).join(': ')],
    [text.username, facts.username],
    [text.from, facts.from],
    [text.recipients, facts.recipients?.join(', ')],
    [text.size, facts.messageBytes === undefined ? undefined : bytes(facts.messageBytes)],
    [text.queueId, facts.queueId],
    [text.messageId, facts.messageId],
    [text.reply, withReply && facts.reply ? replyLine(facts.reply) : undefined],
    [text.code, facts.code],
    [text.detail, withReply ? facts.detail : undefined],
  ];
  return rows.filter((row): row is [string, string] => Boolean(row[1]));
}

function tokenFacts(facts: StageFacts): [string, string | undefined][] {
  const { tokenExpiresInSeconds: seconds, tokenSource, refreshTokenFate } = facts;
  return [
    [text.tokenEndpoint, facts.tokenEndpoint],
    [text.grant, facts.grant],
    [text.clientId, facts.clientId],
    [text.scopeAsked, facts.scopeAsked],
    [text.scopeGranted, facts.scopeGranted],
    [text.permissions, facts.tokenPermissions?.join(' ')],
    [text.tokenType, facts.tokenType],
    [text.validFor, seconds === undefined ? undefined : text.lifetime(seconds)],
    [text.tokenSource, tokenSource && text.tokenSources[tokenSource]],
    [text.refreshToken, refreshTokenFate && text.refreshTokenFates[refreshTokenFate]],
  ];
}

function trustWords({ trusted, verified }: StageFacts): string | undefined {
  if (trusted === undefined) return undefined;
  const words = trusted ? text.isTrusted : text.notTrusted;
  return verified === false ? `${words}. ${text.notVerified}` : words;
}

function Addresses({ addresses }: { addresses: readonly AddressResult[] }) {
  return (
    <table className={styles.addresses}>
      <caption>{text.addresses}</caption>
      <tbody>
        {addresses.map(({ address, outcome, code, ms }) => (
          <tr key={address}>
            <th scope="row">{address}</th>
            <td>
              {text[outcome]}
              {code && ` (${code})`}
            </td>
            <td>{outcome === 'not-tried' ? '' : duration(ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TokenSteps({ steps }: { steps: readonly TokenStep[] | undefined }) {
  if (!steps) return null;
  return (
    <table className={styles.steps}>
      <caption>{text.tokenSteps}</caption>
      <tbody>
        {steps.map(({ step, status, note }) => (
          <tr key={step}>
            <th scope="row">{text.tokenStepNames[step]}</th>
            <td>{bench.words[status]}</td>
            <td>{escapeControls(note)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Keywords({ label, words }: { label: string; words: readonly string[] | undefined }) {
  if (!words || words.length === 0) return null;
  return (
    <div className={styles.keywords}>
      <p>{label}</p>
      <ul>
        {words.map((word) => (
          <li key={word}>{escapeControls(word)}</li>
        ))}
      </ul>
    </div>
  );
}
