/**
 * Strongly connected components of a graph: Tarjan's algorithm, without recursion so that a long chain of calls cannot
 * overflow the stack. A component's number is greater than that of every component it leads to.
 *
 * @param edges for every node the nodes it leads to
 */
export function componentsOf(edges: readonly (readonly number[])[]): { componentOf: Int32Array; count: number } {
  const size = edges.length;
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const next = new Int32Array(size);
  const componentOf = new Int32Array(size).fill(-1);
  const stack: number[] = [];
  const path: number[] = [];
  let visited = 0;
  let count = 0;
  const enter = (node: number) => {
    order[node] = visited;
    low[node] = visited++;
    stack.push(node);
    path.push(node);
  };
  const lower = (node: number, value: number) => {
    if (value < (low[node] as number)) low[node] = value;
  };
  for (let start = 0; start < size; start++) {
    if (order[start] !== -1) continue;
    enter(start);
    while (path.length > 0) {
      const node = path[path.length - 1] as number;
      const position = next[node] as number;
      next[node] = position + 1;
      const successor = edges[node]?.[position];
      if (successor !== undefined) {
        if (order[successor] === -1) enter(successor);
        else if (componentOf[successor] === -1) lower(node, order[successor] as number);
        continue;
      }
      path.pop();
      const caller = path[path.length - 1];
      if (caller !== undefined) lower(caller, low[node] as number);
      if (low[node] !== order[node]) continue;
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        componentOf[member] = count;
        if (member === node) break;
      }
      count++;
    }
  }
  return { componentOf, count };
}
