// The faults that the console knows of, and their names.

export function allFaults(system) {
  return system ? [...system.faults.active, ...system.faults.ended] : [];
}

/** Such as "cut order-service->kafka (direction DOWN)". */
export function faultName({kind, target, detail}) {
  return `${kind} ${target}${detail ? ` (${detail})` : ''}`;
}
