import { FilePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useClient } from '../../state/client-context.ts';
import { dropDraft, unstoredKeys, useDrafts } from '../../state/drafts.ts';
import { discardKept, nameOfKept, restoreKept, useKept } from '../../state/kept-drafts.ts';
import { goTo, useUi } from '../../state/ui.ts';
import { drafts as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { moment } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './kept-banner.module.css';

/** Lines shown at once; the rest is counted. */
const SHOWN = 3;

/** Unsaved edits that have no other place: what an earlier window left, and new profiles that were walked away from. */
export function KeptBanner() {
  const client = useClient();
  const offers = useKept((state) => state.offers);
  const waiting = useWaiting();
  if (offers.length + waiting.length === 0) return null;
  const rest = offers.slice(SHOWN).length;
  return (
    <section className={styles.banner} aria-label={text.landmark}>
      {waiting.map(({ key, name, open }) => (
        <Line
          key={key}
          words={text.waiting(name)}
          actions={
            <>
              <Button small label={text.openOne(name)} onPress={open}>
                {text.open}
              </Button>
              <Button small kind="quiet" label={text.discardOne(name)} onPress={() => dropDraft(key)}>
                {text.discard}
              </Button>
            </>
          }
        />
      ))}
      {offers.slice(0, SHOWN).map((kept) => {
        const name = nameOfKept(kept);
        const at = moment(kept.at);
        return (
          <Line
            key={kept.id}
            words={kept.profileId === null ? text.keptNew(name, at) : text.kept(name, at)}
            actions={
              <>
                <Button small label={text.restoreOne(name)} onPress={() => void restoreKept(client, kept)}>
                  {text.restore}
                </Button>
                <Button
                  small
                  kind="quiet"
                  label={text.discardOne(name)}
                  onPress={() => void discardKept(client, [kept])}
                >
                  {text.discard}
                </Button>
              </>
            }
          />
        );
      })}
      {rest > 0 && (
        <Line
          words={text.others(rest)}
          actions={
            <Button small kind="quiet" onPress={() => void discardKept(client, offers)}>
              {text.discardAll(offers.length)}
            </Button>
          }
        />
      )}
    </section>
  );
}

function Line({ words, actions }: { words: string; actions: ReactNode }) {
  return (
    <div className={styles.line}>
      <Icon of={FilePen} />
      <p className={styles.words}>
        <bdi>{words}</bdi>
      </p>
      <div className={styles.actions}>{actions}</div>
    </div>
  );
}

/** New profiles with edits that are not open now. */
function useWaiting(): { key: string; name: string; open: () => void }[] {
  const place = useUi((state) => state.place);
  const here = place.kind === 'new' ? place.key : null;
  const { drafts } = useDrafts();
  return unstoredKeys({ drafts }).flatMap((key) => {
    const draft = drafts[key];
    if (key === here || !draft) return [];
    const name = draft.settings.name.trim() || draft.settings.server.host || text.unnamed;
    return [{ key, name, open: () => goTo({ kind: 'new', key, seed: draft.base }) }];
  });
}
