/** Globals of the language itself that are the same everywhere; nothing of a browser or of Node. */
export const pureGlobals: ReadonlySet<string> = new Set(
  (
    "undefined NaN Infinity arguments Object Array String Number Boolean BigInt Symbol Math JSON Map Set WeakMap WeakSet " +
    "RegExp Promise Proxy Reflect Date Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError " +
    "URIError ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array " +
    "Float32Array Float64Array BigInt64Array BigUint64Array parseInt parseFloat isNaN isFinite encodeURIComponent " +
    "decodeURIComponent encodeURI decodeURI console"
  ).split(" "),
);

/** Members that depend on the clock, on chance, on where and in which language a program runs, or that run text. */
export const refusedMembers: ReadonlySet<string> = new Set(
  (
    "toLocaleString toLocaleDateString toLocaleTimeString toLocaleLowerCase toLocaleUpperCase localeCompare " +
    "getDate getDay getFullYear getHours getMinutes getMonth getSeconds getMilliseconds getTimezoneOffset setDate " +
    "setFullYear setHours setMinutes setMonth setSeconds toDateString toTimeString"
  ).split(" "),
);
