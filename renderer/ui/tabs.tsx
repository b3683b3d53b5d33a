import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as TabSet } from 'react-aria-components/Tabs';
import styles from './tabs.module.css';

/** One tab with its content. */
export interface TabItem {
  id: string;
  label: string;
  content: ReactNode;
}

/** A few views of one thing, one of them in front; arrow keys move between their names. */
export function Tabs({ label, items }: { /** Accessible name of the row of tabs. */ label: string; items: TabItem[] }) {
  return (
    <TabSet className={styles.tabs ?? ''}>
      <TabList aria-label={label} className={styles.list ?? ''}>
        {items.map(({ id, label: name }) => (
          <Tab key={id} id={id} className={styles.tab ?? ''}>
            {name}
          </Tab>
        ))}
      </TabList>
      {items.map(({ id, content }) => (
        <TabPanel key={id} id={id} className={styles.panel ?? ''}>
          {content}
        </TabPanel>
      ))}
    </TabSet>
  );
}
