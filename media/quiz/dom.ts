type Content = Node | string | undefined | false;

/** Makes an element. Texts become text, never HTML. */
export function element(name: string, attributes: Readonly<Record<string, string>> = {}, ...content: Content[]) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content.filter((part): part is Node | string => part !== undefined && part !== false));
  return made;
}

export function button(label: string, onClick: () => void, attributes: Readonly<Record<string, string>> = {}) {
  const made = element("vscode-button", attributes, label);
  made.addEventListener("click", onClick);
  return made;
}
