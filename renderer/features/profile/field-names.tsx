import { Languages } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import { fieldNames as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './field-names.module.css';
import { useProductView } from './product-view.tsx';

const NameList = lazy(() => import('./field-name-list.tsx'));

/** Fields that products know too; the rest is Relaysmith's own and gets no button. A test compares this with the table. */
export function hasNames(field: string): boolean {
  if (/^(server\.proxy|signIn\.(allowWithoutTls|oauth\.grant)|sender\.relayDomains|tls\.clientCert)/.test(field))
    return false;
  if (/^secret\.(accessToken|clientKey)/.test(field)) return false;
  return /^(server|signIn|sender|tls|secret)\./.test(field);
}

/** Beside the label of a field: what the chosen product calls it, and a button for what all of them do. */
export function FieldNames({ field, label }: { field: string; label: string }) {
  const { nameOf, target, preferred } = useProductView();
  const first = target === '' ? preferred : [target, ...preferred];
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const own = nameOf(field);
  if (!hasNames(field)) return null;
  return (
    <>
      {own && (
        <code className={styles.own} title={`${own.product}: ${fullName(own)}`}>
          {own.name}
        </code>
      )}
      <Button
        ref={button}
        className={cx(styles.button)}
        excludeFromTabOrder
        data-names-of={field}
        aria-label={text.open(label)}
        onPress={() => setOpen(true)}
      >
        <Icon of={Languages} size={14} />
      </Button>
      {isOpen && (
        <Popover
          className={cx(styles.popover)}
          triggerRef={button}
          isOpen
          onOpenChange={setOpen}
          placement="bottom start"
        >
          <Dialog className={cx(styles.dialog)}>
            <Heading slot="title" level={3} className={cx(styles.title)}>
              {text.title(label)}
            </Heading>
            <Suspense>
              <NameList field={field} preferred={first} />
            </Suspense>
          </Dialog>
        </Popover>
      )}
    </>
  );
}

function fullName({ place, name }: { place: string; name: string }): string {
  return place ? `${place}: ${name}` : name;
}

/** Opens the names of the field that has the focus; nothing where it has none. */
export function openNamesHere(): void {
  const here = document.activeElement;
  if (!(here instanceof HTMLElement)) return;
  const field = here.dataset.field ?? here.closest<HTMLElement>('[data-names-field]')?.dataset.namesField;
  if (field) document.querySelector<HTMLElement>(`[data-names-of="${CSS.escape(field)}"]`)?.click();
}
