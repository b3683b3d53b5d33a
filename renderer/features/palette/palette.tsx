import { Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { TextField } from 'react-aria-components/TextField';
import { isPressed, shownKeys } from '../../app/keys.ts';
import { useChangePreferences } from '../../state/preferences.ts';
import { useRequest } from '../../state/requests.ts';
import { goTo, useUi } from '../../state/ui.ts';
import { palette as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { COMMANDS, commandsNow, PALETTE_KEYS } from './commands.ts';
import styles from './palette.module.css';
import { commandEntry, type Found, find, profileEntry, withRecent } from './palette-model.ts';

/** Finds every command and every profile by a few letters. Its own key closes it again. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const recent = useUi((state) => state.recent);
  const profiles = useRequest('profiles.list', {}).data;
  const changePreferences = useChangePreferences();
  // Which commands make sense is judged once: what is beneath the palette does not change while it is open.
  const [commands] = useState(() =>
    commandsNow()
      .filter(({ id }) => id !== 'palette')
      .map(({ id, name, keys }) => commandEntry(id, name, keys ? shownKeys(keys) : '')),
  );
  const entries = useMemo(() => [...commands, ...(profiles ?? []).map(profileEntry)], [commands, profiles]);
  const { sections, left } = useMemo(() => find(query, entries, recent), [query, entries, recent]);

  useEffect(() => {
    const closeByItsOwnKey = (event: KeyboardEvent) => {
      if (!isPressed(PALETTE_KEYS, event)) return;
      event.preventDefault();
      onClose();
    };
    window.addEventListener('keydown', closeByItsOwnKey, true);
    return () => window.removeEventListener('keydown', closeByItsOwnKey, true);
  }, [onClose]);

  const choose = (key: string) => {
    useUi.setState({ recent: withRecent(recent, key) });
    onClose();
    const [kind, id = ''] = key.split(' ');
    const command = COMMANDS.find((each) => each.id === id);
    // By then the focus is back where it was, and a command may move it on.
    afterFocusIsBack(() => {
      if (kind === 'profile') goTo({ kind: 'profile', id });
      else command?.run({ changePreferences });
    });
  };

  return (
    <ModalOverlay className={cx(styles.scrim)} isOpen isDismissable onOpenChange={(isOpen) => isOpen || onClose()}>
      <Modal className={cx(styles.modal)}>
        <Dialog className={cx(styles.dialog)} aria-label={text.title}>
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <TextField aria-label={text.search} className={cx(styles.field)} autoFocus>
              <Icon of={Search} />
              <Input placeholder={text.search} spellCheck="false" autoComplete="off" className={cx(styles.input)} />
            </TextField>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: what scrolls must be reachable by key */}
            <div className={styles.list} role="group" aria-label={text.found} tabIndex={0}>
              <Menu
                aria-label={text.title}
                className={cx(styles.menu)}
                onAction={(key) => choose(String(key))}
                renderEmptyState={() => <p className={styles.empty}>{text.nothing}</p>}
              >
                {sections.map(({ id, found }) => (
                  <MenuSection key={id} id={id} className={cx(styles.section)}>
                    <Header className={cx(styles.heading)}>{text[id]}</Header>
                    {found.map((each) => (
                      <Row key={each.key} found={each} />
                    ))}
                  </MenuSection>
                ))}
              </Menu>
            </div>
          </Autocomplete>
          <p className={styles.more} role="status">
            {left > 0 && query.trim() ? text.more(left) : ''}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Row({ found }: { found: Found }) {
  const { key, kind, label, detail, marks } = found;
  return (
    <MenuItem id={key} textValue={label} className={cx(styles.row)}>
      <span className={styles.label}>
        <bdi>
          <Marked text={label} marks={marks} />
        </bdi>
      </span>
      {detail && (kind === 'command' ? <kbd>{detail}</kbd> : <span className={styles.detail}>{detail}</span>)}
    </MenuItem>
  );
}

function Marked({ text: whole, marks }: { text: string; marks: Found['marks'] }) {
  const pieces = marks.flatMap(([start, end], index) => [
    whole.slice(index === 0 ? 0 : (marks[index - 1]?.[1] ?? 0), start),
    <mark key={start} className={styles.mark}>
      {whole.slice(start, end)}
    </mark>,
  ]);
  return [...pieces, whole.slice(marks.at(-1)?.[1] ?? 0)];
}

// React Aria gives the focus back in the frame after the dialog has gone.
function afterFocusIsBack(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
