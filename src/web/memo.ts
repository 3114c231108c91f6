import { Component, createElement, type ComponentChildren, type ComponentType } from 'preact';

/**
 * A component that is rendered only when one of its properties has changed: progress is reported more often than what most views show.
 * (Elements kept by `useMemo` would hold on to the tree in which they were first rendered: where several change at different
 * times, each to one that holds another, back to the first.)
 */
export function memo<Props extends object>(inner: ComponentType<Props>): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const before = Object.entries(this.props);
      return (
        before.length !== Object.keys(next).length ||
        before.some(([key, value]) => !Object.is(value, next[key as keyof Props]))
      );
    }
    override render(): ComponentChildren {
      return createElement(inner, this.props);
    }
  };
}
