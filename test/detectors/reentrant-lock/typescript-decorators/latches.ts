import { Mutex } from "async-mutex";

export function Latched(name: string) {
  return (_target: object, _key: string, descriptor: PropertyDescriptor): PropertyDescriptor => {
    const original = descriptor.value;
    descriptor.value = async function (this: Record<string, Mutex>, ...given: unknown[]) {
      return this[name].runExclusive(() => original.apply(this, given));
    };
    return descriptor;
  };
}

export function Told(name: string) {
  return (_target: object, _key: string, descriptor: PropertyDescriptor): PropertyDescriptor => {
    const original = descriptor.value;
    descriptor.value = async function (...given: unknown[]) {
      console.log(name);
      return original.apply(this, given);
    };
    return descriptor;
  };
}
