import { useMemo } from 'react';
import type { Run } from '../../state/runs.ts';
import { bench as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { useEditor } from '../profile/editor-context.ts';
import { StageNode } from './stage-node.tsx';
import styles from './track.module.css';
import { diagnosedStage, expectedStages, trackOf } from './track-model.ts';

/** The stages from top to bottom; the line is drawn as far as the run got. */
export function StageTrack({ run, isStale }: { run: Run | null; isStale: boolean }) {
  const { settings } = useEditor();
  const nodes = useMemo(() => trackOf(run, expectedStages(settings, run?.action ?? 'check')), [run, settings]);
  const diagnosis = run?.report?.diagnosis ?? null;
  const diagnosed = diagnosis ? diagnosedStage(nodes) : null;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: WebKit drops the list role with list-style none
    <ol role="list" aria-label={text.stages} className={cx(styles.track, isStale && styles.isStale)}>
      {nodes.map((node, index) => (
        <StageNode
          key={`${run?.id ?? 0} ${node.stage}`}
          node={node}
          diagnosis={node.stage === diagnosed ? diagnosis : null}
          leadsOn={nodes[index + 1]?.reached ?? false}
          isLast={index === nodes.length - 1}
        />
      ))}
    </ol>
  );
}
