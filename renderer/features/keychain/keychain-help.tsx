import { keychain as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import styles from './keychain.module.css';
import type { Keychain } from './use-keychain.ts';

/** What the state of the keychain means on this machine, the steps that mend it, and a way to try it again. */
export function KeychainHelp({ keychain: { report, isChecking, check } }: { keychain: Keychain }) {
  if (!report) return null;
  const { what, steps, detail } = report;
  return (
    <div className={styles.help}>
      <p className={styles.soft}>{what}</p>
      {steps.length > 0 && (
        <ol className={styles.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      {detail && <code className={styles.detail}>{detail}</code>}
      <div>
        <Button small isOff={isChecking} onPress={() => void check()}>
          {isChecking ? text.checking : text.check}
        </Button>
      </div>
    </div>
  );
}
