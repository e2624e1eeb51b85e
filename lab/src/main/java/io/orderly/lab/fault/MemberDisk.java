package io.orderly.lab.fault;

import io.orderly.coordinator.fault.FaultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The disk of a coordinator, which tells its member that it is full. The disk of the machine is not filled. */
public final class MemberDisk implements Injection {

    private final FaultFile faults;
    private final long refusalsBefore;

    private MemberDisk(FaultFile faults) {
        this.faults = faults;
        this.refusalsBefore = faults.refusals();
        faults.setDiskFull(true);
    }

    /** @param faults of the member, which may be down */
    public static MemberDisk fill(FaultFile faults) {
        return new MemberDisk(faults);
    }

    /**
     * @param data the folder of the process's data
     * @return empty if the process is no coordinator that was started with the module of faults
     */
    static Optional<Injection> fill(Path data) {
        Path file = FaultFile.beside(data);
        try {
            return Files.exists(file) ? Optional.of(fill(FaultFile.open(file))) : Optional.empty();
        } catch (IOException e) {
            throw new FaultInjectionException("the faults of the disk cannot be set", e);
        }
    }

    @Override
    public Effect effect() {
        long refusals = faults.refusals() - refusalsBefore;
        return new Effect(refusals > 0, "the member found no space %d times".formatted(refusals));
    }

    @Override
    public void heal() {
        faults.setDiskFull(false);
    }
}
