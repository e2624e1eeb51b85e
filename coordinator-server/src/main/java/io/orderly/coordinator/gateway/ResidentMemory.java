package io.orderly.coordinator.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The physical memory of this process, under the name that it has among etcd's metrics: {@code etcdctl check datascale} reads it. Only
 * Linux tells it.
 */
final class ResidentMemory implements MeterBinder {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    @Override
    public void bindTo(MeterRegistry meters) {
        if (Files.isReadable(STATUS)) {
            Gauge.builder("process.resident.memory", ResidentMemory::bytes)
                    .description("Physical memory of the process")
                    .baseUnit(BaseUnits.BYTES)
                    .register(meters);
        }
    }

    private static double bytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return bytes(lines);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** @param status lines such as {@code VmRSS:    1024 kB}; without that one the result is not a number */
    static double bytes(Stream<String> status) {
        return status.filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.substring(RESIDENT.length()).strip().split(" ")[0])
                .mapToDouble(kibibytes -> 1024 * Double.parseDouble(kibibytes))
                .findFirst()
                .orElse(Double.NaN);
    }
}
