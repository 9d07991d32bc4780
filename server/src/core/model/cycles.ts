/**
 * Nodes of a graph that lie on a cycle of two or more nodes: Tarjan's strongly connected components, without
 * recursion so that a long chain of calls cannot overflow the stack.
 *
 * @param edges for every node the nodes it leads to
 */
export function functionsInCycles(edges: readonly (readonly number[])[]): Set<number> {
  const order = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const onStack = new Set<number>();
  const inCycles = new Set<number>();
  const enter = (node: number) => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    stack.push(node);
    onStack.add(node);
    return { node, next: 0 };
  };
  const lower = (node: number, value: number) => low.set(node, Math.min(low.get(node) as number, value));
  for (let start = 0; start < edges.length; start++) {
    if (order.has(start)) continue;
    const path = [enter(start)];
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const successor = edges[frame.node]?.[frame.next++];
      if (successor !== undefined) {
        if (!order.has(successor)) path.push(enter(successor));
        else if (onStack.has(successor)) lower(frame.node, order.get(successor) as number);
        continue;
      }
      path.pop();
      const caller = path.at(-1);
      if (caller) lower(caller.node, low.get(frame.node) as number);
      if (low.get(frame.node) === order.get(frame.node)) {
        const component = stack.splice(stack.lastIndexOf(frame.node));
        for (const node of component) {
          onStack.delete(node);
          if (component.length > 1) inCycles.add(node);
        }
      }
    }
  }
  return inCycles;
}
