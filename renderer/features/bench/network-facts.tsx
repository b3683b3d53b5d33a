import type { AddressChoice, StageFacts } from '../../../shared/report.ts';
import { escapeControls } from '../../../shared/text.ts';
import { relay as text } from '../../text.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './transactions.module.css';

/** What is to know about the addresses of a name, and what DNS says of its domain. */
export function NetworkFacts({ facts: { addressChoices, hints } }: { facts: StageFacts }) {
  return (
    <>
      {hints && hints.length > 0 && (
        <section aria-label={text.hints}>
          {hints.map((hint) => (
            <p key={hint}>{escapeControls(hint)}</p>
          ))}
        </section>
      )}
      {addressChoices && addressChoices.length > 0 && <Choices choices={addressChoices} />}
    </>
  );
}

function Choices({ choices }: { choices: readonly AddressChoice[] }) {
  return (
    <section aria-label={text.choices}>
      <p className={styles.soft}>{text.choices}</p>
      {/* biome-ignore lint/a11y/noRedundantRoles: WebKit drops the list role with list-style none */}
      <ul role="list" className={styles.list}>
        {choices.map(({ programs, how, address, connects }) => (
          <li key={programs} className={styles.answer}>
            <StateMark state={connects ? 'passed' : 'failed'} />
            <div className={styles.words}>
              <p>{programs}</p>
              <code className={styles.who}>
                {address}
                {!connects && ` ${text.noAnswer}`}
              </code>
              <p className={styles.soft}>{how}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
