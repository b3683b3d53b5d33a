import type { CertificateFault, CertificateInfo } from '../../../shared/certificate.ts';
import { escapeControls } from '../../../shared/text.ts';
import { certificate as text } from '../../text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cx } from '../../ui/cx.ts';
import { Fold } from '../../ui/fold.tsx';
import { day } from '../../ui/format.ts';
import { Note } from '../../ui/note.tsx';
import styles from './certificate.module.css';

/** The whole chain, leaf first, and everything that is wrong with it. */
export function CertificateChain({
  chain,
  faults,
}: {
  chain: readonly CertificateInfo[];
  faults: readonly CertificateFault[];
}) {
  return (
    <div className={styles.chain}>
      <p className={styles.title}>{text.chain}</p>
      <ol>
        {chain.map((each, depth) => (
          <Certificate
            key={each.fingerprint}
            certificate={each}
            role={depth === 0 ? 'leaf' : each.selfSigned ? 'root' : 'intermediate'}
            faults={faults.filter((fault) => fault.depth === depth)}
          />
        ))}
      </ol>
    </div>
  );
}

function Certificate({
  certificate: cert,
  role,
  faults,
}: {
  certificate: CertificateInfo;
  role: keyof typeof text.roles;
  faults: readonly CertificateFault[];
}) {
  const isOver = cert.daysLeft < 0;
  const isNear = !isOver && cert.daysLeft < 30;
  return (
    <li className={styles.certificate}>
      <p className={styles.subject}>
        <bdi>{escapeControls(commonName(cert.subject))}</bdi>
        <span className={styles.role}>{text.roles[role]}</span>
      </p>
      <p className={cx(styles.left, isOver && styles.over, isNear && styles.near)}>
        {text.left(cert.daysLeft)}
        <span>{text.range(day(cert.validFrom), day(cert.validTo))}</span>
      </p>
      {faults.map(({ fault, text: words, fatal }) => (
        <Note key={fault} tone={fatal ? 'failed' : 'warning'}>
          {words}
        </Note>
      ))}
      <Fold title={`${text.issuer} ${escapeControls(commonName(cert.issuer))}`}>
        <dl className={styles.details}>
          <dt>{text.names}</dt>
          <dd>{escapeControls(cert.names.join(', ')) || '–'}</dd>
          <dt>{text.key}</dt>
          <dd>{cert.key}</dd>
          <dt>{text.signature}</dt>
          <dd>{cert.signatureAlgorithm}</dd>
          <dt>{text.fingerprint}</dt>
          <dd className={styles.print}>{cert.fingerprint}</dd>
        </dl>
        {!cert.sent && <p className={styles.soft}>{text.notSent}</p>}
        <div>
          <CopyButton name={text.copyPem} text={() => cert.pem} />
        </div>
      </Fold>
    </li>
  );
}

/** The common name of a distinguished name, else all of it. */
export function commonName(name: string): string {
  return /(?:^|[,\n/]\s*)CN\s*=\s*([^,\n/]+)/i.exec(name)?.[1]?.trim() ?? name;
}
