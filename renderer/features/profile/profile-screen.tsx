import { type ReactNode, useCallback, useState } from 'react';
import type { StoredProfile } from '../../../shared/library.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { isCommand, useWindowKeys } from '../../app/shortcuts.ts';
import { errorText, useRequest } from '../../state/requests.ts';
import { useRuns } from '../../state/runs.ts';
import { common, editor as text } from '../../text.ts';
import { Note } from '../../ui/note.tsx';
import { Bench } from '../bench/bench.tsx';
import { ExportDialog } from '../export/export-dialog.tsx';
import { useProfileActions } from '../library/actions.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { type Editor, EditorContext } from './editor-context.ts';
import { ProblemSummary } from './problem-summary.tsx';
import styles from './profile.module.css';
import { ProfileFooter } from './profile-footer.tsx';
import { ProfileHeader } from './profile-header.tsx';
import { MoreSection } from './section-more.tsx';
import { SenderSection } from './section-sender.tsx';
import { IdentityFields, ServerSection } from './section-server.tsx';
import { SignInSection } from './section-sign-in.tsx';
import { TlsSection } from './section-tls.tsx';
import { useEditorState } from './use-editor.ts';

/** The screen of a stored profile: form and test bench. */
export function StoredProfileScreen({ id }: { id: string }) {
  const stored = useRequest('profiles.get', { id });
  if (stored.data) return <ProfileScreen draftKey={id} stored={stored.data} seed={stored.data.profile} />;
  return (
    <main className={styles.blank}>
      {stored.error ? (
        <Note tone="failed" boxed>
          {errorText(stored.error.error)}
        </Note>
      ) : (
        <p role="status" className="unseen">
          {common.loading}
        </p>
      )}
    </main>
  );
}

/** The screen of a profile that is not stored yet. */
export function NewProfile({ draftKey, seed }: { draftKey: string; seed: ProfileSettings }) {
  return <ProfileScreen draftKey={draftKey} stored={null} seed={seed} />;
}

function ProfileScreen({
  draftKey,
  stored,
  seed,
}: {
  draftKey: string;
  stored: StoredProfile | null;
  seed: ProfileSettings;
}) {
  const editor = useEditorState(draftKey, stored, seed);
  const [isExporting, setExporting] = useState(false);
  useProfileKeys(editor);
  const { trouble } = editor;
  return (
    <EditorContext value={editor}>
      <main className={styles.main} aria-label={editor.settings.name || text.newTitle}>
        <ProfileHeader />
        <div className={styles.form} data-form="">
          <ProblemSummary />
          <Section id="identity">
            <IdentityFields />
          </Section>
          <Section id="server" title={text.sections.server}>
            <ServerSection />
          </Section>
          <Section id="signIn" title={text.sections.signIn}>
            <SignInSection />
          </Section>
          <Section id="sender" title={text.sections.sender}>
            <SenderSection />
          </Section>
          <Section id="tls" title={text.sections.tls}>
            <TlsSection />
          </Section>
          <Section id="more" title={text.sections.more}>
            <MoreSection />
          </Section>
        </div>
        <ProfileFooter onExport={() => editor.validate() && setExporting(true)} />
      </main>
      <Bench />
      {trouble?.kind === 'conflict' && <ConflictDialog theirs={trouble.theirs} />}
      {isExporting && <ExportDialog onClose={() => setExporting(false)} />}
    </EditorContext>
  );
}

function Section({ id, title, children }: { id: string; title?: string; children: ReactNode }) {
  return (
    <section className={styles.section} data-section={id} aria-labelledby={title ? `section-${id}` : undefined}>
      {title && (
        <h2 id={`section-${id}`} className={styles.sectionTitle}>
          {title}
        </h2>
      )}
      <div className={styles.fields}>{children}</div>
    </section>
  );
}

/** Save, test, duplicate and cancel by key. */
function useProfileKeys(editor: Editor): void {
  const { duplicate } = useProfileActions();
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      const run = useRuns.getState().runs[editor.key];
      if (isCommand(event, 's')) {
        event.preventDefault();
        if (editor.isDirty || !editor.stored) void editor.save();
      } else if (isCommand(event, 'd') && editor.stored) {
        event.preventDefault();
        void duplicate(editor.stored.profile.id);
      } else if (event.key === 'Escape' && run?.running) run.cancel();
    },
    [editor, duplicate],
  );
  useWindowKeys(onKey);
  const onEnter = useCallback(
    (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      void editor.check();
    },
    [editor],
  );
  useWindowKeys(onEnter, true);
}
