package io.orderly.coordinator.machine;

import io.orderly.coordinator.log.Disk;
import io.orderly.coordinator.log.FolderDisk;
import java.time.InstantSource;

/** The wall clock and the disk of a member. Thread-safe. */
public interface Machine {

    /** The machine of this process. */
    Machine LOCAL = new Machine() {

        @Override
        public InstantSource wallClock() {
            return InstantSource.system();
        }

        @Override
        public Disk disk(FolderDisk folder) {
            return folder;
        }
    };

    /** For timestamps and the validity of tokens. It may be set forwards or back at any time. */
    InstantSource wallClock();

    /**
     * The disk through which the member uses its data folder.
     *
     * @param folder locked by this process; it is not closed by the disk
     */
    Disk disk(FolderDisk folder);
}
