import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { common } from '../text.ts';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';
import styles from './dialog.module.css';

/** A dialog that keeps the rest of the window out of reach; Escape closes it and focus goes back. */
export function Dialog({
  title,
  intro,
  size = 'small',
  isText = false,
  onClose,
  children,
  footer,
}: {
  title: string;
  intro?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  /** It holds text alone, so that what scrolls needs a tab stop of its own. */
  isText?: boolean;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
}) {
  return (
    <ModalOverlay
      className={cx(styles.scrim)}
      isOpen
      isDismissable={false}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={cx(styles.modal, styles[size])}>
        <AriaDialog className={cx(styles.dialog)}>
          <header className={styles.header}>
            <div>
              <Heading slot="title" level={2} className={cx(styles.title)}>
                {title}
              </Heading>
              {intro && <p className={styles.intro}>{intro}</p>}
            </div>
            <IconButton icon={X} name={common.close} onPress={onClose} />
          </header>
          <div className={styles.content} {...(isText && { role: 'group', 'aria-label': title, tabIndex: 0 })}>
            {children}
          </div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
