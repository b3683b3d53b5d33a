import { CircleX, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { editor as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { useEditor } from './editor-context.ts';
import styles from './profile.module.css';
import { countBySection, SECTIONS, type SectionCounts, type SectionId } from './sections.ts';

/** The index of the form: leads to each section and says where errors and warnings are. */
export function SectionNav() {
  const current = useSectionInView();
  const { problems, errorOf, advice } = useEditor();
  const counts = countBySection(
    problems.filter(({ field }) => errorOf(field) !== undefined),
    advice,
  );
  return (
    <ul className={styles.sections} aria-label={text.sectionsLabel}>
      {SECTIONS.map((id) => (
        <li key={id}>
          <button
            type="button"
            className={cx(styles.sectionLink, current === id && styles.sectionHere)}
            aria-current={current === id ? 'true' : undefined}
            aria-label={spoken(id, counts[id])}
            onClick={() => goToSection(id)}
          >
            {text.sections[id]}
            <Counts of={counts[id]} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Counts({ of: { errors, warnings } }: { of: SectionCounts }) {
  return (
    <>
      {errors > 0 && (
        <span className={cx(styles.flag, styles.flagWrong)} title={text.errors(errors)}>
          <Icon of={CircleX} size={12} />
          {errors}
        </span>
      )}
      {warnings > 0 && (
        <span className={styles.flag} title={text.warnings(warnings)}>
          <Icon of={TriangleAlert} size={12} />
          {warnings}
        </span>
      )}
    </>
  );
}

function spoken(id: SectionId, { errors, warnings }: SectionCounts): string {
  const parts = [text.sections[id], errors > 0 && text.errors(errors), warnings > 0 && text.warnings(warnings)];
  return parts.filter(Boolean).join(', ');
}

function goToSection(id: SectionId): void {
  const section = document.querySelector<HTMLElement>(`[data-section="${id}"]`);
  section?.scrollIntoView({ block: 'start' });
  // Where something is wrong, that is what one goes there for.
  const wrong = section?.querySelector<HTMLElement>('[aria-invalid="true"]');
  const first = section?.querySelector<HTMLElement>('input, select, textarea, summary');
  (wrong ?? first)?.focus({ preventScroll: wrong === null });
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
