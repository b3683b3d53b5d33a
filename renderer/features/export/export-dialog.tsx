import { FileUp, X } from 'lucide-react';
import { useState } from 'react';
import { hasEntrySheet, SHEET_FORM } from '../../../shared/entry-sheet.ts';
import { SECRET_POLICIES } from '../../../shared/target.ts';
import { errorText } from '../../state/requests.ts';
import { common, exporting as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldGroup } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TypedPath, useTypedPath } from '../files/typed-path.tsx';
import { useEditor } from '../profile/editor-context.ts';
import { focusField } from '../profile/focus-field.ts';
import { Pending } from '../states/pending.tsx';
import { ApplySteps } from './apply-steps.tsx';
import { EntrySheet } from './entry-sheet.tsx';
import styles from './export-dialog.module.css';
import { ExportFooter } from './export-footer.tsx';
import { Limits } from './limits.tsx';
import { Preview } from './preview.tsx';
import { ProductPicker } from './product-picker.tsx';
import { TargetOptionFields } from './target-option-fields.tsx';
import { type ExportState, useExport } from './use-export.ts';

const policies = SECRET_POLICIES.map((value) => ({ value, label: text.policies[value] }));

/** Turns the open profile into the file that a product reads: choices left, what will be written right. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const state = useExport();
  const { preview, into } = state;
  const [view, setView] = useState<'text' | 'diff'>('text');
  const shown = into ? view : 'text';
  const { settings } = useEditor();
  const sheet = sheetTarget(state);
  const goToField = (field: string) => {
    onClose();
    focusField(field);
  };
  return (
    <Dialog title={text.title(settings.name)} size="large" onClose={onClose} footer={<ExportFooter state={state} />}>
      <div className={styles.columns}>
        <div className={styles.choices}>
          <Choices state={state} onMerge={() => setView('diff')} />
          <Limits limits={preview.data?.limits ?? []} onField={goToField} />
        </div>
        <div className={styles.result}>
          <div className={styles.previewHead}>
            <h3>{into?.name ?? preview.data?.fileName ?? text.view}</h3>
            <span className={styles.spread} />
            {into && (
              <Segmented
                label={text.view}
                choices={[
                  { value: 'diff', label: text.views.diff },
                  { value: 'text', label: text.views.text },
                ]}
                value={shown}
                onChange={setView}
              />
            )}
            {preview.data?.isWhole && <CopyButton name={text.copy} text={() => preview.data?.text ?? ''} />}
          </div>
          {preview.error && (
            <Note tone="failed" boxed>
              {errorText(preview.error.error)}
            </Note>
          )}
          {state.failedList ? (
            <Pending query={state.failedList} />
          ) : (
            preview.isPending && <p role="status">{text.loading}</p>
          )}
          {sheet !== null ? (
            <EntrySheet key={sheet} subject={state.subject} target={sheet} />
          ) : (
            preview.data && !preview.error && <Preview preview={preview.data} view={shown} />
          )}
          {preview.data && sheet === null && <ApplySteps steps={preview.data.apply} />}
        </div>
      </div>
    </Dialog>
  );
}

/** The target whose form is shown field by field instead of a file; null for any other. */
function sheetTarget({ target, options }: ExportState): string | null {
  if (!target || !hasEntrySheet(target)) return null;
  const form = options.form ?? target.options.find(({ key }) => key === 'form')?.default;
  return form === SHEET_FORM ? target.id : null;
}

function Choices({ state, onMerge }: { state: ExportState; onMerge: () => void }) {
  const { target, targets, policy, into } = state;
  const typesPaths = useTypedPath();
  const [asking, setAsking] = useState(false);
  const merge = async (path: string | null) => {
    if (!(await state.chooseInto(path))) return;
    setAsking(false);
    onMerge();
  };
  return (
    <>
      {state.isUnsaved && <Note>{text.unsaved}</Note>}
      <ProductPicker
        targets={targets}
        value={target?.id ?? ''}
        preferred={state.preferred}
        onChange={state.setTarget}
      />
      {target && <TargetOptionFields target={target} values={state.options} onChange={state.setOption} />}
      <Field label={text.policy} help={text.policyHelp[policy]} stacked>
        {({ id, describedBy }) => (
          <Select id={id} choices={policies} value={policy} onChange={state.setPolicy} {...describedBy} />
        )}
      </Field>
      {target?.merges && (
        <FieldGroup label={text.into} help={text.intoHelp} stacked>
          <div className={styles.into}>
            {into && <code>{into.name}</code>}
            <Button small icon={FileUp} onPress={() => (typesPaths ? setAsking(true) : void merge(null))}>
              {into ? text.chooseOther : text.chooseInto}
            </Button>
            {into && (
              <Button small kind="quiet" icon={X} onPress={() => state.setInto(null)}>
                {text.dropInto}
              </Button>
            )}
          </div>
          {asking && (
            <TypedPath verb={common.open} onPath={(path) => void merge(path)} onCancel={() => setAsking(false)} />
          )}
        </FieldGroup>
      )}
    </>
  );
}
