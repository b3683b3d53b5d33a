import { ChevronDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Collection } from 'react-aria-components/Collection';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Group } from 'react-aria-components/Group';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import type { TargetInfo } from '../../../shared/target.ts';
import { exporting as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { groupedTargets, matchingTargets, type ProductGroup } from './product-groups.ts';
import styles from './product-picker.module.css';

/** Chooses a product: by typing a part of its name or of its file's name, or from the groups of a list. */
export function ProductPicker({
  targets,
  value,
  preferred,
  onChange,
}: {
  targets: readonly TargetInfo[];
  /** Id of the chosen one. */
  value: string;
  /** Targets that the profile is for; they stand first. */
  preferred: readonly string[];
  onChange: (id: string) => void;
}) {
  const chosen = targets.find(({ id }) => id === value);
  const [typed, setTyped] = useState<string | null>(null);
  // The name of the chosen product is no search for it: the list then shows all of them.
  const search = typed === null || typed === chosen?.name ? '' : typed;
  const groups = useMemo(
    () => groupedTargets(matchingTargets(targets, search), search ? [] : preferred),
    [targets, search, preferred],
  );
  return (
    <ComboBox
      className={cx(styles.picker)}
      items={groups}
      menuTrigger="focus"
      allowsEmptyCollection
      inputValue={typed ?? chosen?.name ?? ''}
      onInputChange={setTyped}
      selectedKey={value}
      onSelectionChange={(key) => {
        if (key !== null) onChange(String(key));
        setTyped(null);
      }}
      onOpenChange={(isOpen) => {
        if (!isOpen) setTyped(null);
      }}
    >
      <Label className={cx(styles.label)}>{text.target}</Label>
      <Group className={cx(styles.control)}>
        <Input className={cx(styles.input)} placeholder={text.searchProduct} onFocus={selectAll} />
        <Button className={cx(styles.arrow)}>
          <Icon of={ChevronDown} size={14} />
        </Button>
      </Group>
      {chosen && (
        <Text slot="description" className={cx(styles.summary)}>
          {chosen.summary}
        </Text>
      )}
      <Popover className={cx(styles.popover)}>
        <ListBox<ProductGroup>
          className={cx(styles.list)}
          renderEmptyState={() => <p className={styles.none}>{text.noProduct}</p>}
        >
          {(group) => (
            <ListBoxSection id={group.id}>
              <Header className={styles.group}>{text.groups[group.id]}</Header>
              <Collection items={group.targets}>
                {({ name, fileName }) => (
                  <ListBoxItem textValue={name} className={cx(styles.item)}>
                    <Text slot="label">{name}</Text>
                    <Text slot="description" className={cx(styles.file)}>
                      {fileName}
                    </Text>
                  </ListBoxItem>
                )}
              </Collection>
            </ListBoxSection>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** What is typed next replaces the name of the chosen product. */
function selectAll(event: React.FocusEvent<HTMLInputElement>): void {
  event.currentTarget.select();
}
