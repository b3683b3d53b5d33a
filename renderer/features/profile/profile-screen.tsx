import { type ReactNode, Suspense, useState } from 'react';
import type { StoredProfile } from '../../../shared/library.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { ExportDialog } from '../../app/lazy-parts.ts';
import { useRequest } from '../../state/requests.ts';
import { goTo } from '../../state/ui.ts';
import { editor as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Bench } from '../bench/bench.tsx';
import { Pending } from '../states/pending.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { EditorContext } from './editor-context.ts';
import { ProblemSummary } from './problem-summary.tsx';
import { ProductViewProvider } from './product-view.tsx';
import styles from './profile.module.css';
import { ProfileFooter } from './profile-footer.tsx';
import { ProfileHeader } from './profile-header.tsx';
import { useProfileOffers } from './profile-offers.ts';
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
      <Pending query={stored} />
      {stored.error && <Button onPress={() => goTo({ kind: 'home' })}>{text.toHome}</Button>}
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
  const openExport = () => editor.validate() && setExporting(true);
  useProfileOffers(editor, openExport);
  const { trouble } = editor;
  return (
    <EditorContext value={editor}>
      <ProductViewProvider>
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
          <ProfileFooter onExport={openExport} />
        </main>
        <Bench />
        {trouble?.kind === 'conflict' && <ConflictDialog theirs={trouble.theirs} />}
        <Suspense fallback={null}>{isExporting && <ExportDialog onClose={() => setExporting(false)} />}</Suspense>
      </ProductViewProvider>
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
