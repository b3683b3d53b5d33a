import { Download, Save } from 'lucide-react';
import { useState } from 'react';
import type { AppError, ErrorFacts } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { errorText, useAct } from '../../state/requests.ts';
import { saving as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { downloadText } from '../export/download.ts';
import styles from './save-as.module.css';
import { TypedPath, useTypedPath } from './typed-path.tsx';

type State =
  | { kind: 'idle' }
  | { kind: 'typing' }
  | { kind: 'replace'; token: string; name: string }
  | { kind: 'link'; token: string; facts: ErrorFacts<'FILE_IS_LINK'> }
  | { kind: 'error'; error: AppError }
  | { kind: 'done'; file: string };

/** Asks where to save a text without secrets, and about replacing what is there; in a browser it can be downloaded too. */
export function SaveAs({
  suggestedName,
  write,
  text: content,
}: {
  suggestedName: string;
  /** Writes to the file behind the token; `followLink` is the user's word to go through a link. */
  write: (destination: string, followLink: boolean) => Promise<Result<{ file: string }>>;
  /** For the download; absent where it is not at hand. */
  text?: string | undefined;
}) {
  const act = useAct();
  const typesPaths = useTypedPath();
  const [state, setState] = useState<State>({ kind: 'idle' });

  const writeTo = async (token: string, followLink: boolean) => {
    const result = await write(token, followLink);
    if (result.ok) setState({ kind: 'done', file: result.value.file });
    else if (result.error.code === 'FILE_IS_LINK') setState({ kind: 'link', token, facts: result.error.facts });
    else setState({ kind: 'error', error: result.error });
  };
  /** `path` is null where a native dialog asks for it, and that dialog has then asked about replacing too. */
  const choose = async (path: string | null) => {
    const chosen = await act('files.save', { suggestedName, path });
    if (!chosen) return;
    if (chosen.exists && path !== null) setState({ kind: 'replace', token: chosen.token, name: chosen.name });
    else await writeTo(chosen.token, false);
  };

  return (
    <div className={styles.save}>
      <div role="status">
        {state.kind === 'replace' && <Note tone="warning">{text.replace(state.name)}</Note>}
        {state.kind === 'link' && <Note tone="warning">{text.link(state.facts.file, state.facts.pointsTo)}</Note>}
        {state.kind === 'error' && <Note tone="failed">{errorText(state.error)}</Note>}
        {state.kind === 'done' && <p className={styles.done}>{text.done(state.file)}</p>}
      </div>
      {state.kind === 'typing' && (
        <TypedPath
          initial={suggestedName}
          verb={text.save}
          onPath={(path) => void choose(path)}
          onCancel={() => setState({ kind: 'idle' })}
        />
      )}
      <div className={styles.buttons}>
        {typesPaths && content !== undefined && (
          <Button icon={Download} onPress={() => downloadText(suggestedName, content)}>
            {text.download}
          </Button>
        )}
        {state.kind === 'replace' && (
          <Button kind="danger" onPress={() => void writeTo(state.token, false)}>
            {text.replaceButton}
          </Button>
        )}
        {state.kind === 'link' && <Button onPress={() => void writeTo(state.token, true)}>{text.linkButton}</Button>}
        {state.kind !== 'typing' && state.kind !== 'replace' && (
          <Button
            kind="primary"
            icon={Save}
            onPress={() => (typesPaths ? setState({ kind: 'typing' }) : void choose(null))}
          >
            {text.save}
          </Button>
        )}
      </div>
    </div>
  );
}
