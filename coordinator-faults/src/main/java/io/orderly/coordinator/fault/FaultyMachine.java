package io.orderly.coordinator.fault;

import io.orderly.coordinator.log.Disk;
import io.orderly.coordinator.log.FolderDisk;
import io.orderly.coordinator.machine.Machine;
import java.time.InstantSource;

/** A machine whose wall clock and disk have the faults of a file. */
final class FaultyMachine implements Machine {

    private final Machine machine;
    private final FaultFile faults;

    /** @param machine the one without faults */
    FaultyMachine(Machine machine, FaultFile faults) {
        this.machine = machine;
        this.faults = faults;
    }

    @Override
    public InstantSource wallClock() {
        InstantSource clock = machine.wallClock();
        return () -> clock.instant().plusMillis(faults.clockOffsetMillis());
    }

    @Override
    public Disk disk(FolderDisk folder) {
        return new FaultyDisk(machine.disk(folder), faults);
    }
}
