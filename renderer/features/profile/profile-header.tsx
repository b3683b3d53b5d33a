import { Copy, Pause, Play, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { form, library, editor as text } from '../../text.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { moment } from '../../ui/format.ts';
import { useProfileActions } from '../library/actions.ts';
import { type Editor, useEditor } from './editor-context.ts';
import styles from './profile.module.css';
import { useSwitchStatus } from './use-switch-status.ts';

const SECTIONS = ['server', 'signIn', 'sender', 'tls', 'more'] as const;
type SectionId = (typeof SECTIONS)[number];

/** Name, state and whole-profile actions, and the way to each section. */
export function ProfileHeader() {
  const editor = useEditor();
  const { settings, stored, isDirty } = editor;
  const title = settings.name || text.newTitle;
  useEffect(() => {
    document.title = `${title} · Relaysmith`;
  }, [title]);
  const state = isDirty ? text.unsaved : stored ? text.saved : text.notStored;
  return (
    <header className={styles.header}>
      <div className={styles.titleRow}>
        <div className={styles.titles}>
          <h1 className={styles.title}>
            <bdi>{title}</bdi>
          </h1>
          <p className={styles.subline}>
            <bdi>{settings.organizations.join(', ') || settings.server.host || form.custom}</bdi>
            {settings.status === 'inactive' && <span className={styles.badge}>{library.inactive}</span>}
          </p>
        </div>
        <p
          className={cx(styles.saveState, isDirty && styles.dirty)}
          role="status"
          title={stored ? text.updated(moment(stored.profile.updated.at), stored.profile.updated.by) : undefined}
        >
          <span className={styles.dot} />
          {state}
        </p>
        {stored && <ProfileTools editor={editor} />}
      </div>
      <SectionNav />
    </header>
  );
}

function ProfileTools({ editor }: { editor: Editor }) {
  const { duplicate, remove } = useProfileActions();
  const switchStatus = useSwitchStatus(editor);
  const { stored } = editor;
  if (!stored) return null;
  const { id, name } = stored.profile;
  const isActive = editor.settings.status === 'active';
  return (
    <div className={styles.tools}>
      <IconButton
        icon={isActive ? Pause : Play}
        name={isActive ? text.deactivate : text.activate}
        onPress={() => void switchStatus()}
      />
      <IconButton icon={Copy} name={text.duplicate} onPress={() => void duplicate(id)} />
      <IconButton icon={Trash2} name={text.delete} tip={text.deleteTip(name)} onPress={() => void remove(id, name)} />
    </div>
  );
}

function SectionNav() {
  const current = useSectionInView();
  const { problems, attempted, advice } = useEditor();
  const go = (id: SectionId) => {
    const section = document.querySelector<HTMLElement>(`[data-section="${id}"]`);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('input, select, textarea, button, summary')?.focus({ preventScroll: true });
  };
  return (
    <ul className={styles.sections} aria-label={text.sectionsLabel}>
      {SECTIONS.map((id) => {
        const isWrong = attempted && problems.some(({ field }) => sectionOf(field) === id);
        const isWarned = advice.some(({ field, severity }) => severity === 'warning' && sectionOf(field) === id);
        return (
          <li key={id}>
            <button
              type="button"
              className={cx(styles.sectionLink, current === id && styles.sectionHere)}
              aria-current={current === id ? 'true' : undefined}
              onClick={() => go(id)}
            >
              {text.sections[id]}
              {(isWrong || isWarned) && (
                <span className={cx(styles.flag, isWrong && styles.flagWrong)} aria-hidden="true" />
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The section that a field stands in. */
export function sectionOf(field: string): SectionId | 'identity' {
  if (/^server\.(ehloName|.*Timeout|proxy)/.test(field)) return 'more';
  const first = field.split('.')[0] ?? '';
  if (first === 'server' || first === 'provider') return 'server';
  if (first === 'signIn' || first === 'sender' || first === 'tls') return first;
  return first === 'name' || first === 'organizations' ? 'identity' : 'more';
}

function useSectionInView(): string {
  const [current, setCurrent] = useState<string>('server');
  useEffect(() => {
    const form = document.querySelector('[data-form]');
    if (!form) return;
    const read = () => {
      const edge = form.getBoundingClientRect().top + 72;
      const atEnd = form.scrollTop + form.clientHeight >= form.scrollHeight - 2 && form.scrollTop > 0;
      const sections = [...form.querySelectorAll<HTMLElement>('[data-section]')];
      const passed = sections.filter((section) => section.getBoundingClientRect().top <= edge);
      const here = (atEnd ? sections.at(-1) : passed.at(-1))?.dataset.section ?? 'server';
      setCurrent(here === 'identity' ? 'server' : here);
    };
    form.addEventListener('scroll', read, { passive: true });
    return () => form.removeEventListener('scroll', read);
  }, []);
  return current;
}
