import type { Nodes, Parent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { element } from "./dom";

/**
 * Markdown as elements: paragraphs, lists, code, emphasis. Everything else, HTML and links included, is shown as the
 * text it is.
 */
export function rendered(markdown: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...childrenOf(fromMarkdown(markdown)));
  return fragment;
}

/** Without the paragraph around it, to stand in a line. */
export function renderedInline(markdown: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const { children } = fromMarkdown(markdown);
  const [only] = children;
  fragment.append(
    ...(children.length === 1 && only?.type === "paragraph" ? childrenOf(only) : children.flatMap(nodesOf)),
  );
  return fragment;
}

function childrenOf({ children }: Parent): Node[] {
  return children.flatMap(nodesOf);
}

function nodesOf(node: Nodes): Node[] {
  switch (node.type) {
    case "text":
      return [document.createTextNode(node.value)];
    case "inlineCode":
      return [element("code", {}, node.value)];
    case "code":
      return [codeBlock(node.value)];
    case "paragraph":
      return [element("p", {}, ...childrenOf(node))];
    case "heading":
      return [element("h4", {}, ...childrenOf(node))];
    case "list":
      return [element(node.ordered ? "ol" : "ul", {}, ...childrenOf(node))];
    case "listItem":
      return [element("li", {}, ...childrenOf(node))];
    case "emphasis":
      return [element("em", {}, ...childrenOf(node))];
    case "strong":
      return [element("strong", {}, ...childrenOf(node))];
    case "break":
      return [element("br")];
    case "thematicBreak":
      return [element("hr")];
    case "html":
      return [document.createTextNode(node.value)];
    default:
      return "children" in node ? childrenOf(node) : [];
  }
}

/** Can be scrolled with the keyboard. */
export function codeBlock(text: string): HTMLElement {
  return element("pre", { tabindex: "0" }, element("code", {}, text));
}
