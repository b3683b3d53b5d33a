import { Copy, Pause, Play, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { form, library, editor as text } from '../../text.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { moment } from '../../ui/format.ts';
import { useProfileActions } from '../library/actions.ts';
import { type Editor, useEditor } from './editor-context.ts';
import { EnvironmentBadge } from './environment-badge.tsx';
import { ProductChoice } from './product-choice.tsx';
import styles from './profile.module.css';
import { SectionNav } from './section-nav.tsx';
import { useSwitchStatus } from './use-switch-status.ts';

/** Name, state and whole-profile actions, and the way to each section. */
export function ProfileHeader() {
  const editor = useEditor();
  const { settings, stored, isDirty, isSaving } = editor;
  const title = settings.name || text.newTitle;
  useEffect(() => {
    document.title = `${title} · Relaysmith`;
  }, [title]);
  const state = isSaving ? text.saving : isDirty ? text.unsaved : stored ? text.saved : text.notStored;
  return (
    <header className={styles.header}>
      <div className={styles.titleRow}>
        <div className={styles.titles}>
          <h1 className={styles.title} dir="auto">
            {title}
          </h1>
          <p className={styles.subline}>
            <bdi>{settings.organizations.join(', ') || settings.server.host || form.custom}</bdi>
            {settings.environment && <EnvironmentBadge environment={settings.environment} />}
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
      <div className={styles.below}>
        <SectionNav />
        <ProductChoice />
      </div>
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
